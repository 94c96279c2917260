import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createMemoryAudit } from '../../src/cli/audit-file.ts';
import { startOn } from '../../src/cli/start-on.ts';
import type { WatchParts } from '../../src/cli/start-watch.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import { createRandom } from '../../src/lib/random.ts';
import { createVirtualClock, type VirtualClock } from '../../src/lib/virtual-clock.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { countBusy, type Load } from '../support/load.ts';
import { minuteMs } from './group-life.ts';
import type { SoakOptions } from './on-fake-aws.ts';
import { countAbortListeners, heapAfterGc, openResources, type Sample } from './sample.ts';

const startAt = Date.UTC(2026, 10, 23, 12);
/** A deployment is made so often. */
const deployMinutes = 12;
/** Then the way back is as long as it gets. */
const minutesUntilFull = 144;
/** Turns of the event loop without a call under way, after which nothing happens until the clock moves. */
const quietTurns = 4;
const common = { readOnly: true, ascii: false, protect: [] };
const group = { application: 'checkout-api', group: 'prod-blue' };

/** A followed group on the simulator: the real SDK, everything that a screen is drawn from, and each frame as text. */
export async function soakOnSimulator({
	hours,
	everyMinutes,
	tell,
}: SoakOptions): Promise<readonly Sample[]> {
	Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
	const signals = countAbortListeners();
	const time = new Float64Array(new SharedArrayBuffer(8));
	time[0] = startAt;
	const clock = createVirtualClock(startAt);
	const worker = new Worker(new URL('simulator-worker.ts', import.meta.url), { workerData: { time } });
	const [served] = (await once(worker, 'message')) as [{ readonly url: string; readonly region: string }];
	// No call of this story waits in the simulator.
	const load = countBusy({ parked: 0 }, clock);
	const pass = (ms: number) => passTime(ms, clock, load, time);
	const ending = new AbortController();
	let starting: Awaited<ReturnType<typeof startOn>>;
	void startOn({ subject: group, common }, partsOf(served, clock, load, ending.signal)).then(started => {
		starting = started;
	});
	await pass(5_000);
	const watch = starting?.watch;
	if (!watch) throw new Error('the watch did not begin');
	let painted = 0;
	watch.store.dispatch({ type: 'follow.switched', on: true });
	watch.store.subscribe(() => {
		painted += selectFrame(watch.store.getSnapshot()).length;
	});
	const samples: Sample[] = [];
	for (let minute = -minutesUntilFull; minute < hours * 60; minute += 1) {
		if ((minute + minutesUntilFull) % deployMinutes === 6) {
			worker.postMessage('deploy');
			await once(worker, 'message');
		}
		await pass(minuteMs);
		if (minute < 0 || (minute + 1) % everyMinutes !== 0) continue;
		const sample = {
			hour: (minute + 1) / 60,
			heapBytes: await heapAfterGc(),
			sleeping: clock.sleeping(),
			storeListeners: watch.store.listenerCount(),
			abortListeners: signals.count(),
			...openResources(),
			rollouts: watch.store.getState().rollouts.size,
		};
		samples.push(sample);
		tell(sample);
	}
	if (painted === 0) throw new Error('nothing was painted');
	ending.abort();
	await worker.terminate();
	signals.stop();
	return samples;
}

/** Moves the clocks of both threads from one sleeper to the next. */
async function passTime(ms: number, clock: VirtualClock, load: Load, time: Float64Array): Promise<void> {
	const until = clock.now() + ms;
	for (;;) {
		await quiet(load);
		const next = clock.nextDueAt();
		const at = Math.min(next ?? until, until);
		// The answer to a call must not be older than the call.
		time[0] = at;
		clock.jumpTo(at);
		if (next === undefined || next > until) break;
	}
	await quiet(load);
}

async function quiet(load: Load): Promise<void> {
	for (let turns = 0; turns < quietTurns; turns += 1) {
		await setImmediate();
		if (load.busy() > 0) turns = -1;
	}
}

const partsOf = (
	{ url, region }: { readonly url: string; readonly region: string },
	clock: VirtualClock,
	load: Load,
	signal: AbortSignal,
): WatchParts => ({
	clock,
	random: createRandom(1),
	audit: createMemoryAudit(),
	io: {
		out: () => {},
		err: () => {},
		isInteractive: false,
		env: {},
		signal,
		yieldInterrupts: () => () => {},
	},
	connect: async (_common, gate) =>
		load.watchConnection(
			(watchedGate, counted) => connectAws({ region, endpointUrl: url, clock: counted, gate: watchedGate }),
			gate,
		),
});
