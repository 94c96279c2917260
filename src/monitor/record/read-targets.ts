import { leadingCause } from '../../diagnosis/leading-cause.ts';
import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { TargetSnapshot, TargetStatus } from '../../domain/target.ts';
import type { RecordEvidence } from '../../domain/track-record.ts';
import { chunk } from '../../lib/pages.ts';
import { batchSizeFor } from '../sweep.ts';
import { sampleTargets } from '../turns/sample-targets.ts';
import type { RecordOptions } from './read-record.ts';

type Asking = Pick<RecordOptions, 'ask' | 'signal'>;

/** Of the newest deployments that failed more batches of targets are read than of the others. */
const deeplyRead = 5;
const mostBatches = 4;

/** The failed targets of a deployment, and what they say of its cause. `index`: how many newer ones have failed. */
export async function readFailed(
	deployment: DeploymentSnapshot,
	index: number,
	asking: Asking,
): Promise<RecordEvidence> {
	const failedIds = await listIds(deployment, ['Failed'], asking);
	const batches = [...chunk([...failedIds], batchSizeFor(deployment.platform))].slice(
		0,
		index < deeplyRead ? mostBatches : 1,
	);
	const targets: TargetSnapshot[] = [];
	for (const ids of batches) targets.push(...(await readBatch(deployment, ids, asking)));
	const cause = leadingCause(deployment, targets);
	return { deployment, targets, failedIds, ...(cause && { cause }) };
}

/** Some of the targets of a deployment on which none failed: they show what its hooks take. */
export async function readSample(deployment: DeploymentSnapshot, asking: Asking): Promise<RecordEvidence> {
	const ids = sampleTargets(
		await listIds(deployment, undefined, asking),
		[],
		batchSizeFor(deployment.platform),
	);
	const targets = ids.length === 0 ? [] : await readBatch(deployment, ids, asking);
	return { deployment, targets, failedIds: [] };
}

/** The first page: a hundred or so. */
async function listIds(
	{ id }: DeploymentSnapshot,
	statuses: readonly TargetStatus[] | undefined,
	{ ask, signal }: Asking,
): Promise<readonly TargetId[]> {
	const query = statuses ? { id, statuses } : { id };
	const { items } = await ask(
		'ListDeploymentTargets',
		({ codeDeploy }, inner) => codeDeploy.listTargetIds(query, inner),
		signal,
	);
	return items;
}

const readBatch = (
	{ id }: DeploymentSnapshot,
	ids: readonly TargetId[],
	{ ask, signal }: Asking,
): Promise<readonly TargetSnapshot[]> =>
	ask('BatchGetDeploymentTargets', ({ codeDeploy }, inner) => codeDeploy.getTargets(id, ids, inner), signal);
