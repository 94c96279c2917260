import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Screen } from '../support/screen.ts';
import { atMost, type Bench, type Figure, figureOf, percentile } from './figure.ts';
import { serveFleet } from './serve-fleet.ts';
import { createSetting, eagerConfig, type Setting } from './setting.ts';
import { type PtySize, startTimed } from './timed-pty.ts';

const sizes: readonly PtySize[] = [
	{ columns: 120, rows: 40 },
	{ columns: 200, rows: 50 },
];
const keys = 80;
/** While code is cold: told apart. */
const firstKeys = 3;

/** From a key to the chunk after which the screen shows what it did, with gaps like a person's. */
export const keyToPaint: Bench = {
	name: 'keys',
	async measure(say) {
		const figures: Figure[] = [];
		for (const targets of [1000, 10_000]) {
			using setting = createSetting(eagerConfig);
			await using fleet = await serveFleet({ targets, latencyMs: 0, changesPerSecond: targets / 20 });
			for (const size of sizes) {
				const where = `${size.rows} × ${size.columns}, ${targets.toLocaleString('en')} targets, refreshed each second`;
				say(`key to paint, ${where}`);
				const command = setting.rollcall('watch', fleet.deploymentId, '--endpoint-url', fleet.url);
				const { first, rest } = await press(setting, command, size, 'j', targetAtCursor);
				const steady = figureOf(`key to paint, ${where}: p50`, 'ms', rest);
				const late = { ...steady, name: `key to paint, ${where}: p99`, value: percentile(rest, 0.99) };
				figures.push(atMost(steady, 8), atMost(late, 20));
				figures.push(figureOf(`key to paint, ${where}: the first three keys`, 'ms', first));
			}
		}
		return [...figures, ...(await others(say))];
	},
};

/** The same key in programs that people call fast, where they are installed. */
async function others(say: (line: string) => void): Promise<readonly Figure[]> {
	using setting = createSetting();
	const home = setting.env.HOME ?? '.';
	const text = path.join(home, 'text');
	writeFileSync(text, Array.from({ length: 5000 }, (_, line) => `line ${line} of a long text`).join('\n'));
	const commands: readonly (readonly [string, readonly string[], string])[] = [
		['less', [text], 'j'],
		['htop', ['-d', '100'], '\u001b[B'],
		['tig', [], 'j'],
	];
	const figures: Figure[] = [];
	for (const [program, args, key] of commands) {
		if (!isInstalled(program)) continue;
		say(`key to paint, ${program}`);
		const size = { columns: 120, rows: 40 };
		const { rest } = await press(setting, [program, ...args], size, key, screen => screen.bytesWritten);
		figures.push(figureOf(`the same key in ${program}`, 'ms', rest));
	}
	return figures;
}

async function press(
	{ env }: Setting,
	command: readonly [string, ...string[]],
	size: PtySize,
	key: string,
	shown: (screen: Screen) => unknown,
): Promise<{ readonly first: readonly number[]; readonly rest: readonly number[] }> {
	const program = startTimed(command, size, env);
	try {
		await program.when(screen => screen.text().filter(line => line !== '').length >= size.rows - 8);
		await sleep(3000);
		const took: number[] = [];
		for (let count = 0; count < keys; count += 1) {
			// The gaps are the same in every run, and like those of somebody who looks while pressing.
			await sleep(20 + ((count * 37) % 80));
			const before = shown(program.screen);
			const pressedAt = program.write(key);
			took.push((await program.when(screen => shown(screen) !== before, 5000)) - pressedAt);
		}
		return { first: took.slice(0, firstKeys), rest: took.slice(firstKeys) };
	} finally {
		await program.end();
	}
}

/** The target on the row that is marked as the one under the cursor: at the edge it is the list that moves. */
function targetAtCursor(screen: Screen): string {
	const rows = screen.text();
	const marked = rows.findIndex((text, y) => {
		const { background, inverse } = screen.cell(20, y);
		return (inverse || background !== undefined) && /\bi-0/.test(text);
	});
	return /\bi-0[0-9a-f]+/.exec(rows[marked] ?? '')?.[0] ?? '';
}

function isInstalled(program: string): boolean {
	try {
		execFileSync('which', [program], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}
