import { expect, test, vi } from 'vitest';
import type { CommonOptions } from '../../src/cli/command.ts';
import { type StartedWatch, startWatch } from '../../src/cli/start-watch.ts';
import { asDeploymentId, type InstanceId } from '../../src/domain/ids.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createRandom } from '../../src/lib/random.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { createRecords } from '../support/records.ts';
import { credentials, Lab } from './lab.ts';

/** A watch as every command starts one, on a simulator, and a host of it. */
async function start(lab: Lab, common: Partial<CommonOptions> = {}, served?: Simulator) {
	Object.assign(process.env, credentials);
	const simulator = served ?? (await lab.serve('crlf-shebang', 100));
	const { region, url: endpointUrl } = simulator;
	const records = createRecords();
	const started: StartedWatch = await startWatch(
		asDeploymentId(simulator.deploymentId),
		{ readOnly: false, ascii: true, protect: [], ...common },
		{
			io: {
				out: () => {},
				err: () => {},
				isInteractive: false,
				env: {},
				signal: new AbortController().signal,
				yieldInterrupts: () => () => {},
			},
			clock: systemClock,
			random: createRandom(1),
			audit: records.audit,
			connect: async (_common, gate) => connectAws({ region, endpointUrl, clock: systemClock, gate }),
		},
	);
	lab.defer(() => started.end());
	const run = (signal = AbortSignal.timeout(5_000)) =>
		started.gateways.commands.run(
			'i-0db27af8628206ab0' as InstanceId,
			{ kind: 'agent-version', platform: 'linux' },
			signal,
		);
	return { run, records, started, sent: () => simulator.callsTo('SendCommand').length };
}

test('whatever sends a command to a host through a watch leaves audit lines', async () => {
	await using lab = new Lab();
	const { run, records, sent, started } = await start(lab);
	await expect(run()).rejects.toMatchObject({ details: { code: 'NotAllowed' } });
	started.store.dispatch({ type: 'hostCommands.allowed' });
	expect(await run()).toMatchObject({ status: 'Success', exitCode: 0 });
	expect(sent()).toBe(1);
	expect(records.audited.map(({ outcome, target, command }) => [outcome, target, command])).toEqual([
		['sending', 'i-0db27af8628206ab0', 'cat /opt/codedeploy-agent/.version'],
		['accepted', 'i-0db27af8628206ab0', 'cat /opt/codedeploy-agent/.version'],
	]);
});

test('a read-only watch sends none', async () => {
	await using lab = new Lab();
	const { run, records, sent } = await start(lab, { readOnly: true });
	await expect(run()).rejects.toMatchObject({ details: { code: 'ReadOnlySession' } });
	expect([sent(), records.audited]).toEqual([0, []]);
});

test('a watch that ends meanwhile cancels what runs on a host, and leaves its last line', async () => {
	await using lab = new Lab();
	const { simulator, clock } = await lab.serveStill('crlf-shebang');
	const { run, records, started } = await start(lab, {}, simulator);
	clock.jumpTo(clock.now() + 600_000);
	started.store.dispatch({ type: 'hostCommands.allowed' });
	const leaving = new AbortController();
	const running = run(leaving.signal);
	await vi.waitFor(() => expect(simulator.callsTo('GetCommandInvocation').length).toBeGreaterThan(0));
	leaving.abort();
	await started.end();
	expect(simulator.callsTo('CancelCommand')).toHaveLength(1);
	expect(records.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'unknown']);
	await expect(running).rejects.toThrow();
});
