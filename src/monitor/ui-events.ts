import type { PreflightCheck } from '../diagnosis/preflight/check.ts';
import type { DeployPlan } from '../domain/deploy-plan.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { GroupName } from './find-deployment.ts';
import type { MessageTone } from './state.ts';
import type { ActionRequest, DeployRequest, PagerState, Prompt, Screen, Show, SortBy } from './ui-state.ts';

/** What the user did. */
export type UiEvent =
	| { readonly type: 'terminal.resized'; readonly columns: number; readonly rows: number }
	| {
			readonly type: 'scope.moved';
			readonly deploymentId: DeploymentId;
			/** To another chapter of the story, to somewhere else, on to the group's next, or back from there. */
			readonly way: 'story' | 'goto' | 'follow' | 'back';
	  }
	| { readonly type: 'screen.opened'; readonly screen: Screen }
	| { readonly type: 'screen.closed' }
	/** The screen that is shown goes on to another target, alarm or zoom. */
	| { readonly type: 'screen.replaced'; readonly screen: Screen }
	| { readonly type: 'cursor.moved'; readonly targetId: TargetId; readonly top: number }
	| { readonly type: 'filter.changed'; readonly filter: string }
	| { readonly type: 'show.changed'; readonly show: Show }
	| { readonly type: 'sort.changed'; readonly sort: SortBy }
	| { readonly type: 'pager.changed'; readonly pager: Partial<PagerState> }
	| { readonly type: 'prompt.opened'; readonly purpose: Prompt['purpose']; readonly text: string }
	| { readonly type: 'prompt.edited'; readonly text: string }
	| { readonly type: 'prompt.refused'; readonly problem: string }
	/** What was typed names a group: which deployment that means has to be asked. */
	| { readonly type: 'prompt.asked'; readonly group: GroupName }
	| { readonly type: 'prompt.closed' }
	| {
			readonly type: 'action.asked';
			readonly request: ActionRequest;
			readonly seenStatus: string;
			readonly token?: string;
	  }
	| { readonly type: 'action.edited'; readonly typed: string }
	| { readonly type: 'action.varied'; readonly request: ActionRequest }
	/** What would be deployed has been read, or could not be: the answer to `request`, and to no other. */
	| {
			readonly type: 'plan.received';
			readonly request: DeployRequest;
			readonly plan: DeployPlan;
			readonly preflight?: readonly PreflightCheck[];
	  }
	| { readonly type: 'plan.failed'; readonly request: DeployRequest; readonly problem: string }
	| { readonly type: 'action.scrolled'; readonly top: number }
	| { readonly type: 'action.sent' }
	| { readonly type: 'action.closed' }
	| {
			readonly type: 'notice.shown';
			readonly text: string;
			readonly tone: MessageTone;
			readonly at: number;
	  };
