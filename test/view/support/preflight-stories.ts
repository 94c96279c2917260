import type { DeploymentGroupSnapshot } from '../../../src/domain/deployment-group.ts';
import type { AppEvent } from '../../../src/monitor/events.ts';
import type { AppState } from '../../../src/monitor/state.ts';
import { noon } from './cast.ts';
import { running, watchedId } from './stories.ts';
import { pressed, sitDown } from './user.ts';

/** A preflight of the group whose hooks fail in three ways: nothing protects it. */

const about = { id: watchedId, at: noon + 95_000 };

const group: DeploymentGroupSnapshot = {
	application: 'checkout-api',
	name: 'prod-blue',
	platform: 'Server',
	autoRollback: { enabled: false, events: [] },
	alarms: { enabled: true, ignorePollAlarmFailure: true, alarms: ['checkout-5xx', 'checkout-queue-depth'] },
};

const known: readonly AppEvent[] = [
	{ type: 'preflight.gained', ...about, facts: { group: { answer: group }, alarms: { answer: [] } } },
	{
		type: 'preflight.gained',
		...about,
		facts: { serviceRole: { unanswered: 'not allowed: iam:GetRole', needs: 'iam:GetRole' } },
	},
];

function after(...events: readonly AppEvent[]): AppState {
	const user = sitDown(pressed(running(), 'p'));
	user.hear(...events);
	return user.state;
}

export const preflightRunning = (): AppState => after(...known);

export const preflightEnded = (): AppState => after(...known, { type: 'preflight.ended', ...about });
