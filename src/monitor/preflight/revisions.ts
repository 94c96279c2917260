import { type Asked, following, type Nothing, nothing } from '../../diagnosis/knowledge.ts';
import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import { isSameRevision, type Revision } from '../../domain/revision.ts';
import { askForBundle } from '../investigation/bundle.ts';
import type { Examined } from './examined.ts';

/** Whether what is to be deployed is there, and what a rollback would return to. */
export async function examineRevisions(
	exam: Examined,
	lastSuccessful: Promise<Asked<DeploymentSnapshot | Nothing>>,
): Promise<void> {
	const { revision } = exam;
	if (revision) {
		await Promise.all([examine(exam, revision), examineReturn(exam, revision, lastSuccessful)]);
		return;
	}
	const last = await lastSuccessful;
	if ('unanswered' in last) exam.learn({ bundle: last, appSpec: last });
	else await examine(exam, last.answer === nothing ? undefined : last.answer.revision);
}

async function examine(exam: Examined, revision: Revision | undefined): Promise<void> {
	const bundle = async () => exam.learn({ bundle: await askForBundle(exam.ask, revision) });
	const appSpec = async () => exam.learn({ appSpec: await askForAppSpec(exam, revision) });
	await Promise.all([bundle(), appSpec()]);
}

async function examineReturn(
	exam: Examined,
	revision: Revision,
	lastSuccessful: Promise<Asked<DeploymentSnapshot | Nothing>>,
): Promise<void> {
	const last = await lastSuccessful;
	const returned = 'unanswered' in last || last.answer === nothing ? undefined : last.answer.revision;
	if (returned === undefined || isSameRevision(returned, revision)) return;
	exam.learn({ returnBundle: await askForBundle(exam.ask, returned) });
}

async function askForAppSpec(
	{ ask, application }: Examined,
	revision: Revision | undefined,
): Promise<Asked<string | Nothing>> {
	if (revision?.type !== 'appSpec') return { answer: nothing };
	const { content, sha256 } = revision;
	if (content !== undefined) return { answer: content };
	if (sha256 === undefined) return { answer: nothing };
	const read = await ask('GetApplicationRevision', ({ codeDeploy }, signal) =>
		codeDeploy.getAppSpecContent(application, sha256, signal),
	);
	return following(read, text => text.content);
}
