import { asDeploymentId } from '../../../src/domain/ids.ts';
import { reducePicker } from '../../../src/monitor/picker/reduce.ts';
import { initialPicker, type PickerEvent, type PickerState } from '../../../src/monitor/picker/state.ts';
import { noon } from './cast.ts';
import { denied } from './fleet-stories.ts';
import { session } from './stories.ts';

/** The choice of what to watch, at telling moments. */

const application = 'checkout-api';
const at = noon + 1_000;

const told = (given: string | undefined, ...events: readonly PickerEvent[]): PickerState =>
	events.reduce(reducePicker, initialPicker({ ...session, profile: 'team-prod' }, given));

const applications: PickerEvent = {
	type: 'applications.received',
	names: [application, 'billing', 'search'],
	at,
};
const groups: PickerEvent = { type: 'groups.received', application, names: ['prod-blue', 'staging'], at };
const facts: PickerEvent = {
	type: 'facts.received',
	application,
	groups: [
		{
			application,
			name: 'prod-blue',
			autoScalingGroups: [],
			loadBalancers: [],
			lastAttempted: { id: asDeploymentId('d-9FG52BI40'), status: 'Failed', createdAt: noon - 60_000 },
		},
	],
	at,
};
const refused = { failure: denied, at, retryAt: at + 30_000 };

export const pickers: Readonly<Record<string, () => PickerState>> = {
	'picker-applications': () => told(undefined, applications),
	'picker-filtered': () =>
		told(undefined, applications, { type: 'list.changed', change: { filter: 'billing' } }),
	'picker-unread': () => told(undefined, { type: 'applications.failed', ...refused }),
	'picker-groups': () =>
		told(undefined, applications, { type: 'application.entered', application }, groups, facts),
	'picker-facts-unread': () => told(application, groups, { type: 'facts.failed', application, ...refused }),
	'picker-asking': () =>
		told(application, groups, facts, { type: 'group.asked', group: { application, group: 'prod-blue' } }),
	'picker-notice': () =>
		told(application, groups, {
			type: 'notice.shown',
			text: 'prod-blue was never deployed to',
			tone: 'attention',
			at,
		}),
};
