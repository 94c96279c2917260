import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { TerminalLab } from '../terminal/terminal-lab.ts';
import { credentials, Lab, launcher, optionsFor } from './lab.ts';

/** Words that only the code of each room contains. */
const rooms = {
	ink: 'ink-root',
	sdk: 'CodeDeployServiceException',
	simulator: 'A release goes wrong',
	diagnosis: 'Windows line endings in the script',
	yaml: 'YAMLParseError',
} as const;

/** Node options that note every file that is loaded, and the way to ask which rooms they belong to. */
function watchLoading(lab: Lab) {
	const folder = lab.folder();
	const list = path.join(folder, 'loaded');
	const hook = path.join(folder, 'hook.mjs');
	writeFileSync(list, '');
	writeFileSync(
		hook,
		`import { appendFileSync } from 'node:fs';
		import { registerHooks } from 'node:module';
		registerHooks({
			load(url, context, next) {
				if (url.startsWith('file:')) appendFileSync(${JSON.stringify(list)}, url + '\\n');
				return next(url, context);
			},
		});`,
	);
	const loaded = () => {
		const files = readFileSync(list, 'utf8')
			.trim()
			.split('\n')
			.map(url => fileURLToPath(url));
		const code = files.map(file => readFileSync(file, 'utf8')).join('\n');
		return Object.entries(rooms)
			.filter(([, word]) => code.includes(word))
			.map(([room]) => room);
	};
	return { node: ['--import', hook], loaded };
}

test.each([
	[['--help'], []],
	[['watch', 'nothing'], []],
	[['status', 'd-ABC123DEF', '--format', 'tmux'], ['sdk']],
	[['list'], ['sdk']],
	[['demo', '--list'], ['simulator']],
])('rollcall %j loads no more than it needs', async (args, expected) => {
	await using lab = new Lab();
	const { node, loaded } = watchLoading(lab);
	await lab.startNode([...node, launcher, ...args]).finished;
	expect(loaded()).toEqual(expected);
});

test('Ink is for terminals', async () => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('healthy', 1000);
	const args = [simulator.deploymentId, ...optionsFor(simulator)];
	const headless = watchLoading(lab);
	await lab.startNode([...headless.node, launcher, ...args], credentials).finished;
	expect(headless.loaded()).toEqual(['sdk', 'diagnosis']);
	const drawn = watchLoading(lab);
	const session = await lab.open(simulator, [], { node: drawn.node });
	expect(drawn.loaded()).toEqual(['ink', 'sdk', 'diagnosis']);
	session.send('q');
	expect(await session.ended()).toBe(0);
});

test('--version alone loads nothing at all', async () => {
	await using lab = new Lab();
	const { node, loaded } = watchLoading(lab);
	const { exitCode, stdout } = await lab.startNode([...node, launcher, '--version']).finished;
	expect({ exitCode, stdout: stdout.trim() }).toEqual({
		exitCode: 0,
		stdout: expect.stringMatching(/^\d+\.\d+\.\d+/),
	});
	expect(loaded()).toEqual([]);
});
