import type { AlarmSnapshot, AlarmTransition, Datapoint } from '../../../src/domain/alarm.ts';
import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../../src/domain/deployment-group.ts';
import type { OnPremisesInstance } from '../../../src/domain/host.ts';
import { asTargetId, type DeploymentId, type TargetId } from '../../../src/domain/ids.ts';
import type { TargetSnapshot } from '../../../src/domain/target.ts';
import type { CallGate, ServiceName } from '../../../src/gateway/call-gate.ts';
import { GatewayFailure } from '../../../src/gateway/failure.ts';
import { maxTargetsPerCall } from '../../../src/gateway/gateway.ts';
import type { AllGateways } from '../../../src/gateway/investigation.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { type Operation, operations } from '../../../src/monitor/watch.ts';
import { emptySurroundings, type Surroundings, surroundingGateways } from './fake-surroundings.ts';
import { failure, group, tallyOf } from './snapshots.ts';

/** One deployment as AWS has it. */
export type FakeDeployment = {
	snapshot: DeploymentSnapshot;
	/** In the order of the list. Unset: there are none yet. */
	targets?: Map<TargetId, TargetSnapshot>;
	/** Instead of counting the targets. */
	overview?: DeploymentSnapshot['overview'];
};

export type FakeCall = {
	readonly at: number;
	readonly operation: Operation;
	/** Deployment, group, configuration or alarms that it was about. */
	readonly about: string;
	readonly ids: readonly TargetId[];
};

/** What goes wrong with a call: a failure or anything else to throw, or nothing. */
export type Fault = (call: FakeCall) => unknown;

/** AWS as an object behind the ports: no network, no SDK, time as told. */
export type FakeAws = Surroundings & {
	readonly gateways: AllGateways;
	readonly calls: readonly FakeCall[];
	/** Calls that have begun and not ended. */
	readonly inFlight: () => number;
	/** Those of CodeDeploy at the same time. */
	readonly mostInFlight: () => number;
	readonly deployments: Map<DeploymentId, FakeDeployment>;
	group: DeploymentGroupSnapshot;
	alarms: readonly AlarmSnapshot[];
	series: readonly Datapoint[];
	transitions: readonly AlarmTransition[];
	/** What CodeDeploy's register of on-premises instances has. */
	onPremises: readonly OnPremisesInstance[];
	/** What ListDeployments answers, whatever it is asked. */
	listed: readonly DeploymentId[];
	idsPerPage: number;
	latencyMs: number;
	/** Whether calls notice that they are aborted. */
	hearsAborts: boolean;
	fault: Fault | undefined;
	/** Lets time pass in the world, before each answer. */
	live: ((now: number) => void) | undefined;
	count(operation: Operation, since?: number): number;
	/** All calls of CodeDeploy since a time. */
	countCodeDeploy(since?: number): number;
};

export function createFakeAws(clock: Clock, gate: CallGate): FakeAws {
	const calls: FakeCall[] = [];
	let inFlight = 0;
	let codeDeployInFlight = 0;
	let mostInFlight = 0;

	async function call<T>(
		operation: Operation,
		about: string,
		signal: AbortSignal,
		answer: () => T,
		ids: readonly TargetId[] = [],
	): Promise<T> {
		const service: ServiceName = operations[operation];
		inFlight += 1;
		if (service === 'codedeploy') codeDeployInFlight += 1;
		mostInFlight = Math.max(mostInFlight, codeDeployInFlight);
		try {
			await gate.admit(service, operation, signal);
			const made = { at: clock.now(), operation, about, ids };
			calls.push(made);
			if (aws.latencyMs > 0) await clock.sleep(aws.latencyMs, aws.hearsAborts ? signal : undefined);
			if (aws.hearsAborts) signal.throwIfAborted();
			aws.live?.(clock.now());
			const fault = aws.fault?.(made);
			if (fault !== undefined) throw fault;
			const answered = answer();
			gate.report(service, operation, 'ok');
			return answered;
		} catch (error) {
			const isThrottle = error instanceof GatewayFailure && error.kind === 'throttled';
			gate.report(service, operation, isThrottle ? 'throttled' : 'failed');
			throw error;
		} finally {
			inFlight -= 1;
			if (service === 'codedeploy') codeDeployInFlight -= 1;
		}
	}

	const find = (id: DeploymentId, operation: Operation): FakeDeployment => {
		const found = aws.deployments.get(id);
		if (!found) throw failure('missing', operation, 'DeploymentDoesNotExistException');
		return found;
	};
	const targetsOf = (id: DeploymentId, operation: Operation) => {
		const { targets } = find(id, operation);
		if (!targets) throw failure('not-started', operation);
		return targets;
	};

	const { hosts, ...surroundings } = surroundingGateways(() => aws, call);
	const aws: FakeAws = {
		...emptySurroundings(),
		calls,
		inFlight: () => inFlight,
		mostInFlight: () => mostInFlight,
		deployments: new Map(),
		group: group(),
		alarms: [],
		series: [],
		transitions: [],
		onPremises: [],
		listed: [],
		idsPerPage: 100,
		latencyMs: 50,
		hearsAborts: true,
		fault: undefined,
		live: undefined,
		count: (operation, since = -Infinity) =>
			calls.filter(each => each.operation === operation && each.at >= since).length,
		countCodeDeploy: (since = -Infinity) =>
			calls.filter(each => operations[each.operation] === 'codedeploy' && each.at >= since).length,
		gateways: {
			codeDeploy: {
				getDeployment: (id, signal) =>
					call('GetDeployment', id, signal, () => {
						const { snapshot, targets, overview } = find(id, 'GetDeployment');
						const counts = overview ?? (targets && tallyOf(targets.values()));
						return { ...snapshot, id, ...(counts && { overview: counts }) };
					}),
				listTargetIds: ({ id, statuses, token }, signal) =>
					call('ListDeploymentTargets', statuses?.join() ?? 'all', signal, () => {
						const all = [...targetsOf(id, 'ListDeploymentTargets').values()]
							.filter(({ status }) => statuses?.includes(status) ?? true)
							.map(target => target.id);
						const from = Number(token ?? 0);
						const to = from + aws.idsPerPage;
						return { items: all.slice(from, to), ...(to < all.length && { nextToken: String(to) }) };
					}),
				getTargets: (id, ids, signal) =>
					call(
						'BatchGetDeploymentTargets',
						id,
						signal,
						() => {
							const targets = targetsOf(id, 'BatchGetDeploymentTargets');
							const platform = find(id, 'BatchGetDeploymentTargets').snapshot.platform;
							const most = platform === 'Server' ? maxTargetsPerCall : 1;
							if (ids.length > most) throw failure('invalid', 'BatchGetDeploymentTargets');
							return ids.map(each => {
								const known = targets.get(each);
								if (known) return known;
								const code = 'DeploymentTargetDoesNotExistException';
								throw failure('missing', 'BatchGetDeploymentTargets', code);
							});
						},
						ids,
					),
				getDeploymentConfig: (name, signal) =>
					call('GetDeploymentConfig', name, signal, () => ({
						name,
						minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 },
					})),
				getDeploymentGroup: (application, name, signal) =>
					call('GetDeploymentGroup', `${application}/${name}`, signal, () => aws.group),
				listDeployments: ({ group: of, statuses }, signal) =>
					call('ListDeployments', `${of?.name ?? 'all'} ${statuses?.join() ?? ''}`, signal, () => ({
						items: aws.listed,
					})),
				getDeployments: (ids, signal) =>
					call('BatchGetDeployments', ids.join(), signal, () =>
						ids.map(id => ({ ...find(id, 'BatchGetDeployments').snapshot, id })),
					),
				listApplications: (_token, signal) => call('ListApplications', '', signal, () => ({ items: [] })),
				listDeploymentGroups: (application, _token, signal) =>
					call('ListDeploymentGroups', application, signal, () => ({ items: [aws.group.name] })),
				getDeploymentGroups: (application, names, signal) =>
					call('BatchGetDeploymentGroups', `${application}/${names.join()}`, signal, () => [aws.group]),
				getAppSpecContent: (_application, sha256, signal) =>
					call('GetApplicationRevision', sha256, signal, () => ({
						content: `the AppSpec ${sha256}`,
						isAltered: false,
					})),
				stopDeployment: () => Promise.reject(new Error('the engine never stops anything')),
				continueDeployment: () => Promise.reject(new Error('the engine never continues anything')),
				createDeployment: () => Promise.reject(new Error('the engine never deploys anything')),
				updateDeploymentGroup: () => Promise.reject(new Error('the engine never changes a group')),
			},
			alarms: {
				describeAlarms: (names, signal) =>
					call('DescribeAlarms', names.join(), signal, () =>
						aws.alarms.filter(alarm => names.includes(alarm.name)),
					),
				getSeries: (alarm, range, signal) =>
					call('GetMetricData', alarm.name, signal, () =>
						aws.series.filter(({ at }) => at >= range.from && at < range.to),
					),
				getTransitions: (name, _range, signal) =>
					call('DescribeAlarmHistory', name, signal, () => aws.transitions),
			},
			...surroundings,
			hosts: {
				...hosts,
				findInstances: (_query, signal) => call('DescribeInstances', '', signal, () => aws.instances),
				findOnPremises: (_tags, signal) =>
					call('ListOnPremisesInstances', '', signal, () => aws.onPremises.map(({ name }) => name)),
				describeInstances: (ids, signal) =>
					call(
						'DescribeInstances',
						'',
						signal,
						() => aws.instances.filter(({ id }) => ids.includes(id)),
						ids.map(asTargetId),
					),
				onPremises: (names, signal) =>
					call(
						'BatchGetOnPremisesInstances',
						'',
						signal,
						() => aws.onPremises.filter(({ name }) => names.includes(name)),
						names.map(asTargetId),
					),
			},
			identity: {
				getCallerIdentity: signal =>
					call('GetCallerIdentity', '', signal, () => ({
						account: '123456789012',
						arn: 'arn:aws:sts::123456789012:assumed-role/Deployer/ada',
					})),
			},
		},
	};
	return aws;
}
