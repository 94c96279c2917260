import type { FleetState } from '../../../src/monitor/fleet/state.ts';
import {
	contexts,
	denied,
	fleetNow,
	inProd,
	lost,
	manyRollouts,
	prod,
	rollingBack,
	sandbox,
	staging,
	tellFleet,
} from './fleet-stories.ts';
import { fleetPressed } from './fleet-user.ts';

const ended = (rollouts: readonly (typeof inProd)[number][]) =>
	rollouts.filter(({ deployment: { data } }) => data?.completedAt !== undefined);

/** The fleet at moments when it has something to tell. */
export const fleets: Readonly<Record<string, () => FleetState>> = {
	fleet: () => tellFleet(),
	'fleet-rolling-back': () => tellFleet({ rollouts: { prod: rollingBack, staging: [], sandbox: [] } }),
	'fleet-lost': () => tellFleet({ also: [lost(staging), lost(sandbox, { ...denied, kind: 'throttled' })] }),
	'fleet-unreachable': () => tellFleet({ rollouts: {}, also: [lost(prod), lost(staging), lost(sandbox)] }),
	'fleet-quiet': () => tellFleet({ rollouts: { prod: ended(inProd), staging: [], sandbox: [] } }),
	'fleet-empty': () => tellFleet({ rollouts: { prod: [], staging: [], sandbox: [] } }),
	'fleet-loading': () => tellFleet({ rollouts: { prod: [] }, now: fleetNow }),
	'fleet-one-context': () => tellFleet({ contexts: contexts.slice(0, 1) }),
	'fleet-by-application': () => fleetPressed(tellFleet(), 'v', 'o', '/', 'p', 'r', 'enter'),
	'fleet-failing-only': () => fleetPressed(tellFleet(), 'f'),
	'fleet-many': () => fleetPressed(manyRollouts(), 'j', 'pgdn', 'pgdn'),
	'fleet-help': () => fleetPressed(tellFleet(), '?'),
	'fleet-messages': () => fleetPressed(tellFleet({ also: [lost(staging)] }), 'R', '!'),
	'fleet-goto': () => fleetPressed(tellFleet(), ':', 'd', '-'),
};
