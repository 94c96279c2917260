import { type Knowledge, noKnowledge } from '../diagnosis/knowledge.ts';
import type { AlarmSnapshot, AlarmTransition, Datapoint } from '../domain/alarm.ts';
import type { DeploymentSnapshot } from '../domain/deployment.ts';
import type { DeploymentConfig } from '../domain/deployment-config.ts';
import type { DeploymentGroupSnapshot } from '../domain/deployment-group.ts';
import type { GroupHistory } from '../domain/history.ts';
import type { HostFacts } from '../domain/host.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { TargetSnapshot } from '../domain/target.ts';
import type { TrafficReading } from '../domain/traffic-shift.ts';
import type { CallerIdentity } from '../gateway/gateway.ts';
import type { Checkup } from './checkup.ts';
import type { Follow } from './follow.ts';
import type { HostLogState } from './host-log.ts';
import type { Preflight } from './preflight/preflight.ts';
import type { RecordReading } from './record/reading.ts';
import { type Remote, unasked } from './remote.ts';
import type { Scope } from './scope.ts';
import { initialUi, type UiState } from './ui-state.ts';
import { noUserKeys, type UserKeys } from './user-keys.ts';

export type Targets = ReadonlyMap<TargetId, TargetSnapshot>;

/** An alarm's metric and state changes over the rollout's time axis. */
export type AlarmPlot = {
	readonly points: readonly Datapoint[];
	readonly transitions: readonly AlarmTransition[];
};

/** All that is known of one deployment. Several are kept: the watched one, its rollback, the last successful one. */
export type Rollout = {
	readonly id: DeploymentId;
	readonly deployment: Remote<DeploymentSnapshot>;
	/** When it was seen to have ended, by our own clock; for one that was over before it was looked at, AWS's time. */
	readonly endSeenAt?: number;
	/** When a stop was accepted from here, until the deployment has ended. */
	readonly stopAskedAt?: number;
	/** Ids in the order AWS lists them. Incomplete while `listing`. */
	readonly targetIds: readonly TargetId[];
	/** The list of ids is the whole one; its data is the number of them. */
	readonly listing: Remote<number>;
	readonly targets: Targets;
	/** When each target was last read, changed or not: a fleet is read in rotation, so rows differ in age. */
	readonly readAts: ReadonlyMap<TargetId, number>;
	/** How the traffic was seen to move, the oldest first; empty where it is no matter of weights. */
	readonly traffic: readonly TrafficReading[];
	/** The asking about single targets: how many are known, and when the latest answer came. */
	readonly reading: Remote<number>;
	readonly config: Remote<DeploymentConfig>;
	readonly group: Remote<DeploymentGroupSnapshot>;
	/** The deployments of its group that were made since, or about when, it was: asked when that is of use. */
	readonly siblings: Remote<readonly DeploymentId[]>;
	/** The text of its AppSpec, where that was deployed as content; asked when the details are looked at. */
	readonly appSpec: Remote<string>;
	readonly alarms: Remote<readonly AlarmSnapshot[]>;
	/** What earlier deployments of the group took; asked when the picture is whole. */
	readonly history: Remote<GroupHistory>;
	/** What became of the last deployments of the group; asked when that is looked at. */
	readonly record: Remote<RecordReading>;
	readonly plots: ReadonlyMap<string, Remote<AlarmPlot>>;
	/** What AWS knows of the hosts behind the targets; grows as they are listed. */
	readonly hosts: Remote<ReadonlyMap<TargetId, HostFacts>>;
	/** Logs of hosts that somebody wanted to see, by {@link hostLogKey}. */
	readonly logs: ReadonlyMap<string, HostLogState>;
	/** The latest run of the checklist. */
	readonly checkup?: Checkup;
	/** What the checklist has found out. */
	readonly knowledge: Knowledge;
	/** The latest look at its group before that is deployed to again. */
	readonly preflight?: Preflight;
};

/** How hard AWS is being asked, for the header. */
export type ApiHealth = {
	/** Attempts in the last 60 s, all services. */
	readonly callsPerMinute: number;
	/** Throttles since the start. */
	readonly throttles: number;
	readonly throttledAt?: number;
	/** 1 = the configured rate; less while the budget has been cut by throttles. */
	readonly rateFactor: number;
};

export type MessageTone = 'info' | 'good' | 'attention' | 'bad';

/** A line of the messages screen. Equal ones that follow each other closely are counted. `at` is when the latest arrived. */
export type Message = {
	readonly at: number;
	readonly tone: MessageTone;
	readonly text: string;
	readonly count: number;
};

/** What was fixed when the program started. */
export type Session = {
	readonly region: string;
	readonly profile?: string;
	readonly endpointUrl?: string;
	readonly readOnly: boolean;
	/** Globs; a group or profile whose name matches one needs its name typed before anything is changed. */
	readonly protectedPatterns: readonly string[];
	readonly startedAt: number;
	/** Keys of the user's own. */
	readonly keys?: UserKeys;
	/** What there is to go back to. */
	readonly openedFrom?: 'fleet' | 'groups';
};

/** A deployment that was left, and the screens that were open then. */
export type Left = { readonly deploymentId: DeploymentId; readonly screens: UiState['screens'] };

export type AppState = {
	readonly scope: Scope;
	/** Since when that is watched, epoch milliseconds. */
	readonly watchedSince: number;
	/** Deployments that were left by going elsewhere, the latest last: the way back. */
	readonly trail: readonly Left[];
	readonly follow: Follow;
	/** The last tick of the one-second clock, epoch milliseconds. */
	readonly now: number;
	readonly session: Session;
	readonly rollouts: ReadonlyMap<DeploymentId, Rollout>;
	readonly identity: Remote<CallerIdentity>;
	readonly api: ApiHealth;
	readonly messages: readonly Message[];
	/** The user has seen what would be run on hosts, and let it be run from now on. */
	readonly hostCommandsAllowed: boolean;
	readonly ui: UiState;
};

export const emptyRollout = (id: DeploymentId): Rollout => ({
	id,
	deployment: unasked,
	targetIds: [],
	listing: unasked,
	targets: new Map(),
	readAts: new Map(),
	traffic: [],
	reading: unasked,
	config: unasked,
	group: unasked,
	siblings: unasked,
	appSpec: unasked,
	alarms: unasked,
	history: unasked,
	record: unasked,
	plots: new Map(),
	hosts: unasked,
	logs: new Map(),
	knowledge: noKnowledge,
});

/** `known`: what is known of the deployment already, by whoever has been watching. */
export function initialState(
	deploymentId: DeploymentId,
	session: Session,
	known: Rollout = emptyRollout(deploymentId),
): AppState {
	return {
		scope: { epoch: 0, deploymentId },
		watchedSince: session.startedAt,
		trail: [],
		follow: { on: false, lastId: deploymentId },
		now: session.startedAt,
		session,
		rollouts: new Map([[deploymentId, known]]),
		identity: unasked,
		api: { callsPerMinute: 0, throttles: 0, rateFactor: 1 },
		messages: [],
		hostCommandsAllowed: false,
		ui: initialUi,
	};
}

/** The rollout that is being watched. */
export const watchedRollout = (state: AppState): Rollout => rolloutOf(state, state.scope.deploymentId);

/** The keys of the user's own. */
export const userKeysOf = ({ session }: AppState): UserKeys => session.keys ?? noUserKeys;

/** What is known of a deployment; an empty one if nothing is. */
export const rolloutOf = (state: AppState, id: DeploymentId): Rollout =>
	state.rollouts.get(id) ?? emptyRollout(id);
