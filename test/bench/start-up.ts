import { execFileSync } from 'node:child_process';
import { against, type Bench, type Figure, figureOf, median } from './figure.ts';
import { serveFleet } from './serve-fleet.ts';
import { createSetting, type Setting } from './setting.ts';
import { isFullTable, startTimed } from './timed-pty.ts';

const size = { columns: 120, rows: 50 };
const rounds = 15;
/** Of AWS's CLI, which takes half a second each time. */
const slowRounds = 7;

/** How long it takes from the start to something to read. Each round measures all of them, one after the other. */
export const startUp: Bench = {
	name: 'start-up',
	async measure(say) {
		using setting = createSetting();
		await using fleet = await serveFleet({ targets: 1000, latencyMs: 0, changesPerSecond: 0 });
		const at = ['--endpoint-url', fleet.url];
		const samples = new Map<string, number[]>();
		const take = (name: string, ms: number) => samples.set(name, [...(samples.get(name) ?? []), ms]);
		await watchOnce(setting, [fleet.deploymentId, ...at]);
		for (let round = 0; round < rounds; round += 1) {
			say(`start-up, round ${round + 1} of ${rounds}`);
			take('node', await toEnd(setting, [process.execPath, '-e', '0']));
			take('table', await firstTable(setting, [fleet.deploymentId, ...at]));
			take('version', await toEnd(setting, setting.rollcall('--version')));
			take(
				'status',
				await toEnd(setting, setting.rollcall('status', fleet.deploymentId, '--format', 'line', ...at)),
			);
			if (round < slowRounds && hasAwsCli())
				take('aws', await toEnd(setting, ['aws', ...getDeployment(fleet.deploymentId), ...at]));
		}
		const of = (name: string) => samples.get(name) ?? [];
		const node = { name: '`node -e 0`', value: median(of('node')) };
		const figures: Figure[] = [
			against(figureOf('start to the first full table, 1,000 targets', 'ms', of('table')), node, 5),
			against(figureOf('`rollcall --version`', 'ms', of('version')), node, 1.5),
		];
		const status = figureOf('`rollcall status` of 1,000 targets', 'ms', of('status'));
		if (of('aws').length === 0) return [...figures, { ...status, baseline: node }];
		const cli = { name: '`aws deploy get-deployment`', value: median(of('aws')) };
		return [...figures, against(status, cli, 0.5)];
	},
};

const getDeployment = (id: string) => ['deploy', 'get-deployment', '--deployment-id', id];

/** Until the rows of the first screen are there, targets in them. */
async function firstTable(setting: Setting, args: readonly string[]): Promise<number> {
	const program = startTimed(setting.rollcall('watch', ...args), size, setting.env);
	try {
		return await program.when(isFullTable);
	} finally {
		await program.end();
	}
}

/** Fills the compile cache as the first use of every user does: Node.js writes it when the program ends by itself. */
async function watchOnce(setting: Setting, args: readonly string[]): Promise<void> {
	const program = startTimed(setting.rollcall('watch', ...args), size, setting.env);
	await program.when(isFullTable);
	program.write('q');
	await program.ended;
}

async function toEnd(setting: Setting, command: readonly [string, ...string[]]): Promise<number> {
	return startTimed(command, size, setting.env).ended;
}

/** Whether there is an AWS CLI to compare with. */
export function hasAwsCli(): boolean {
	try {
		execFileSync('aws', ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}
