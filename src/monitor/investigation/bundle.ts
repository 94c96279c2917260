import { type Asked, type Nothing, nothing } from '../../diagnosis/knowledge.ts';
import type { BundleHead } from '../../domain/bundle.ts';
import type { Revision } from '../../domain/revision.ts';
import type { Examination } from './examination.ts';
import type { Inquire } from './inquiry.ts';

export type AskedBundle = Asked<BundleHead | Nothing>;

/** Whether the bundle is where the deployment says it is. */
export async function examineBundle(exam: Examination): Promise<AskedBundle> {
	const bundle = await askForBundle(exam.ask, exam.watch.rollout().deployment.data?.revision);
	exam.learn({ bundle });
	return bundle;
}

/** Looks at a bundle in S3; `nothing` for a revision that is anywhere else. */
export async function askForBundle(ask: Inquire, revision: Revision | undefined): Promise<AskedBundle> {
	if (revision?.type !== 's3') return { answer: nothing };
	const { bucket, key, version } = revision;
	const location = { bucket, key, ...(version !== undefined && { version }) };
	return ask('HeadObject', ({ bundles }, signal) => bundles.head(location, signal));
}
