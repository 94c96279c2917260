import { shellWord } from '../lib/shell-word.ts';
import type { AppState, Rollout, Session } from '../monitor/state.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import { continueAction } from './continue.ts';
import { deployAction } from './deploy.ts';
import { protectAction } from './protect.ts';
import { stopAction } from './stop.ts';

/** What will happen to one group of hosts: `29 hosts run build-4711 now → they get build-4699 again`. */
export type ImpactRow = { readonly what: string; readonly outcome: string };

/** What a question says before it asks. */
export type Impact = {
	readonly rows: readonly ImpactRow[];
	/** Sentences that hold for all of them. */
	readonly notes: readonly string[];
	readonly warnings: readonly string[];
};

/** One thing that can be done to a deployment. */
export type ActionSpec<Request extends ActionRequest> = {
	/** `Stop and roll back`: heading, button and notice. */
	title(request: Request): string;
	/** Why it cannot be done now; undefined when it can. */
	refusal(rollout: Rollout, request: Request): string | undefined;
	impact(state: AppState, rollout: Rollout, request: Request): Impact;
	/** The same as AWS CLI arguments, without region and profile. */
	command(request: Request): readonly string[];
	/** The other way to do it, on Tab. */
	variant(request: Request): Request | undefined;
};

/** An action spec with its request's type closed over. */
export type BoundAction = {
	readonly request: ActionRequest;
	readonly title: string;
	readonly command: readonly string[];
	readonly variant: BoundAction | undefined;
	refusal(rollout: Rollout): string | undefined;
	impact(state: AppState, rollout: Rollout): Impact;
};

/** The action that a request asks for. */
export function actionFor(request: ActionRequest): BoundAction {
	switch (request.action) {
		case 'stop':
			return boundAction(stopAction, request);
		case 'continue':
			return boundAction(continueAction, request);
		case 'deploy':
			return boundAction(deployAction, request);
		case 'protect':
			return boundAction(protectAction, request);
	}
}

function boundAction<Request extends ActionRequest>(
	spec: ActionSpec<Request>,
	request: Request,
): BoundAction {
	const other = spec.variant(request);
	return {
		request,
		title: spec.title(request),
		command: spec.command(request),
		// The other way's own other way is this one: it is not followed further.
		variant: other && boundAction({ ...spec, variant: () => undefined }, other),
		refusal: rollout => spec.refusal(rollout, request),
		impact: (state, rollout) => spec.impact(state, rollout, request),
	};
}

/** Why nothing at all may be done, before any action is asked. */
export const readOnlyRefusal = (state: Pick<AppState, 'session'>): string | undefined =>
	state.session.readOnly ? 'read-only session: nothing is changed from here' : undefined;

/** The action as a command line to copy, with the profile, region and endpoint of this session. */
export const commandLine = (action: BoundAction, { session }: AppState): string =>
	['aws', 'deploy', ...action.command, ...sessionOptions(session)].map(shellWord).join(' ');

/** What leads the AWS CLI to the account, region and endpoint of a session. */
export const sessionOptions = ({ profile, region, endpointUrl }: Session): readonly string[] => [
	...(profile === undefined ? [] : ['--profile', profile]),
	...(region === '' ? [] : ['--region', region]),
	...(endpointUrl === undefined ? [] : ['--endpoint-url', endpointUrl]),
];
