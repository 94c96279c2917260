import type { DeploymentSnapshot } from '../domain/deployment.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import { untilAborted } from '../lib/abort.ts';
import { type GroupName, NoDeploymentError } from '../monitor/find-deployment.ts';
import type { Subject } from './command.ts';
import type { OpenConnection } from './open-connection.ts';
import { missingDeployment, noAnswer, refusal, whereWords } from './refusal.ts';
import type { WatchParts } from './start-watch.ts';
import { MissingError, UsageError } from './usage-error.ts';

/** How long AWS may take for all that is asked about a group. */
const patienceMs = 30_000;

/**
 * Asks about the group that is meant by itself, or by one of its deployments. Undefined when the program is told to end
 * first. Throws UsageError when there is no such group, NoAwsError when AWS does not answer in time or does not allow it,
 * and what `work` throws.
 */
export async function askOfGroup<T>(
	subject: Subject,
	opened: OpenConnection,
	{ clock, io }: Pick<WatchParts, 'clock' | 'io'>,
	work: (group: GroupName, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
	const done = new AbortController();
	const late = new AbortController();
	void clock.sleep(patienceMs, AbortSignal.any([io.signal, done.signal])).then(() => late.abort());
	const signal = AbortSignal.any([io.signal, late.signal]);
	let group: GroupName | undefined;
	try {
		group = await untilAborted(groupOf(subject, opened, signal), signal);
		return await untilAborted(work(group, signal), signal);
	} catch (error) {
		if (io.signal.aborted) return undefined;
		if (late.signal.aborted) throw noAnswer(opened.session, patienceMs);
		throw explain(error, group, opened);
	} finally {
		done.abort();
	}
}

async function groupOf(
	subject: Subject,
	{ connection, session }: OpenConnection,
	signal: AbortSignal,
): Promise<GroupName> {
	if (!('deploymentId' in subject)) return subject;
	const { deploymentId } = subject;
	try {
		return groupOfDeployment(await connection.gateways.codeDeploy.getDeployment(deploymentId, signal));
	} catch (error) {
		if (!(error instanceof GatewayFailure) || error.kind !== 'missing') throw error;
		throw new MissingError(missingDeployment(deploymentId, session));
	}
}

/** The group that a deployment belongs to. Throws UsageError for one whose group AWS does not tell any more. */
export function groupOfDeployment({ id, application, group }: DeploymentSnapshot): GroupName {
	if (application !== undefined && group !== undefined) return { application, group };
	throw new UsageError(`${id} belongs to no group: expected --application and --group`);
}

function explain(error: unknown, name: GroupName | undefined, { session }: OpenConnection): unknown {
	if (!(error instanceof GatewayFailure)) return error;
	const absent = absentBy.get(error.details.code);
	const missing =
		name && absent
			? `${new NoDeploymentError(absent, name).message} ${whereWords(session)}: check --application, --group, --region and --profile`
			: undefined;
	return refusal(error.details, session, missing);
}

const absentBy: ReadonlyMap<string, 'application' | 'group'> = new Map([
	['ApplicationDoesNotExistException', 'application'],
	['DeploymentGroupDoesNotExistException', 'group'],
]);
