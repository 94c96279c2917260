import { nothing as absent, answerOf } from '../../diagnosis/knowledge.ts';
import type { AgentVersion } from '../../domain/host-report.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { GroupQuery } from '../../monitor/preflight/examine-group.ts';
import { type AppState, type Rollout, watchedRollout } from '../../monitor/state.ts';
import { currentScreen, initialPager } from '../../monitor/ui-state.ts';
import { ask } from '../ask.ts';
import type { Intent } from '../keys/intent.ts';
import { happened, type Outcome } from '../outcome.ts';
import { protectRequest } from '../protecting/request.ts';
import { selectProtectionWish } from './wish.ts';

/** Keys of what comes before the next deployment; undefined for all others. */
export function lookAhead(state: AppState, intent: Intent): Outcome | undefined {
	switch (intent) {
		case 'preflight':
			return openPreflight(state);
		case 'apply':
			return applyRemedies(state);
		default:
			return undefined;
	}
}

/** Looks at the group of the deployment that is watched, and shows what is found; anew each time. */
function openPreflight(state: AppState): Outcome {
	const rollout = watchedRollout(state);
	const query = groupQuery(state, rollout);
	if (query === undefined) return say(state, missingGroup(rollout));
	const { preflight } = rollout;
	const isRunning = preflight !== undefined && preflight.endedAt === undefined;
	const isShown = currentScreen(state.ui).type === 'preflight';
	return happened(
		...(isRunning ? [] : [{ type: 'preflight.asked', id: rollout.id, query, at: state.now } as const]),
		...(isShown
			? []
			: [{ type: 'screen.opened', screen: { type: 'preflight', pager: initialPager } } as const]),
	);
}

const missingGroup = ({ deployment: { data } }: Rollout): string =>
	data === undefined ? 'the deployment has not been read yet' : 'this deployment has no group any more';

/** The group of a deployment, and what is known of its hosts already; undefined where it has none. */
function groupQuery({ session }: AppState, rollout: Rollout): GroupQuery | undefined {
	const { application, group: name } = rollout.deployment.data ?? {};
	if (application === undefined || name === undefined) return undefined;
	const { region, profile, endpointUrl } = session;
	const agents = agentVersions(rollout);
	return {
		region,
		...(profile !== undefined && { profile }),
		...(endpointUrl !== undefined && { endpointUrl }),
		application,
		name,
		...(agents.size > 0 && { agents }),
	};
}

/** As far as the checklist has found them out. */
function agentVersions({ knowledge }: Rollout): ReadonlyMap<TargetId, AgentVersion> {
	const known = [...knowledge.hosts].flatMap(([id, { version }]) => {
		const answer = answerOf(version);
		return answer === undefined || answer === absent ? [] : [[id, answer] as const];
	});
	return new Map(known);
}

/** Says that there is nothing to mend, or asks about all that there is. */
function applyRemedies(state: AppState): Outcome {
	const rollout = watchedRollout(state);
	const { preflight } = rollout;
	if (preflight?.endedAt === undefined) return say(state, 'the group is still being looked at');
	const wish = selectProtectionWish(state, rollout);
	if (wish === undefined) return say(state, 'nothing of it can be mended by the settings of the group');
	const request = protectRequest(rollout, wish);
	return request ? ask(state, request) : say(state, 'the settings of the group could not be read');
}

const say = (state: AppState, text: string): Outcome =>
	happened({ type: 'notice.shown', tone: 'info', text, at: state.now });
