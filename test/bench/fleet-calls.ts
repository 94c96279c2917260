import { openFleet, startAt } from '../monitor/fleet/open-fleet.ts';
import { atMost, type Bench } from './figure.ts';

const minuteMs = 60_000;
/** The first of them end after nine. */
const minutes = 8;
const deployments = 50;
const targetsEach = 16;

/**
 * What the fleet view asks CodeDeploy while fifty deployments run, a fifth of them failing. In virtual time, through the
 * SDK, with the default budget. The first minute reads what the others keep up to date.
 */
export const fleetCalls: Bench = {
	name: 'fleet-calls',
	async measure(say) {
		say(`${minutes} virtual minutes of ${deployments} deployments in the fleet view`);
		const stage = await openFleet('fleet-50');
		try {
			await stage.advance(minutes * 60);
			const times = stage.asked(undefined, startAt).map(({ at }) => at);
			const active = stage.active('fifty eu-west-1').length;
			if (active !== deployments) throw new Error(`${active} deployments run, not ${deployments}`);
			const first = times.filter(at => at < startAt + minuteMs).length;
			const steady = busiestMinute(times.filter(at => at >= startAt + minuteMs));
			const figure = (name: string, value: number) =>
				atMost({ name: `calls a minute, ${name}`, unit: 'calls', value, baseline: naive }, 60);
			return [
				figure(`${deployments} rollouts in the fleet view: the first minute`, first),
				figure(`${deployments} rollouts in the fleet view: the busiest after it`, steady),
			];
		} finally {
			await stage.close();
		}
	},
};

/** One call a target each 2 s, as a loop in a shell would do it. */
const naive = { name: 'one call a target each 2 s', value: deployments * targetsEach * 30 };

/** The most calls in any minute. */
const busiestMinute = (times: readonly number[]): number =>
	Math.max(0, ...times.map(from => times.filter(at => at >= from && at < from + minuteMs).length));
