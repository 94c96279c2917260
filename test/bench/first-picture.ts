import { asDeploymentId } from '../../src/domain/ids.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createBudget } from '../../src/monitor/budget.ts';
import { createEngine } from '../../src/monitor/engine.ts';
import { initialState, rolloutOf } from '../../src/monitor/state.ts';
import { createStore } from '../../src/monitor/store.ts';
import { type Bench, type Figure, figureOf, median } from './figure.ts';
import { serveFleet } from './serve-fleet.ts';
import { createSetting } from './setting.ts';
import { hasAwsCli } from './start-up.ts';
import { startTimed } from './timed-pty.ts';

const concurrency = 8;
const rounds = 3;

/** The whole picture of a fleet with the budget lifted, against the least that the protocol allows, and the AWS CLI. */
export const firstPicture: Bench = {
	name: 'first-picture',
	async measure(say) {
		process.env.AWS_ACCESS_KEY_ID = 'bench';
		process.env.AWS_SECRET_ACCESS_KEY = 'bench';
		const figures: Figure[] = [];
		for (const targets of [100, 1000, 10_000]) {
			for (const latencyMs of [0, 50, 200]) {
				const name = `first picture of ${targets.toLocaleString('en')} targets at ${latencyMs} ms`;
				say(name);
				const taken: { readonly ms: number; readonly calls: number }[] = [];
				for (let round = 0; round < rounds; round += 1) taken.push(await takePicture(targets, latencyMs));
				const figure = figureOf(
					name,
					'ms',
					taken.map(({ ms }) => ms),
				);
				const bound = { name: 'least possible', value: leastMs(targets, latencyMs) };
				const reached = figure.value <= 1.3 * bound.value;
				// Without latency it is all our own work: there is no bound but the processor.
				figures.push(
					latencyMs === 0 ? figure : { ...figure, baseline: bound, goal: '≤ 1.3 × least', reached },
				);
				if (latencyMs === 0) figures.push(callsFigure(targets, median(taken.map(({ calls }) => calls))));
			}
		}
		return hasAwsCli() ? [...figures, await cliPicture(say)] : figures;
	},
};

function callsFigure(targets: number, calls: number): Figure {
	const least = Math.ceil(targets / 100) + Math.ceil(targets / 25) + 4;
	const name = `calls for the first picture of ${targets.toLocaleString('en')} targets`;
	return { name, unit: 'calls', value: calls, goal: `≤ ${least}`, reached: calls <= least };
}

/** The slower of the list's pages, which follow each other, and the batches of 25, of which some are asked at a time. */
function leastMs(targets: number, latencyMs: number): number {
	const pages = Math.ceil(targets / 100);
	const batches = Math.ceil(targets / 25);
	return Math.max(pages + 1, (pages + batches) / concurrency) * latencyMs;
}

async function takePicture(targets: number, latencyMs: number) {
	await using fleet = await serveFleet({ targets, latencyMs, changesPerSecond: 0 });
	const id = asDeploymentId(fleet.deploymentId);
	const budget = createBudget({ clock: systemClock, random: systemRandom, burst: 1e9, perSecond: Infinity });
	const connection = connectAws({
		region: 'eu-west-1',
		endpointUrl: fleet.url,
		clock: systemClock,
		gate: budget,
	});
	const session = {
		region: 'eu-west-1',
		readOnly: true,
		protectedPatterns: [],
		startedAt: systemClock.now(),
	};
	const store = createStore(initialState(id, session), queueMicrotask);
	const engine = createEngine({
		store,
		gateways: connection.gateways,
		clock: systemClock,
		random: systemRandom,
		budget,
		plan: { concurrency },
		visibleTargets: () => [],
	});
	// The SDK is there before the first picture is waited for: loading it is part of the start, not of this.
	await connection.gateways.codeDeploy.getDeployment(id, new AbortController().signal);
	const over = new AbortController();
	const before = await fleet.report();
	const startedAt = performance.now();
	const running = engine.run(over.signal);
	await new Promise<void>(resolve => {
		const look = () => {
			if (rolloutOf(store.getState(), id).targets.size < targets) return;
			unsubscribe();
			resolve();
		};
		const unsubscribe = store.subscribe(look);
		look();
	});
	const ms = performance.now() - startedAt;
	const { calls } = await fleet.report();
	over.abort();
	await running;
	connection.close();
	const counted = ['ListDeploymentTargets', 'BatchGetDeploymentTargets', 'GetDeployment'];
	const sum = (report: Readonly<Record<string, number>>) =>
		counted.reduce((all, name) => all + (report[name] ?? 0), 0);
	return { ms, calls: sum(calls) - sum(before.calls) };
}

/** One batch of 25 with the AWS CLI, times the batches that 1,000 targets are: nobody has to wait for all of them. */
async function cliPicture(say: (line: string) => void): Promise<Figure> {
	say('the AWS CLI');
	using setting = createSetting();
	await using fleet = await serveFleet({ targets: 25, latencyMs: 0, changesPerSecond: 0 });
	const list = ['deploy', 'batch-get-deployment-targets', '--deployment-id', fleet.deploymentId];
	const ids = Array.from(
		{ length: 25 },
		(_, index) => `i-0${(0xabc0000000000 + index * 7919).toString(16).padStart(16, '0')}`,
	);
	const samples: number[] = [];
	for (let round = 0; round < 3; round += 1) {
		const command = ['aws', ...list, '--target-ids', ...ids, '--endpoint-url', fleet.url] as const;
		samples.push((await startTimed(command, { columns: 120, rows: 50 }, setting.env).ended) * 40);
	}
	return figureOf('the AWS CLI, 40 batches of 25 at 0 ms (one measured, times 40)', 'ms', samples);
}
