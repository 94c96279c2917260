import { shiftedPercent } from '../domain/traffic-shift.ts';
import type { Rollout } from '../monitor/state.ts';
import type { Impact } from './action.ts';

/** What stopping means where traffic moves between two fleets, task sets or versions: nothing is installed again. */

/** Of a deployment that moves traffic; undefined for one that installs in place. */
export function trafficStopImpact(rollout: Rollout, rollBack: boolean): Impact | undefined {
	const deployment = rollout.deployment.data;
	if (deployment?.platform === 'ECS' || deployment?.platform === 'Lambda')
		return shiftImpact(rollout, rollBack);
	return deployment?.type === 'BLUE_GREEN' ? fleetImpact(rollout, rollBack) : undefined;
}

function fleetImpact(rollout: Rollout, rollBack: boolean): Impact {
	const targets = [...rollout.targets.values()];
	const green = targets.filter(target => target.label === 'Green');
	const blue = targets.filter(target => target.label === 'Blue').length;
	const hasTraffic = green.some(({ events }) =>
		events.some(({ name, startedAt }) => name === 'AllowTraffic' && startedAt !== undefined),
	);
	const replacement = countWords(green.length, 'replacement');
	const original = countWords(blue, 'original');
	if (!hasTraffic) {
		return {
			rows: [
				{ what: replacement, outcome: 'no more is installed there' },
				{ what: original, outcome: 'they keep the traffic, as they have all along' },
			],
			notes: [],
			warnings: [],
		};
	}
	return rollBack
		? {
				rows: [
					{ what: replacement, outcome: 'they leave the load balancer' },
					{ what: original, outcome: 'they get the traffic back' },
				],
				notes: ['Once the original targets are terminated, a rollback has to deploy anew.'],
				warnings: [],
			}
		: {
				rows: [
					{ what: replacement, outcome: 'they keep what traffic they have' },
					{ what: original, outcome: 'they stay as they are, in or out of the load balancer' },
				],
				notes: ['Nothing is terminated: both fleets go on running, and cost.'],
				warnings: [],
			};
}

const countWords = (count: number, which: string): string =>
	count === 0 ? `the ${which} targets` : `${count} ${which} ${count === 1 ? 'target' : 'targets'}`;

function shiftImpact(rollout: Rollout, rollBack: boolean): Impact {
	const isLambda = rollout.deployment.data?.platform === 'Lambda';
	const [target] = rollout.targets.values();
	const moved = target === undefined ? undefined : shiftedPercent(target);
	const what = moved === undefined ? 'the traffic that has moved' : `${moved} % of the traffic has moved`;
	const original = isLambda ? 'the current version' : 'the original task set';
	if (rollBack) {
		return { rows: [{ what, outcome: `all of it goes back to ${original}` }], notes: [], warnings: [] };
	}
	const notes = isLambda
		? // AWS: after a manual stop the alias keeps both versions.
			['The alias stays split between two versions, and later deployments fail until that is mended.']
		: [];
	return { rows: [{ what, outcome: 'it stays split as it is' }], notes, warnings: [] };
}
