import { expect, test } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { credentials, launcher, optionsFor } from '../cli/lab.ts';
import { spawnInPty } from '../support/pty.ts';
import { entitle, expectRestored, type Session, TerminalLab } from './terminal-lab.ts';

/** The ways out of everything that has the terminal, other than the watch of a deployment. */

type Place = {
	readonly args: readonly string[];
	/** What is on the screen when it has the terminal. */
	readonly shows: RegExp;
	/** What every frame needs. */
	readonly frame?: string;
};

const group = ['--application', 'checkout-api', '--group', 'prod-blue'];

const fleet: Place = { args: [], shows: /checkout-api \/ prod-blue/, frame: 'selectFleetFrame' };
const picker: Place = { args: ['watch'], shows: /choose an application/, frame: 'selectPickerFrame' };
const rollback: Place = {
	args: ['rollback', ...group, '--override-alarms'],
	shows: /Enter cancels:/,
};
const protect: Place = {
	args: ['protect', ...group, '--auto-rollback', 'failure'],
	shows: /Enter cancels:/,
};

const uncaught = 'throw new TypeError("boom")';
const whileDrawing = (frame = '') => `
	const { map } = Array.prototype;
	Array.prototype.map = function (...args) {
		if (new Error().stack.includes(${JSON.stringify(frame)})) throw new TypeError('boom');
		return map.apply(this, args);
	};
`;

type Way = (session: Session, strike: () => void) => void;

const key =
	(keys: string): Way =>
	session =>
		session.send(keys);
const signal =
	(name: NodeJS.Signals): Way =>
	session =>
		void process.kill(session.rollcallPid(), name);
const crash: Way = (_, strike) => strike();

const ctrlC = key('\x03');
const endings: readonly (readonly [string, Way, number])[] = [
	['SIGTERM', signal('SIGTERM'), 143],
	['SIGHUP', signal('SIGHUP'), 129],
	['an exception that nobody caught', crash, 70],
];

async function leave(simulator: Simulator, lab: TerminalLab, place: Place, way: Way, code: string) {
	const { node, strike } = lab.sabotage(code);
	const session = lab.session([...place.args, ...optionsFor(simulator)], {
		columns: 120,
		rows: 44,
		node,
		before: entitle,
		env: { ...credentials, XDG_STATE_HOME: lab.folder() },
	});
	await session.waitFor(place.shows);
	way(session, strike);
	return session;
}

const screens: readonly (readonly [string, Place, readonly (readonly [string, Way, number])[]])[] = [
	['the fleet', fleet, [['q', key('q'), 0]]],
	['a choice of groups', picker, []],
];

test.concurrent.each(
	screens.flatMap(([name, place, own]) =>
		[...own, ['ctrl-c', ctrlC, 0] as const, ...endings].map(
			([way, leaving, exitCode]) => [name, way, exitCode, place, leaving] as const,
		),
	),
)(
	'%s: after %s the terminal is restored, and the exit code is %i',
	async (_name, _way, exitCode, place, way) => {
		await using lab = new TerminalLab();
		const session = await leave(await lab.serve('release'), lab, place, way, uncaught);
		expect(await session.ended()).toBe(exitCode);
		expectRestored(session);
	},
);

test.concurrent.each([
	['the fleet', fleet],
	['a choice of groups', picker],
])(
	'%s: after an exception while drawing the terminal is restored, and the defect is reported',
	async (_, place) => {
		await using lab = new TerminalLab();
		const session = await leave(await lab.serve('release'), lab, place, crash, whileDrawing(place.frame));
		// What moves by itself is drawn by itself; a list of names is when a key is pressed.
		session.send('\x1b[B');
		expect(await session.ended()).toBe(70);
		expectRestored(session);
		expect(session.screen.row(/^rollcall: this is a defect of rollcall/)).toBeDefined();
	},
);

test.concurrent.each<[string, string, number, Place, Way]>([
	['rollback', 'ctrl-c', 130, rollback, ctrlC],
	['rollback', 'ctrl-c after half of the name', 130, rollback, key('prod-\x03')],
	['rollback', 'ctrl-d', 1, rollback, key('\x04')],
	['rollback', 'SIGHUP', 129, rollback, signal('SIGHUP')],
	['rollback', 'an exception that nobody caught', 70, rollback, crash],
	['protect', 'ctrl-c', 130, protect, ctrlC],
	['protect', 'y', 1, protect, key('y\r')],
	['protect', 'SIGTERM', 143, protect, signal('SIGTERM')],
])(
	'the question of %s: %s sends nothing, leaves the terminal as it was, and ends with %i',
	async (_name, _way, exitCode, place, way) => {
		await using lab = new TerminalLab();
		const simulator = await laterIn(lab);
		const session = await leave(simulator, lab, place, way, uncaught);
		expect(await session.ended()).toBe(exitCode);
		expectRestored(session);
		// By itself, not by the last resort.
		expect(session.screen.row('it did not end in order')).toBeUndefined();
		for (const sent of changes) expect(simulator.callsTo(sent)).toEqual([]);
	},
);

test.concurrent('the question of protect: ctrl-z gives the shell its terminal; after fg it is answered as before', async () => {
	await using lab = new TerminalLab();
	const simulator = await laterIn(lab);
	const env = lab.environment({ ...credentials, PS1: '$ ', XDG_STATE_HOME: lab.folder() });
	const shell = spawnInPty('bash', ['--norc', '--noprofile', '-i'], { columns: 160, rows: 44, env });
	lab.defer(() => shell[Symbol.asyncDispose]());
	const run = (line: string) => shell.send(`${line}\r`);
	await shell.waitFor(/^\$/);
	run(['clear;', process.execPath, launcher, ...protect.args, ...optionsFor(simulator)].join(' '));
	await shell.waitFor(protect.shows, 10_000);
	shell.send('prod-\x1a');
	await shell.waitFor(/Stopped/, 5_000);
	run('stty -a | grep -c " icanon"');
	await shell.waitFor(/^1$/, 5_000);
	expect(simulator.callsTo('UpdateDeploymentGroup')).toEqual([]);
	run('clear');
	await shell.waitFor(screen => screen.row(/^1$/) === undefined, 5_000);
	run('fg');
	await shell.waitFor(/Enter cancels: prod-$/, 5_000);
	shell.send('blue\r');
	await shell.waitFor(/^changed: /, 5_000);
	expect(simulator.callsTo('UpdateDeploymentGroup')).toHaveLength(1);
});

const changes = ['CreateDeployment', 'UpdateDeploymentGroup'];

/** When the story is over, and nothing moves. */
async function laterIn(lab: TerminalLab): Promise<Simulator> {
	const { simulator } = await lab.serveStill('by-hand', 600_000);
	return simulator;
}
