import type { AlarmSnapshot } from '../domain/alarm.ts';
import type { DeploymentSnapshot } from '../domain/deployment.ts';
import type { DeploymentConfig } from '../domain/deployment-config.ts';
import type { DeploymentGroupSnapshot } from '../domain/deployment-group.ts';
import type { GroupHistory } from '../domain/history.ts';
import type { HostFacts } from '../domain/host.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { TargetSnapshot } from '../domain/target.ts';
import type { FailureDetails } from '../gateway/failure.ts';
import type { CallerIdentity } from '../gateway/gateway.ts';
import type { CheckupEvent } from './checkup.ts';
import type { HostLogEvent } from './host-log.ts';
import type { PreflightEvent } from './preflight/preflight.ts';
import type { RecordReading } from './record/reading.ts';
import type { AlarmPlot, ApiHealth, MessageTone } from './state.ts';
import type { UiEvent } from './ui-events.ts';

/** The parts of a rollout that are asked for apart from each other, and so fail apart from each other. */
export type Part =
	| 'deployment'
	| 'listing'
	| 'targets'
	| 'config'
	| 'group'
	| 'siblings'
	| 'appSpec'
	| 'alarms'
	| 'history'
	| 'record'
	| 'hosts';

/** What AWS said about a deployment. `at` is when the answer arrived. */
export type RolloutEvent =
	| {
			readonly type: 'deployment.received';
			readonly id: DeploymentId;
			readonly deployment: DeploymentSnapshot;
			readonly at: number;
	  }
	/** Ids so far; once `complete`, targets that are not among them are gone. */
	| {
			readonly type: 'targetIds.received';
			readonly id: DeploymentId;
			readonly ids: readonly TargetId[];
			readonly complete: boolean;
			readonly at: number;
	  }
	| {
			readonly type: 'targets.received';
			readonly id: DeploymentId;
			readonly targets: readonly TargetSnapshot[];
			readonly at: number;
	  }
	| {
			readonly type: 'config.received';
			readonly id: DeploymentId;
			readonly config: DeploymentConfig;
			readonly at: number;
	  }
	| {
			readonly type: 'group.received';
			readonly id: DeploymentId;
			readonly group: DeploymentGroupSnapshot;
			readonly at: number;
	  }
	/** Deployments of the same group, in the order AWS lists them. */
	| {
			readonly type: 'siblings.received';
			readonly id: DeploymentId;
			readonly ids: readonly DeploymentId[];
			readonly at: number;
	  }
	| {
			readonly type: 'appSpec.received';
			readonly id: DeploymentId;
			readonly content: string;
			readonly at: number;
	  }
	| {
			readonly type: 'alarms.received';
			readonly id: DeploymentId;
			readonly alarms: readonly AlarmSnapshot[];
			readonly at: number;
	  }
	| {
			readonly type: 'plot.received';
			readonly id: DeploymentId;
			readonly alarm: string;
			readonly plot: AlarmPlot;
			readonly at: number;
	  }
	| {
			readonly type: 'plot.failed';
			readonly id: DeploymentId;
			readonly alarm: string;
			readonly failure: FailureDetails;
			readonly at: number;
	  }
	| {
			readonly type: 'history.received';
			readonly id: DeploymentId;
			readonly history: GroupHistory;
			readonly at: number;
	  }
	/** What became of the last deployments of its group, as far as it has been read. */
	| {
			readonly type: 'record.received';
			readonly id: DeploymentId;
			readonly reading: RecordReading;
			readonly at: number;
	  }
	/** Facts of some hosts, beside those that are known of others. */
	| {
			readonly type: 'hosts.received';
			readonly id: DeploymentId;
			readonly hosts: ReadonlyMap<TargetId, HostFacts>;
			readonly at: number;
	  }
	| HostLogEvent
	| CheckupEvent
	| PreflightEvent
	| {
			readonly type: 'part.failed';
			readonly id: DeploymentId;
			readonly part: Part;
			readonly failure: FailureDetails;
			readonly at: number;
			readonly retryAt?: number;
	  };

/** AWS has accepted a stop: hooks that run are allowed to end first, so the status follows later. */
type StopAccepted = { readonly type: 'stop.accepted'; readonly id: DeploymentId; readonly at: number };

/** Everything that can happen, in the past tense. `dispatch` of one of these is the only way to change the state. */
export type AppEvent =
	| RolloutEvent
	| StopAccepted
	| UiEvent
	/** The watch is to go on with the group from here, or to stay. */
	| { readonly type: 'follow.switched'; readonly on: boolean }
	/** The user lets the commands of the closed set be run on hosts. */
	| { readonly type: 'hostCommands.allowed' }
	| { readonly type: 'clock.ticked'; readonly now: number }
	| { readonly type: 'identity.received'; readonly identity: CallerIdentity; readonly at: number }
	| {
			readonly type: 'identity.failed';
			readonly failure: FailureDetails;
			readonly at: number;
			readonly retryAt?: number;
	  }
	| { readonly type: 'api.measured'; readonly api: ApiHealth }
	| {
			readonly type: 'message.added';
			readonly tone: MessageTone;
			readonly text: string;
			readonly at: number;
	  };
