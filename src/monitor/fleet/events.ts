import type { DeploymentId } from '../../domain/ids.ts';
import type { FailureDetails } from '../../gateway/failure.ts';
import type { CallerIdentity } from '../../gateway/gateway.ts';
import type { RolloutEvent } from '../events.ts';
import type { ApiHealth, MessageTone, Rollout } from '../state.ts';
import type { PagerState, Prompt } from '../ui-state.ts';
import type { ContextLabel } from './state.ts';
import type { FleetList, FleetScreen, RowKey } from './ui-state.ts';

/** What AWS said about a context. `at` is when the answer arrived. */
export type ContextEvent =
	/** Which deployments are active, or which were of late. */
	| {
			readonly type: 'list.received';
			readonly context: ContextLabel;
			readonly list: 'active' | 'earlier';
			readonly ids: readonly DeploymentId[];
			readonly at: number;
	  }
	| {
			readonly type: 'list.failed';
			readonly context: ContextLabel;
			readonly list: 'active' | 'earlier';
			readonly failure: FailureDetails;
			readonly at: number;
			readonly retryAt?: number;
	  }
	/** What was said about one of its deployments, or about several at once. */
	| { readonly type: 'rollout.told'; readonly context: ContextLabel; readonly event: RolloutEvent }
	| {
			readonly type: 'rollouts.told';
			readonly context: ContextLabel;
			readonly events: readonly RolloutEvent[];
	  }
	/** A deployment was watched by itself for a while, and all that was learned of it meanwhile is this. */
	| { readonly type: 'rollout.left'; readonly context: ContextLabel; readonly rollout: Rollout }
	| {
			readonly type: 'context.identified';
			readonly context: ContextLabel;
			readonly identity: CallerIdentity;
			readonly at: number;
	  }
	| {
			readonly type: 'context.unidentified';
			readonly context: ContextLabel;
			readonly failure: FailureDetails;
			readonly at: number;
			readonly retryAt?: number;
	  }
	| { readonly type: 'context.measured'; readonly context: ContextLabel; readonly api: ApiHealth };

/** What the user did on the fleet screen. */
export type FleetUiEvent =
	| { readonly type: 'terminal.resized'; readonly columns: number; readonly rows: number }
	| { readonly type: 'screen.opened'; readonly screen: FleetScreen }
	| { readonly type: 'screen.closed' }
	| { readonly type: 'pager.changed'; readonly pager: Partial<PagerState> }
	| { readonly type: 'row.chosen'; readonly row: RowKey; readonly top: number }
	| { readonly type: 'list.changed'; readonly change: Partial<Omit<FleetList, 'cursor' | 'top'>> }
	| { readonly type: 'prompt.opened'; readonly purpose: Prompt['purpose']; readonly text: string }
	| { readonly type: 'prompt.edited'; readonly text: string }
	| { readonly type: 'prompt.refused'; readonly problem: string }
	| { readonly type: 'prompt.closed' }
	| {
			readonly type: 'notice.shown';
			readonly text: string;
			readonly tone: MessageTone;
			readonly at: number;
	  };

/** Everything that can happen to the fleet, in the past tense. */
export type FleetEvent =
	| ContextEvent
	| FleetUiEvent
	| { readonly type: 'clock.ticked'; readonly now: number }
	| {
			readonly type: 'message.added';
			readonly tone: MessageTone;
			readonly text: string;
			readonly at: number;
	  };
