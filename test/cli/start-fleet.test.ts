import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CommonOptions } from '../../src/cli/command.ts';
import { lendProfiles } from '../../src/cli/demo-environment.ts';
import type { ContextOptions } from '../../src/cli/settings.ts';
import { contextsOf, fleetInstructions } from '../../src/cli/simulated-fleet.ts';
import { startFleet } from '../../src/cli/start-fleet.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import { createRandom } from '../../src/lib/random.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { asContextLabel } from '../../src/monitor/fleet/state.ts';
import { sharedCredentials } from '../../src/simulator/profiles.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';

const common: CommonOptions = { readOnly: false, ascii: false, protect: ['*prod*'] };

async function simulate() {
	const clock = createVirtualClock(Date.UTC(2026, 10, 23, 12));
	const simulator = await startSimulator({ scenario: 'fleet', clock });
	vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
	vi.stubEnv('AWS_REGION', undefined);
	const env: NodeJS.ProcessEnv = process.env;
	vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
	const takeBack = lendProfiles(env, sharedCredentials(simulator.accounts));
	onTestFinished(async () => {
		takeBack();
		vi.unstubAllEnvs();
		await simulator.close();
	});
	const start = (contexts: readonly ContextOptions[]) =>
		startFleet(contexts, common, {
			clock,
			random: createRandom(1),
			io: {
				out: () => {},
				err: () => {},
				isInteractive: true,
				env: {},
				signal: new AbortController().signal,
				yieldInterrupts: () => () => {},
			},
			connect: async (asked, gate) => connectAws({ ...asked, clock, gate }),
			chosenRow: () => undefined,
		});
	return { clock, simulator, start };
}

test('every account and region of a simulator is a context, or those that were asked for', async () => {
	const { simulator } = await simulate();
	const labels = (asked: Partial<CommonOptions>) =>
		contextsOf(simulator, { ...common, ...asked }).map(({ label }) => label);
	expect(labels({})).toHaveLength(6);
	expect(labels({ regions: ['us-east-1'], profiles: ['prod', 'sandbox'] })).toEqual([
		'prod us-east-1',
		'sandbox us-east-1',
	]);
});

test('a fleet is watched in each of its contexts, and leaves nothing behind', async () => {
	const { simulator, start } = await simulate();
	const fleet = await start(contextsOf(simulator, common));
	const contexts = () => [...fleet.store.getState().contexts.values()];
	while (contexts().some(({ active, identity }) => !(active.data && identity.data))) await setImmediate();
	expect(contexts().map(({ identity }) => identity.data?.account)).toEqual(
		simulator.accounts.flatMap(({ accountId }) => [accountId, accountId]),
	);
	const prod = fleet.places.get(asContextLabel('prod eu-west-1'));
	expect(prod?.context).toMatchObject({
		colour: 'red',
		session: { region: 'eu-west-1', profile: 'prod', protectedPatterns: ['*prod*'], readOnly: false },
	});
	expect(prod?.share.budget.health().callsPerMinute).toBeGreaterThan(2);
	await fleet.end();
	expect([...fleet.places.values()].flatMap(({ engine }) => engine.pending())).toEqual([]);
});

test('a context without a region is told as bad input', async () => {
	const { start } = await simulate();
	await expect(start([{ label: 'prod', profile: 'prod', protect: [], readOnly: false }])).rejects.toThrow(
		/expected a region such as eu-west-1/,
	);
});

test('the profiles of the demo lie in a file that only its owner reads, and that goes with it', () => {
	const env: NodeJS.ProcessEnv = { AWS_ACCESS_KEY_ID: 'demo', AWS_SECRET_ACCESS_KEY: 'demo' };
	const takeBack = lendProfiles(env, '[prod]\n');
	const { AWS_SHARED_CREDENTIALS_FILE: file = '' } = env;
	expect(env).toEqual({ AWS_SHARED_CREDENTIALS_FILE: file });
	expect(readFileSync(file, 'utf8')).toBe('[prod]\n');
	expect(statSync(file).mode & 0o777).toBe(0o600);
	takeBack();
	expect(() => readFileSync(file)).toThrow('ENOENT');
});

test('the instructions for a simulated fleet can be pasted into a shell', async () => {
	const { simulator } = await simulate();
	const credentials = sharedCredentials(simulator.accounts);
	const [told, ...lines] = fleetInstructions(simulator, credentials).trimEnd().split('\n');
	expect(told).toMatch(/answers for prod \(111122223333\), staging/);
	const folder = mkdtempSync(path.join(tmpdir(), 'rollcall-instructions-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	expect(lines.at(-1)).toBe(
		'AWS_SHARED_CREDENTIALS_FILE=simulated-credentials rollcall --profile prod,staging,sandbox ' +
			`--region eu-west-1,us-east-1 --endpoint-url ${simulator.url}`,
	);
	writeFileSync(path.join(folder, 'script'), lines.slice(0, -1).join('\n'));
	const { execFileSync } = await import('node:child_process');
	execFileSync('sh', ['script'], { cwd: folder });
	expect(readFileSync(path.join(folder, 'simulated-credentials'), 'utf8')).toBe(credentials);
});
