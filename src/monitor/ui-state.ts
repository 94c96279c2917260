import type { PreflightCheck } from '../diagnosis/preflight/check.ts';
import type { DeployOptions } from '../domain/deploy-order.ts';
import type { DeployPlan } from '../domain/deploy-plan.ts';
import type { DeploymentSnapshot } from '../domain/deployment.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { ProtectionWish } from '../domain/protection.ts';
import type { ProtectionPlan } from '../domain/protection-plan.ts';
import type { HostLog } from '../domain/shipped-log.ts';
import type { DeploymentWait } from '../gateway/gateway.ts';
import type { GroupName } from './find-deployment.ts';
import type { MessageTone } from './state.ts';

/** What the user looks at and how. It lives in the one store, so that a key acts on the newest state, not on a frame. */

export type Show = 'all' | 'failed' | 'active';
export type SortBy = 'state' | 'time' | 'event' | 'target';

/** How the lanes of the timeline follow each other. */
export type LaneOrder = 'start' | 'state' | 'duration';

/** How the targets of one deployment are listed; kept per deployment, to go there and back. */
export type ListState = {
	/** Unset until the user first moves: then the cursor rests on the top row. */
	readonly cursor?: TargetId;
	/** The first visible row when the cursor last moved; the view keeps the cursor in sight from there. */
	readonly top: number;
	readonly filter: string;
	readonly show: Show;
	readonly sort: SortBy;
};

/** Where a pager stands. `top` is a line of the wrapped text; unset: where it opens by itself. */
export type PagerState = {
	readonly top?: number;
	readonly wrap: boolean;
	readonly search: string;
	/** It stays at the end while lines arrive, until the user scrolls away. */
	readonly follow?: boolean;
	/** What was chosen with Tab, by its key. */
	readonly chosen?: string;
};

export type Screen =
	| { readonly type: 'deployment' }
	| { readonly type: 'target'; readonly targetId: TargetId; readonly event?: string }
	| {
			readonly type: 'logs';
			readonly targetId: TargetId;
			readonly event?: string;
			readonly source: LogSource;
			readonly pager: PagerState;
	  }
	/** With a target, only what explains its failure. */
	| { readonly type: 'diagnosis'; readonly targetId?: TargetId; readonly pager: PagerState }
	| { readonly type: 'checklist'; readonly targetId?: TargetId; readonly pager: PagerState }
	/** What would make the next deployment of the group fail. */
	| { readonly type: 'preflight'; readonly pager: PagerState }
	| { readonly type: 'details'; readonly pager: PagerState }
	| { readonly type: 'alarms'; readonly cursor?: string; readonly zoom: number }
	/** One lane per target on a common time axis. The cursor is that of the list of targets. */
	| {
			readonly type: 'timeline';
			/** What of the axis is shown, milliseconds; unset: all of it. */
			readonly spanMs?: number;
			/** Where it ends, epoch milliseconds; unset: at the rollout's end, which is followed. */
			readonly endAt?: number;
			/** The first visible row when the cursor last moved. */
			readonly top: number;
			readonly order: LaneOrder;
	  }
	/** The last deployments of the group. `cursor` is the key of a row; unset: the first. `top`: the first visible line. */
	| { readonly type: 'history'; readonly cursor?: string; readonly top: number }
	| { readonly type: 'help'; readonly pager: PagerState }
	| { readonly type: 'messages'; readonly pager: PagerState };

/** Where a log is read from: the tail that came with the failure, or one of the host's own logs. */
export type LogSource = 'tail' | HostLog;

export type ScreenName = Screen['type'];

/** A line of text being typed. */
export type Prompt = {
	readonly purpose: 'filter' | 'search' | 'goto';
	readonly text: string;
	/** What to return to when it is cancelled. */
	readonly before: string;
	readonly problem?: string;
	/** What AWS is being asked for before it can be gone to. */
	readonly asking?: GroupName;
};

/** What is about to be done. The ids are captured when the question opens. */
export type ActionRequest =
	| { readonly action: 'stop'; readonly deploymentId: DeploymentId; readonly rollBack: boolean }
	| { readonly action: 'continue'; readonly deploymentId: DeploymentId; readonly wait: DeploymentWait }
	| DeployRequest
	| ProtectRequest;

/** A deployment to be made from here. What it would do has to be read first: until then nothing can be confirmed. */
export type DeployRequest = {
	readonly action: 'deploy';
	/** The one that was watched when the question opened. */
	readonly deploymentId: DeploymentId;
	readonly purpose: 'roll-back' | 'redeploy';
	/** Where it is deployed. */
	readonly to: GroupName;
	/** The deployment whose revision is wanted. */
	readonly from: DeploymentId | 'last-successful';
	/** What the user has chosen; the rest is as usual. */
	readonly chosen: Partial<DeployOptions>;
	/** What can be returned to, the newest first, as far as it has been read. */
	readonly candidates: readonly DeploymentSnapshot[];
	readonly plan?: DeployPlan;
	/** What a preflight has found, where one was run. */
	readonly preflight?: readonly PreflightCheck[];
	/** Why there is no plan. */
	readonly problem?: string;
};

/** A change of what protects the group of a deployment, as a preflight proposes it. */
export type ProtectRequest = {
	readonly action: 'protect';
	/** The one that was watched when the question opened. */
	readonly deploymentId: DeploymentId;
	/** What of it would be changed, and how it was when the question opened. */
	readonly plan: ProtectionPlan;
	/** What can be taken or left, one thing each; `left`: those that are left, `chosen`: the one that a key turns. */
	readonly offered: readonly ProtectionWish[];
	readonly left: readonly number[];
	readonly chosen: number;
};

/** The question before an action. Cancel has the focus, or the field where a name must be typed. */
export type Confirmation = {
	readonly request: ActionRequest;
	/** The deployment's status when the question opened: if it has moved on since, the answer is to another question. */
	readonly seenStatus: string;
	/** The name to be typed in full; unset where a key is enough. */
	readonly token?: string;
	readonly typed: string;
	readonly sending: boolean;
	/** The first line in sight of what is said before the answer; unset: the first. */
	readonly top?: number;
};

export type Notice = { readonly text: string; readonly tone: MessageTone; readonly at: number };

export type UiState = {
	readonly size: { readonly columns: number; readonly rows: number };
	/** The last one is shown; the first is always the deployment screen. */
	readonly screens: readonly [Screen, ...Screen[]];
	readonly lists: ReadonlyMap<DeploymentId, ListState>;
	readonly prompt?: Prompt;
	readonly confirmation?: Confirmation;
	readonly notice?: Notice;
};

export const initialPager: PagerState = { wrap: true, search: '' };
export const initialList: ListState = { top: 0, filter: '', show: 'all', sort: 'state' };

export const initialUi: UiState = {
	size: { columns: 80, rows: 24 },
	screens: [{ type: 'deployment' }],
	lists: new Map(),
};

/** The screen that is shown. */
export const currentScreen = (ui: UiState): Screen => ui.screens.at(-1) ?? ui.screens[0];

/** How the targets of `id` are listed. */
export const listOf = (ui: UiState, id: DeploymentId): ListState => ui.lists.get(id) ?? initialList;
