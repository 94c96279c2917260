import pLimit from 'p-limit';
import { leadingCause } from '../../diagnosis/leading-cause.ts';
import { type DeploymentSnapshot, hasEnded } from '../../domain/deployment.ts';
import { isTelling } from '../../domain/history.ts';
import { learnTrackRecord, type RecordEvidence } from '../../domain/track-record.ts';
import type { AllGateways } from '../../gateway/investigation.ts';
import { asFailure } from '../calls.ts';
import type { GroupName } from '../find-deployment.ts';
import { listDeployments } from '../list-deployments.ts';
import type { Operation } from '../watch.ts';
import { readNames } from './read-names.ts';
import { readFailed, readSample } from './read-targets.ts';
import type { RecordGap, RecordReading } from './reading.ts';

/** Asks one thing of AWS, however calls are counted and held back there. */
export type RecordAsk = <T>(
	operation: Operation,
	call: (gateways: AllGateways, signal: AbortSignal) => Promise<T>,
	signal: AbortSignal,
) => Promise<T>;

export type RecordOptions = {
	readonly ask: RecordAsk;
	readonly limit: number;
	/** Now, epoch milliseconds. */
	readonly now: number;
	/** What was read before. */
	readonly known?: RecordReading['settled'];
	readonly signal: AbortSignal;
	/** What is known so far, each time there is more. */
	readonly tell: (reading: RecordReading) => void;
};

/** Deployments with failed targets that are looked into, the newest; and releases whose hooks are timed. */
const mostFailures = 20;
const sampledReleases = 5;

/** Calls at a time: whatever is being watched comes first. */
const atOnce = 3;

/**
 * Reads what became of the last deployments of a group. At the usual size two calls, then two for each deployment with
 * failed targets and two for each of the latest five successes, at most some seventy in all. What cannot be read of one
 * deployment is a gap; throws GatewayFailure when the deployments themselves cannot, and the signal's reason.
 */
export async function readRecord(group: GroupName, options: RecordOptions): Promise<RecordReading> {
	const { ask, limit, now, known = nothingKnown, signal, tell } = options;
	const { application, group: name } = group;
	const selection = { activeOnly: false, application, group: name, limit };
	const deployments = await listDeployments(asking(ask), selection, signal);
	const evidence = new Map(deployments.map(each => [each.id, asKnown(each, known)]));
	let gaps: readonly RecordGap[] = [];
	const reading = (more: Partial<RecordReading> = {}): RecordReading => ({
		...{ group, limit, gaps, isWhole: false, hostNames: new Map(), settled: new Map() },
		record: learnTrackRecord([...evidence.values()]),
		...more,
	});
	tell(reading());

	const failed = deployments.filter(mayHaveFailedTargets);
	gaps = failed.slice(mostFailures).map(({ id }) => ({ what: 'failed targets', id }));
	const atATime = pLimit(atOnce);
	const denied = new Set<string>();
	const looked = new Set(known.keys());
	const look = (what: RecordGap['what'], of: DeploymentSnapshot, work: () => Promise<RecordEvidence>) =>
		atATime(async () => {
			// What is not allowed once is not allowed for its neighbour either.
			if (denied.has(what) || looked.has(of.id)) return;
			try {
				evidence.set(of.id, await work());
				looked.add(of.id);
				tell(reading());
			} catch (error) {
				signal.throwIfAborted();
				const failure = asFailure(error, 'ListDeploymentTargets');
				if (failure.kind === 'not-started') return;
				if (failure.kind === 'denied') denied.add(what);
				gaps = [...gaps, { what, id: of.id, failure }];
			}
		});
	await Promise.all([
		...failed
			.slice(0, mostFailures)
			.map((each, index) => look('failed targets', each, () => readFailed(each, index, options))),
		...deployments
			.filter(each => isTelling(each) && !failed.includes(each))
			.slice(0, sampledReleases)
			.map(each => look('hook times', each, () => readSample(each, options))),
	]);
	const hostNames = await readNames(reading().record, options, gap => {
		gaps = [...gaps, gap];
	});
	const settled = new Map(
		[...evidence].filter(([id, { deployment }]) => looked.has(id) && isSettledBy(deployment, now)),
	);
	const whole = reading({ isWhole: true, hostNames, settled });
	tell(whole);
	return whole;
}

const nothingKnown: RecordReading['settled'] = new Map();

/** What was read of it before, else what the deployment alone tells. */
function asKnown(deployment: DeploymentSnapshot, known: RecordReading['settled']): RecordEvidence {
	const before = known.get(deployment.id);
	if (before) return { ...before, deployment };
	const cause = mayHaveFailedTargets(deployment) ? leadingCause(deployment, []) : undefined;
	return { deployment, targets: [], failedIds: [], ...(cause && { cause }) };
}

/** Some targets get their final status only after their deployment has ended. */
const settlesMs = 120_000;

const isSettledBy = (deployment: DeploymentSnapshot, now: number): boolean =>
	hasEnded(deployment) && now - (deployment.completedAt ?? now) > settlesMs;

/** The same port, each call of it asked for by itself. */
const asking = (ask: RecordAsk): Parameters<typeof listDeployments>[0] => ({
	listDeployments: (query, signal) =>
		ask('ListDeployments', ({ codeDeploy }, inner) => codeDeploy.listDeployments(query, inner), signal),
	getDeployments: (ids, signal) =>
		ask('BatchGetDeployments', ({ codeDeploy }, inner) => codeDeploy.getDeployments(ids, inner), signal),
	listDeploymentGroups: (application, token, signal) =>
		ask(
			'ListDeploymentGroups',
			({ codeDeploy }, inner) => codeDeploy.listDeploymentGroups(application, token, inner),
			signal,
		),
});

/** A deployment succeeds although some of its targets fail as long as enough of them are healthy. */
const mayHaveFailedTargets = (deployment: DeploymentSnapshot): boolean =>
	(hasEnded(deployment) && deployment.status !== 'Succeeded') || (deployment.overview?.failed ?? 0) > 0;
