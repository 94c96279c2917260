import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, type Bench, type Figure, figureOf } from './figure.ts';
import type { FleetOptions } from './fleet-protocol.ts';
import { type ServedFleet, serveFleet } from './serve-fleet.ts';
import { createSetting, eagerConfig } from './setting.ts';
import { isFullTable, startTimed, type TimedPty } from './timed-pty.ts';

const size = { columns: 120, rows: 50 };
const seconds = 60;
const soakFrames = 20_000;

/** What an open watch costs the machine and the terminal, in figures of the system's own. */
export const load: Bench = {
	name: 'load',
	async measure(say) {
		say(`an idle watch for ${seconds} s`);
		const idle = await watchFor({ running: 5, changesPerSecond: 0, config: '' }, observe);
		say(`a busy watch for ${seconds} s`);
		const busy = await watchFor({ changesPerSecond: 50, config: eagerConfig }, observe);
		const bytes = await bytesOfChanges(say);
		say(`${soakFrames} frames`);
		const soaked = await watchFor({ running: 5, changesPerSecond: 0, config: '' }, soak);
		const count = (name: string, unit: string, value: number): Figure => ({ name, unit, value });
		return [
			...bytes,
			atMost(figureOf('bytes to the terminal, two rows changed by a key', 'B', idle.keyBytes), 1200),
			atMost(count('bytes to the terminal, idle: 5 hooks run', 'B/s', idle.bytesPerSecond), 600),
			atMost(count('CPU, idle: 5 hooks run, of 1,000 targets', '% of a core', idle.cpu), 1.5),
			count('CPU, refreshed each second, 5 % changed', '% of a core', busy.cpu),
			count('memory at the first table', 'MiB', idle.startMiB),
			atMost(count(`memory after ${seconds} s idle`, 'MiB', idle.endMiB), 140),
			atMost(count(`memory after ${seconds} s busy`, 'MiB', busy.endMiB), 140),
			atMost(count(`memory after ${soakFrames.toLocaleString('en')} frames`, 'MiB', soaked.endMiB), 140),
			count('memory in the middle of these frames', 'MiB', soaked.middleMiB),
		];
	},
};

type Watched = { readonly program: TimedPty; readonly fleet: ServedFleet };

async function watchFor<T>(
	{ config, ...fleetOptions }: Omit<FleetOptions, 'targets' | 'latencyMs'> & { readonly config: string },
	work: (watched: Watched) => Promise<T>,
): Promise<T> {
	using setting = createSetting(config);
	await using fleet = await serveFleet({ targets: 1000, latencyMs: 0, ...fleetOptions });
	const command = setting.rollcall('watch', fleet.deploymentId, '--endpoint-url', fleet.url);
	const program = startTimed(command, size, setting.env);
	try {
		await program.when(isFullTable);
		return await work({ program, fleet });
	} finally {
		await program.end();
	}
}

async function observe({ program }: Watched) {
	const startMiB = memoryMiB(program.pid);
	// The default budget needs half a minute for the first picture: that is no idling yet.
	await sleep(30_000);
	const cpuBefore = cpuMs(program.pid);
	const bytesBefore = program.bytes();
	await sleep(seconds * 1000);
	const cpu = (cpuMs(program.pid) - cpuBefore) / (seconds * 10);
	const bytesPerSecond = (program.bytes() - bytesBefore) / seconds;
	return {
		startMiB,
		endMiB: memoryMiB(program.pid),
		cpu,
		bytesPerSecond,
		keyBytes: await bytesOfKeys(program),
	};
}

/** Bytes for each second of changes; a full frame is what a resize paints. */
async function bytesOfChanges(say: (line: string) => void): Promise<readonly Figure[]> {
	return watchFor({ changesPerSecond: 0, config: eagerConfig }, async ({ program, fleet }) => {
		await sleep(8000);
		const before = program.bytes();
		program.write('?');
		await sleep(500);
		program.write('\u001b');
		await sleep(500);
		const full = { name: 'two full changes of screen', value: program.bytes() - before };
		const idle = await bytesFor(program, 10);
		const figures: Figure[] = [];
		for (const [name, perSecond] of [
			['5 % of 1,000 targets change each second', 50],
			['50 % of 1,000 targets change each second', 500],
		] as const) {
			say(`bytes while ${name}`);
			fleet.change(perSecond);
			figures.push({
				name: `bytes to the terminal, ${name}`,
				unit: 'B/s',
				value: await bytesFor(program, 15),
				baseline: full,
			});
		}
		return [
			{
				name: 'bytes to the terminal, 41 running hooks and their clocks',
				unit: 'B/s',
				value: idle,
				baseline: full,
			},
			...figures,
		];
	});
}

/** What moving the cursor by one row writes: two rows change. The clock ticks beside a few of the keys. */
async function bytesOfKeys(program: TimedPty): Promise<readonly number[]> {
	const taken: number[] = [];
	for (let key = 0; key < 20; key += 1) {
		const before = program.bytes();
		program.write('j');
		await sleep(130);
		taken.push(program.bytes() - before);
	}
	return taken;
}

async function bytesFor(program: TimedPty, forSeconds: number): Promise<number> {
	const before = program.bytes();
	await sleep(forSeconds * 1000);
	return (program.bytes() - before) / forSeconds;
}

/** Keys as fast as they are painted, up and down, until so many frames were drawn. */
async function soak({ program }: Watched) {
	let middleMiB = 0;
	for (let frames = 0; frames < soakFrames; frames += 1) {
		program.write(frames % 40 < 20 ? 'j' : 'k');
		// A frame each 3 ms: more would be painted together.
		await sleep(3);
		if (frames === soakFrames / 2) middleMiB = memoryMiB(program.pid);
	}
	return { middleMiB, endMiB: memoryMiB(program.pid) };
}

/** Resident memory (Linux: VmRSS). */
export function memoryMiB(pid: number): number {
	const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kib) / 1024;
}

/** Processor time spent so far (Linux: utime and stime, in hundredths of a second). */
export function cpuMs(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10;
}
