import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import { asDeploymentId, type DeploymentId } from '../../../src/domain/ids.ts';
import { emptyTally } from '../../../src/domain/tally.ts';
import type { FailureDetails } from '../../../src/gateway/failure.ts';
import type { FleetEvent } from '../../../src/monitor/fleet/events.ts';
import { reduceFleet } from '../../../src/monitor/fleet/reduce.ts';
import {
	asContextLabel,
	type Context,
	type ContextLabel,
	type FleetState,
	initialFleet,
} from '../../../src/monitor/fleet/state.ts';
import { type AppState, emptyRollout, type Rollout, watchedRollout } from '../../../src/monitor/state.ts';
import { alarm, noon } from './cast.ts';
import { deployment, rollbackId, rolledBack, running, session, tell } from './stories.ts';
import { ecs, lambda, ready } from './traffic-stories.ts';

/** Fleets at telling moments, as states. Everything in them is fixed. */

export const prod = asContextLabel('prod');
export const staging = asContextLabel('staging');
export const sandbox = asContextLabel('sandbox');

const minute = 60_000;
/** When the fleet of the stories is looked at. */
export const fleetNow = noon + 130_000;

const context = (label: ContextLabel, more: Partial<Context['session']> = {}): Context => ({
	label,
	session: { ...session, profile: label, ...more },
});

export const contexts: readonly Context[] = [
	{ ...context(prod), colour: 'yellow' },
	{ ...context(staging, { region: 'us-east-1', protectedPatterns: [] }), colour: 'green' },
	context(sandbox, { readOnly: true, protectedPatterns: [] }),
];

/** A deployment as the fleet knows it. */
export const rolloutWith = (more: Partial<DeploymentSnapshot> & { readonly id: DeploymentId }): Rollout => ({
	...emptyRollout(more.id),
	deployment: { data: deployment({ group: 'prod', ...more }), dataAt: fleetNow - 2_000, failures: 0 },
});

/** The rollout of another story, under an id of its own. */
function toldAs(id: string, state: AppState, more: Partial<DeploymentSnapshot> = {}): Rollout {
	const rollout = watchedRollout(state);
	const data = rollout.deployment.data && { ...rollout.deployment.data, ...more, id: asDeploymentId(id) };
	const read = data ? { data, dataAt: fleetNow - 2_000, failures: 0 } : rollout.deployment;
	return { ...rollout, id: asDeploymentId(id), deployment: read };
}

const counts = (more: Partial<typeof emptyTally>) => ({ overview: { ...emptyTally, ...more } });

const quietAlarms = { alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['a', 'b', 'c'] } };

/** What is in flight, and what is over, in the account of production. */
export const inProd: readonly Rollout[] = [
	toldAs('d-SEARCH001', tell({ group: quietAlarms, alarms: ['a', 'b', 'c'].map(name => alarm(name)) }), {
		application: 'search',
		group: 'prod',
		...counts({ succeeded: 20, inProgress: 6, pending: 4 }),
		startedAt: noon - 4 * minute,
	}),
	toldAs('d-CHECKOUT1', running(), { startedAt: noon }),
	toldAs('d-STOREF001', ready(), { startedAt: noon - 9 * minute }),
	toldAs('d-PAYMENT01', ecs(), { startedAt: noon }),
	rolloutWith({
		id: asDeploymentId('d-BILLING01'),
		application: 'billing',
		status: 'Succeeded',
		creator: 'deploy-bot',
		startedAt: noon - 30 * minute,
		completedAt: noon - 10 * minute,
		...counts({ succeeded: 12 }),
	}),
	toldAs('d-9FG52BI40', rolledBack(), { startedAt: noon - 60 * minute, completedAt: noon - 40 * minute }),
	rolloutWith({
		id: rollbackId,
		application: 'checkout-api',
		group: 'prod-blue',
		status: 'Succeeded',
		creator: 'codeDeployRollback',
		startedAt: noon - 39 * minute,
		completedAt: noon - 35 * minute,
		rollback: { triggeringDeploymentId: asDeploymentId('d-9FG52BI40') },
		...counts({ succeeded: 24 }),
	}),
];

export const inStaging: readonly Rollout[] = [
	toldAs('d-PRICES001', lambda(), { startedAt: noon }),
	rolloutWith({
		id: asDeploymentId('d-CHECKOUT2'),
		group: 'staging',
		startedAt: noon + minute,
		...counts({ succeeded: 3, inProgress: 3 }),
	}),
	rolloutWith({
		id: asDeploymentId('d-LEDGER001'),
		application: 'ledger',
		group: 'qa',
		status: 'Stopped',
		error: { code: 'MANUAL_STOP', message: 'The deployment was stopped by a user.' },
		startedAt: noon - 130 * minute,
		completedAt: noon - 120 * minute,
		...counts({ succeeded: 2, skipped: 4 }),
	}),
];

export type FleetTelling = {
	readonly rollouts?: Readonly<Record<string, readonly Rollout[]>>;
	readonly contexts?: readonly Context[];
	readonly now?: number;
	/** What else has happened. */
	readonly also?: readonly FleetEvent[];
};

/** A fleet as it comes about: lists first, then what was read of each deployment. */
export function tellFleet(telling: FleetTelling = {}): FleetState {
	const { rollouts = { prod: inProd, staging: inStaging, sandbox: [] }, now = fleetNow } = telling;
	const given = telling.contexts ?? contexts;
	const at = now - 2_000;
	let state = initialFleet(given, noon);
	const hear = (...events: readonly FleetEvent[]) => {
		state = events.reduce(reduceFleet, state);
	};
	for (const { label } of given) {
		const known = rollouts[label];
		if (!known) continue;
		const has = (ended: boolean) =>
			known
				.filter(({ deployment: { data } }) => (data?.completedAt !== undefined) === ended)
				.map(({ id }) => id);
		const account = `${given.findIndex(each => each.label === label) + 1}23456789012`;
		hear(
			{ type: 'list.received', context: label, list: 'active', ids: has(false), at },
			{ type: 'list.received', context: label, list: 'earlier', ids: has(true), at },
			{ type: 'context.identified', context: label, identity: { account, arn: 'arn' }, at },
			{ type: 'context.measured', context: label, api: { callsPerMinute: 11, throttles: 0, rateFactor: 1 } },
		);
		state = withRollouts(state, label, known);
	}
	hear({ type: 'clock.ticked', now }, ...(telling.also ?? []));
	return state;
}

/** The state with these rollouts, whatever was known of them. */
export function withRollouts(state: FleetState, label: string, known: readonly Rollout[]): FleetState {
	const context = state.contexts.get(asContextLabel(label));
	if (!context) throw new Error(`no context ${label}`);
	const rollouts = new Map([...context.rollouts, ...known.map(rollout => [rollout.id, rollout] as const)]);
	return { ...state, contexts: new Map(state.contexts).set(asContextLabel(label), { ...context, rollouts }) };
}

export const denied: FailureDetails = {
	kind: 'denied',
	operation: 'ListDeployments',
	action: 'codedeploy:ListDeployments',
	code: 'AccessDeniedException',
	detail: 'User is not authorized',
};

/** A context that cannot be listed any more, or never could. */
export const lost = (label: ContextLabel, failure: FailureDetails = denied): FleetEvent => ({
	type: 'list.failed',
	context: label,
	list: 'active',
	failure,
	at: fleetNow - 20_000,
	retryAt: fleetNow + 40_000,
});

/** A rollback under way, of a deployment that has failed a minute ago. */
export const rollingBack: readonly Rollout[] = [
	toldAs('d-9FG52BI40', rolledBack(), { completedAt: noon + 93_000 }),
	rolloutWith({
		id: rollbackId,
		application: 'checkout-api',
		group: 'prod-blue',
		creator: 'codeDeployRollback',
		startedAt: noon + 95_000,
		rollback: { triggeringDeploymentId: asDeploymentId('d-9FG52BI40') },
		...counts({ succeeded: 10, inProgress: 6, pending: 8 }),
	}),
];

/** Two hundred deployments over eight contexts. */
export function manyRollouts(): FleetState {
	const many = Array.from({ length: 8 }, (_, index) => context(asContextLabel(`account-${index + 1}`)));
	const rollouts = Object.fromEntries(
		many.map(({ label }, place) => [
			label,
			Array.from({ length: 25 }, (_, index) =>
				rolloutWith({
					id: asDeploymentId(`d-${String(place * 100 + index).padStart(9, '0')}`),
					application: `service-${index + 1}`,
					startedAt: noon - index * minute,
					...counts({ succeeded: index, pending: 25 - index, failed: index === 7 ? 1 : 0 }),
				}),
			),
		]),
	);
	return tellFleet({ contexts: many, rollouts });
}
