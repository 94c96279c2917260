import pLimit from 'p-limit';
import { leadingCause } from '../../diagnosis/leading-cause.ts';
import { type DeploymentSnapshot, hasEnded } from '../../domain/deployment.ts';
import { isTelling } from '../../domain/history.ts';
import type { TargetId } from '../../domain/ids.ts';
import { learnTrackRecord, type RecordEvidence } from '../../domain/track-record.ts';
import type { AllGateways } from '../../gateway/investigation.ts';
import { asFailure } from '../calls.ts';
import type { GroupName } from '../find-deployment.ts';
import { listDeployments } from '../list-deployments.ts';
import type { Operation } from '../watch.ts';
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
	const { ask, limit, signal, tell } = options;
	const { application, group: name } = group;
	const selection = { activeOnly: false, application, group: name, limit };
	const deployments = await listDeployments(asking(ask), selection, signal);
	const evidence = new Map(deployments.map(each => [each.id, untouched(each)]));
	let gaps: readonly RecordGap[] = [];
	const reading = (more: Partial<RecordReading> = {}): RecordReading => ({
		...{ group, limit, gaps, isWhole: false, hostNames: new Map<TargetId, string>() },
		record: learnTrackRecord([...evidence.values()]),
		...more,
	});
	tell(reading());

	const failed = deployments.filter(mayHaveFailedTargets);
	gaps = failed.slice(mostFailures).map(({ id }) => ({ what: 'failed targets', id }));
	const atATime = pLimit(atOnce);
	const denied = new Set<string>();
	const look = (what: RecordGap['what'], of: DeploymentSnapshot, work: () => Promise<RecordEvidence>) =>
		atATime(async () => {
			// What is not allowed once is not allowed for its neighbour either.
			if (denied.has(what)) return;
			try {
				evidence.set(of.id, await work());
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
	const hostNames = await readNames(reading(), options, gap => {
		gaps = [...gaps, gap];
	});
	const whole = reading({ gaps, isWhole: true, hostNames });
	tell(whole);
	return whole;
}

/** What the deployment alone tells. */
function untouched(deployment: DeploymentSnapshot): RecordEvidence {
	const cause = mayHaveFailedTargets(deployment) ? leadingCause(deployment, []) : undefined;
	return { deployment, targets: [], failedIds: [], ...(cause && { cause }) };
}

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

async function readNames(
	{ record }: RecordReading,
	{ ask, signal }: RecordOptions,
	miss: (gap: RecordGap) => void,
): Promise<RecordReading['hostNames']> {
	const ids = record.flaky.hosts.map(({ id }) => id);
	if (ids.length === 0) return new Map();
	try {
		const found = await ask(
			'DescribeInstances',
			({ hosts }, inner) => hosts.describeInstances(ids, inner),
			signal,
		);
		const names = new Map<string, string | undefined>(found.map(({ id, name }) => [id, name]));
		return new Map(
			ids.flatMap(id => {
				const name = names.get(id);
				return name === undefined ? [] : [[id, name] as const];
			}),
		);
	} catch (error) {
		signal.throwIfAborted();
		miss({ what: 'names of hosts', failure: asFailure(error, 'DescribeInstances') });
		return new Map();
	}
}
