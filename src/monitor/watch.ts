import { hasEnded } from '../domain/deployment.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { FailureDetails } from '../gateway/failure.ts';
import type { AllGateways } from '../gateway/investigation.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import type { Allowance } from './allowance.ts';
import type { Budget } from './budget.ts';
import { asFailure, type Calls, createCalls } from './calls.ts';
import type { AppEvent, Part } from './events.ts';
import type { PollPlan } from './plan.ts';
import type { Schedule } from './schedule.ts';
import type { Scope } from './scope.ts';
import { type Rollout, rolloutOf } from './state.ts';
import type { Store } from './store.ts';

/** What every turn works with. */
export type WatchDeps = {
	readonly store: Store;
	readonly gateways: AllGateways;
	readonly clock: Clock;
	readonly random: Random;
	readonly budget: Budget;
	readonly plan: PollPlan;
	readonly calls: Calls;
	/** For what is no part of polling and may take long: it does not stand in the way of the picture. */
	readonly probes: Calls;
	readonly visibleTargets: () => readonly TargetId[];
};

/** Asks AWS something, when its turn has come. Throws what the gateway throws. */
export type Probe = <T>(
	operation: Operation,
	call: (gateways: AllGateways, signal: AbortSignal) => Promise<T>,
	signal: AbortSignal,
) => Promise<T>;

/** How AWS is asked where nothing is watched: at most so many calls at a time. */
export function probing(gateways: AllGateways, concurrency: number): Probe {
	const calls = createCalls(concurrency);
	return (operation, call, signal) => calls.ask(operation, inner => call(gateways, inner), signal);
}

/** The watching of one deployment, from the moment the user goes there until they leave. */
export type Watch = WatchDeps & {
	readonly scope: Scope;
	readonly id: DeploymentId;
	readonly schedule: Schedule;
	readonly allowance: Allowance;
	/** How often a refresh has been asked for. */
	readonly refreshes: () => number;
	/** The newest state of a deployment, by default of the one that is watched. */
	rollout(id?: DeploymentId): Rollout;
	/**
	 * How long ago the deployment was seen to have ended; undefined while it has not. Counts anew when the clock is set
	 * back behind that.
	 */
	endedMs(): number | undefined;
	/** Dispatches under the scope of this watch: nothing is applied once the user has moved on. */
	tell(event: AppEvent): void;
	/** Asks as part of polling. */
	readonly ask: Probe;
	/** Asks beside polling. */
	readonly probe: Probe;
	/** Does `work`, and tells its failure as that of a part. An abort is thrown on. */
	attempt<T>(what: Attempt, work: () => Promise<T>, signal: AbortSignal): Promise<Outcome<T>>;
	/** Tells a failure as that of a part, with the time of the next attempt. */
	failed(what: Attempt, error: unknown): FailureDetails;
};

/** The operations of the engine and the services they belong to. */
export const operations = {
	GetDeployment: 'codedeploy',
	ListDeploymentTargets: 'codedeploy',
	BatchGetDeploymentTargets: 'codedeploy',
	ListDeployments: 'codedeploy',
	BatchGetDeployments: 'codedeploy',
	ListApplications: 'codedeploy',
	ListDeploymentGroups: 'codedeploy',
	BatchGetDeploymentGroups: 'codedeploy',
	GetDeploymentConfig: 'codedeploy',
	GetDeploymentGroup: 'codedeploy',
	GetApplicationRevision: 'codedeploy',
	DescribeAlarms: 'cloudwatch',
	GetMetricData: 'cloudwatch',
	DescribeAlarmHistory: 'cloudwatch',
	GetCallerIdentity: 'sts',
	DescribeInstances: 'ec2',
	DescribeInstanceStatus: 'ec2',
	DescribeInstanceInformation: 'ssm',
	BatchGetOnPremisesInstances: 'codedeploy',
	SendCommand: 'ssm',
	FilterLogEvents: 'logs',
	GetRole: 'iam',
	GetInstanceProfile: 'iam',
	SimulatePrincipalPolicy: 'iam',
	HeadObject: 's3',
	ListOnPremisesInstances: 'codedeploy',
	DescribeTargetHealth: 'elasticloadbalancing',
} as const;

export type Operation = keyof typeof operations;

export type Attempt = {
	readonly part: Part;
	/** The deployment that the part belongs to. */
	readonly id: DeploymentId;
	/** The part's name in the schedule. */
	readonly entry: string;
	readonly operation: Operation;
	/** Between two calls that succeed. */
	readonly usualMs: number;
};

export type Outcome<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly failure: FailureDetails };

/** Whether asking again is no use where the answer would only have been an addition to the picture. */
export const isLost = ({ kind }: FailureDetails): boolean => kind === 'denied' || kind === 'missing';

export function createWatch(
	deps: WatchDeps,
	own: {
		readonly scope: Scope;
		readonly schedule: Schedule;
		readonly allowance: Allowance;
		readonly refreshes: () => number;
	},
): Watch {
	const { store, gateways, clock, calls, probes } = deps;
	const { scope, schedule, allowance } = own;
	const tell = (event: AppEvent) => store.dispatch(event, scope);

	const askThrough =
		(way: Calls): Probe =>
		(operation, call, signal) => {
			if (operations[operation] === 'codedeploy') allowance.spend();
			return way.ask(operation, inner => call(gateways, inner), signal);
		};

	const rollout = (id = scope.deploymentId) => rolloutOf(store.getState(), id);

	let endedAt = Infinity;
	const endedMs = () => {
		const { endSeenAt } = rollout();
		if (endSeenAt === undefined) return undefined;
		endedAt = Math.min(endedAt, endSeenAt, clock.now());
		return clock.now() - endedAt;
	};

	const failed: Watch['failed'] = ({ part, id, entry, operation, usualMs }, error) => {
		const failure = asFailure(error, operation);
		// There are no targets yet: that is a state of the deployment, and it is asked again in the next turn.
		if (failure.kind === 'not-started') return failure;
		const at = clock.now();
		const { data } = rollout().deployment;
		if (failure.kind === 'denied' && data && hasEnded(data)) {
			schedule.dropped(entry);
			tell({ type: 'part.failed', id, part, failure, at });
		} else {
			const retryAt = schedule.failed(entry, failure.kind, usualMs);
			tell({ type: 'part.failed', id, part, failure, at, retryAt });
		}
		return failure;
	};

	return {
		...deps,
		...own,
		id: scope.deploymentId,
		rollout,
		endedMs,
		tell,
		ask: askThrough(calls),
		probe: askThrough(probes),
		failed,
		async attempt(what, work, signal) {
			try {
				return { ok: true, value: await work() };
			} catch (error) {
				signal.throwIfAborted();
				return { ok: false, failure: failed(what, error) };
			}
		},
	};
}
