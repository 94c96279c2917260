import { type Asked, type Nothing, nothing } from '../../diagnosis/knowledge.ts';
import type { BundleHead } from '../../domain/bundle.ts';
import type { Examination } from './examination.ts';

export type AskedBundle = Asked<BundleHead | Nothing>;

/** Whether the bundle is where the deployment says it is. */
export async function examineBundle(exam: Examination): Promise<AskedBundle> {
	const bundle = await bundleHead(exam);
	exam.learn({ bundle });
	return bundle;
}

async function bundleHead(exam: Examination): Promise<AskedBundle> {
	const revision = exam.watch.rollout().deployment.data?.revision;
	if (revision?.type !== 's3') return { answer: nothing };
	const { bucket, key, version } = revision;
	const location = { bucket, key, ...(version !== undefined && { version }) };
	return exam.ask('HeadObject', ({ bundles }, signal) => bundles.head(location, signal));
}
