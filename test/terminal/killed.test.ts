import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { AuditEntry } from '../../src/actions/audit.ts';
import { credentials } from '../cli/lab.ts';
import { listenBetween } from '../support/between.ts';
import { refreshUntil, TerminalLab } from './terminal-lab.ts';

/** The program dies, without warning, at the moment at which this operation reaches AWS. */
async function dyingAt(operation: string, lab: TerminalLab, behind: { readonly url: string }) {
	const state = lab.folder();
	const file = path.join(state, 'rollcall/audit.jsonl');
	const audited = (): readonly AuditEntry[] =>
		existsSync(file)
			? readFileSync(file, 'utf8')
					.trimEnd()
					.split('\n')
					.map(line => JSON.parse(line))
			: [];
	const arrived = Promise.withResolvers<readonly AuditEntry[]>();
	let kill = () => {};
	const between = await listenBetween(behind, {
		asked(asked) {
			if (asked !== operation) return true;
			arrived.resolve(audited());
			kill();
			return false;
		},
	});
	lab.defer(between.close);
	return {
		url: between.url,
		env: { ...credentials, XDG_STATE_HOME: state },
		/** What was on the disk when it arrived. */
		arrived: arrived.promise,
		audited,
		killWith(way: () => void) {
			kill = way;
		},
	};
}

const group = ['--application', 'checkout-api', '--group', 'prod-blue'];
const consent = ['--yes', '--confirm', 'prod-blue'];

test.concurrent.each([
	['CreateDeployment', 'by-hand', ['rollback', ...group, ...consent], 'Roll back by hand'],
	[
		'UpdateDeploymentGroup',
		'unprotected',
		['protect', ...group, '--auto-rollback', 'failure', ...consent],
		'Change what protects the group',
	],
	['SendCommand', 'agent-disk-full', ['doctor', ...group], expect.stringMatching(/^Run on a host: /)],
] as const)(
	'who is killed while %s is on its way has said so on the disk before',
	async (operation, scenario, args, action) => {
		await using lab = new TerminalLab();
		const { simulator } = await lab.serveStill(scenario, 600_000);
		const dying = await dyingAt(operation, lab, simulator);
		const running = lab.start(
			[...args, '--endpoint-url', dying.url, '--region', simulator.region],
			dying.env,
		);
		dying.killWith(() => running.child.kill('SIGKILL'));
		const onArrival = await Promise.race([
			dying.arrived,
			running.finished.then(end => Promise.reject(new Error(`never sent: ${JSON.stringify(end)}`))),
		]);
		expect(onArrival.at(-1)).toMatchObject({ outcome: 'sending', action });
		expect((await running.finished).exitCode).toBeNull();
		expect(dying.audited().at(-1)).toMatchObject({ outcome: 'sending', action, group: 'prod-blue' });
		expect(simulator.callsTo(operation)).toEqual([]);
	},
);

test.concurrent('who is killed while StopDeployment is on its way, too', async () => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('healthy', 5);
	const dying = await dyingAt('StopDeployment', lab, simulator);
	const session = await lab.open({ ...simulator, url: dying.url }, ['--protect', 'none'], { env: dying.env });
	await refreshUntil(session, /InProgress/);
	dying.killWith(() => process.kill(session.rollcallPid(), 'SIGKILL'));
	session.send('s');
	await session.waitFor(/Cancel/);
	session.send('y');
	expect((await dying.arrived).map(({ outcome }) => outcome)).toEqual(['sending']);
	expect(await session.ended()).toBe(137);
	expect(dying.audited().map(({ outcome }) => outcome)).toEqual(['sending']);
	expect(simulator.callsTo('StopDeployment')).toEqual([]);
});
