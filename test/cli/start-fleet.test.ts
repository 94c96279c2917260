import { expect, test } from 'vitest';
import type { CommonOptions } from '../../src/cli/command.ts';
import { startFleet } from '../../src/cli/start-fleet.ts';
import { GatewayFailure } from '../../src/gateway/failure.ts';
import { createRandom } from '../../src/lib/random.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';

const common: CommonOptions = { readOnly: false, ascii: false, protect: [] };

/** Begins to watch contexts of these names, none of which has a region. */
const start = (...labels: readonly string[]) =>
	startFleet(
		labels.map(label => ({ label, protect: [], readOnly: false })),
		common,
		{
			clock: createVirtualClock(0),
			random: createRandom(1),
			chosenRow: () => undefined,
			io: {
				out: () => {},
				err: () => {},
				isInteractive: true,
				env: {},
				signal: new AbortController().signal,
				yieldInterrupts: () => () => {},
			},
			connect: async () => ({
				get gateways(): never {
					throw new Error('nothing may be asked');
				},
				close: () => {},
				clockSkewMs: () => 0,
				region: () =>
					Promise.reject(
						new GatewayFailure(
							{ kind: 'invalid', operation: 'ResolveRegion', code: 'Region', detail: 'Region is missing.' },
							{ cause: undefined },
						),
					),
			}),
		},
	);

test('of several contexts the one without a region is named', async () => {
	await expect(start('prod', 'staging')).rejects.toMatchObject({
		name: 'UsageError',
		message: expect.stringMatching(/^prod: Region is missing: expected a region such as eu-west-1 /),
	});
});

test('where there is only one, nobody has to be told which', async () => {
	await expect(start('default')).rejects.toThrow(/^Region is missing: expected/);
});
