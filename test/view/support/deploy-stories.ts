import type { PreflightCheck } from '../../../src/diagnosis/preflight/check.ts';
import type { DeployPlan } from '../../../src/domain/deploy-plan.ts';
import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import { asDeploymentId } from '../../../src/domain/ids.ts';
import { emptyTally } from '../../../src/domain/tally.ts';
import type { AppEvent } from '../../../src/monitor/events.ts';
import { reduce } from '../../../src/monitor/reduce.ts';
import type { AppState } from '../../../src/monitor/state.ts';
import type { DeployRequest } from '../../../src/monitor/ui-state.ts';
import { noon } from './cast.ts';
import {
	calm,
	deployment,
	earlierId,
	firing,
	fleet,
	group,
	revision,
	type Telling,
	tell,
} from './stories.ts';
import { pressed } from './user.ts';

/** Questions before a deployment, at telling moments. */

const hour = 3_600_000;

const earlier = (id: string, build: number, daysAgo: number): DeploymentSnapshot =>
	deployment({
		id: asDeploymentId(id),
		status: 'Succeeded',
		revision: revision(build),
		description: 'Weekly release',
		createdAt: noon - daysAgo * 24 * hour,
		completedAt: noon - daysAgo * 24 * hour,
	});

/** Can be returned to, the newest first. */
export const candidates: readonly DeploymentSnapshot[] = [
	earlier(earlierId, 4699, 1),
	earlier('d-6SDE446QY', 4690, 2),
	earlier('d-Z6ZHG59MC', 4680, 9),
];

const failed: Partial<DeploymentSnapshot> = {
	status: 'Failed',
	completedAt: noon + 60_000,
	overview: { ...emptyTally, succeeded: 10, failed: 8, skipped: 6 },
};

const alarms = { enabled: true, ignorePollAlarmFailure: false, alarms: ['checkout-5xx', 'checkout-p99'] };

/** What was read for the first of the candidates, unless told. */
export const plan = (more: Partial<DeployPlan> = {}): DeployPlan => ({
	purpose: 'roll-back',
	group: group({ platform: 'Server', configName: 'CodeDeployDefault.HalfAtATime', alarms }),
	revision: revision(4699),
	...(candidates[0] && { from: candidates[0] }),
	latest: deployment(failed),
	candidates,
	bundle: { value: { type: 'found', size: 9_000_000 } },
	alarms: { value: [calm] },
	...more,
});

/** A release that has failed a while ago; nothing rolls it back. */
export const failedRelease = (more: Telling = {}): AppState =>
	tell({
		now: 240,
		targets: fleet,
		...more,
		deployment: { ...failed, ...more.deployment },
		group: { autoRollback: { enabled: false, events: [] }, ...more.group },
	});

/** The request of the question that is open. */
export function openRequest({ ui }: AppState): DeployRequest {
	const request = ui.confirmation?.request;
	if (request?.action !== 'deploy') throw new Error('no question about a deployment is open');
	return request;
}

/** The question after what would be deployed has been read. */
export const answered = (
	state: AppState,
	more: Partial<DeployPlan> = {},
	also: Partial<Received> = {},
): AppState =>
	reduce(state, { type: 'plan.received', request: openRequest(state), plan: plan(more), ...also });

type Received = Extract<AppEvent, { type: 'plan.received' }>;

const unprotected: Telling = { session: { protectedPatterns: [] } };

const found: readonly PreflightCheck[] = [
	{
		id: 'targets',
		title: 'Targets',
		verdict: 'problem',
		severity: 'error',
		summary: '2 of 24 instances are stopped',
		evidence: [],
	},
	{
		id: 'validation',
		title: 'Validation by a hook',
		verdict: 'problem',
		severity: 'warning',
		summary: 'ValidateService took no time in the last 5 deployments: nothing is validated',
		evidence: [],
	},
];

const appSpec = (task: number): string =>
	JSON.stringify({
		version: 0,
		Resources: [
			{ TargetService: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: `payments:${task}` } } },
		],
	});

const sha = (digit: string) => ({ type: 'appSpec', sha256: digit.repeat(64) }) as const;

export const deployScreens: Readonly<Record<string, () => AppState>> = {
	'roll-back-reading': () => pressed(failedRelease(unprotected), 'b'),
	'roll-back': () => answered(pressed(failedRelease(unprotected), 'b')),
	'roll-back-typed': () => pressed(answered(pressed(failedRelease(), 'b')), 'p', 'r', 'o', 'd'),
	'roll-back-blocked': () =>
		answered(pressed(failedRelease(unprotected), 'b'), { alarms: { value: [firing, calm] } }),
	'roll-back-ecs': () =>
		answered(pressed(failedRelease(unprotected), 'b'), {
			group: group({ platform: 'ECS', ecsServices: [{ cluster: 'shop', service: 'payments' }] }),
			revision: { ...sha('a'), content: appSpec(71) },
			latest: deployment({ status: 'Failed', platform: 'ECS', revision: sha('b') }),
			candidates: [],
			appSpecs: { wanted: { value: appSpec(71) }, current: { value: appSpec(72) }, isAltered: false },
		}),
	redeploy: () =>
		answered(
			pressed(failedRelease(unprotected), 'r'),
			{ purpose: 'redeploy', revision: revision(4711), from: deployment(failed) },
			{ preflight: found },
		),
};
