import type { DeployPlan } from '../../../src/domain/deploy-plan.ts';
import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import { asDeploymentId } from '../../../src/domain/ids.ts';
import type { Tally } from '../../../src/domain/tally.ts';
import { deployment, group, revision } from '../../view/support/stories.ts';

export const badId = asDeploymentId('d-9FG52BI40');
export const goodId = asDeploymentId('d-VJ4GEQJRT');
export const otherId = asDeploymentId('d-3KDQ7MN2X');

export const tally: Tally = { pending: 4, inProgress: 0, succeeded: 2, failed: 6, skipped: 0, ready: 0 };

/** The newest, which failed. */
export const bad = (more: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot =>
	deployment({ id: badId, status: 'Failed', overview: tally, ...more });

/** The one before, which succeeded. */
export const good = (more: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot =>
	deployment({ id: goodId, status: 'Succeeded', revision: revision(4699), ...more });

/** To roll the newest back to the one before; nothing is in the way. */
export const plan = (more: Partial<DeployPlan> = {}): DeployPlan => ({
	purpose: 'roll-back',
	group: group({
		configName: 'CodeDeployDefault.HalfAtATime',
		autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
		alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['checkout-5xx'] },
		lastAttempted: { id: badId },
		lastSuccessful: { id: goodId },
	}),
	revision: revision(4699),
	from: good(),
	latest: bad(),
	candidates: [good()],
	bundle: { value: { type: 'found', size: 1_000 } },
	alarms: { value: [{ name: 'checkout-5xx', kind: 'metric', state: 'OK', reason: '' }] },
	...more,
});
