import type { DeploymentId } from '../domain/ids.ts';
import type { CommonOptions, Subject } from './command.ts';
import { openConnection } from './open-connection.ts';
import { type StartedWatch, startWatch, type WatchParts } from './start-watch.ts';
import { resolveSubject } from './subject.ts';

/**
 * Begins to poll the deployment that a command is about. Undefined: the program was told to end before it was known which
 * one is meant. Throws UsageError and NoAwsError where it cannot be found.
 */
export async function startOn(
	{ subject, common }: { readonly subject: Subject; readonly common: CommonOptions },
	parts: WatchParts,
): Promise<{ readonly watch: StartedWatch; readonly id: DeploymentId } | undefined> {
	const opened = await openConnection(common, parts);
	const id = await resolveSubject(subject, opened, parts);
	if (id === undefined) return undefined;
	return { watch: await startWatch(id, common, parts, opened), id };
}
