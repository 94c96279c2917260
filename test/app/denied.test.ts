import { describe, expect, test } from 'vitest';
import { type App, launch } from '../support/app.ts';

/** One permission is missing, all others are there: its own panel names it, and the rest of the screen lives. */

type Denial = readonly [operation: string, keys: readonly string[], words: string];

const reads: readonly Denial[] = [
	['GetDeployment', [], '▲ not allowed: codedeploy:GetDeployment · next try in'],
	['ListDeploymentTargets', [], 'targets cannot be read: not allowed: codedeploy:ListDeploymentTargets'],
	['BatchGetDeploymentTargets', [], '▲ targets: not allowed: codedeploy:BatchGetDeploymentTargets'],
	['DescribeAlarms', [], '? alarms  not allowed: cloudwatch:DescribeAlarms'],
	['DescribeInstances', ['Enter'], 'facts need ec2:DescribeInstances'],
	['GetCallerIdentity', ['i'], 'not allowed: sts:GetCallerIdentity'],
	['GetDeploymentConfig', ['i'], 'not allowed: codedeploy:GetDeploymentConfig'],
	['ListDeployments', ['i'], 'not allowed: codedeploy:ListDeployments'],
	['BatchGetDeployments', ['i'], 'not allowed: codedeploy:BatchGetDeployments'],
	['GetDeploymentGroup', ['a'], 'not allowed: codedeploy:GetDeploymentGroup'],
	['GetMetricData', ['a'], 'not allowed: cloudwatch:GetMetricData'],
	['DescribeAlarmHistory', ['!'], 'cloudwatch:DescribeAlarmHistory'],
];

/** What the screen lives by: the operation without which it goes, and a row that shows that it is there. */
const living: readonly (readonly [operation: string, row: RegExp])[] = [
	['GetDeployment', /^ ▸ InProgress .*[▓█].* \d+\/32/],
	['DescribeAlarms', /✓ \d alarms? OK|[▲✓] .*checkout-5xx/],
	['ListDeploymentTargets', /^.{0,3}[▸✓✗] checkout-api-\d+|^.{0,3}[▸✓✗] i-0/],
];

/** Without these there is nothing that the row could show. */
const needed: Readonly<Record<string, readonly string[]>> = {
	DescribeAlarms: ['GetDeploymentGroup'],
	ListDeploymentTargets: ['BatchGetDeploymentTargets'],
};

function expectLife(app: App, denied: string): void {
	for (const [operation, row] of living) {
		if (denied === operation || needed[operation]?.includes(denied)) continue;
		expect(app.shows(row), `${row} without ${denied}:\n${app.terminal.screen}`).toBe(true);
	}
}

/** They say how long it took before. */
const additions: ReadonlySet<string> = new Set(['ListDeployments', 'BatchGetDeployments']);

/** Without it there would be no picture to begin with. */
const deniedLater = 'GetDeployment';

test.each(reads)('%s', async (operation, keys, words) => {
	let heal = () => {};
	const deny = ({ inject }: App['simulator']) => {
		heal = inject({ type: 'deny', operations: [operation] });
	};
	const isLater = operation === deniedLater;
	await using app = await launch('release', { rows: 60, ...(!isLater && { prepare: deny }) });
	if (isLater) {
		await app.advance(2);
		deny(app.simulator);
	}
	await app.advance(20);
	expectLife(app, operation);
	await app.press(...keys);
	await app.advance(1);
	expect(app.shows(words), `${words}:\n${app.terminal.screen}`).toBe(true);
	heal();
	// What the screen lives by is asked again once a minute, an addition when the user asks for it.
	if (additions.has(operation)) await app.press('Esc', 'R');
	await app.advance(70);
	expect(app.simulator.callsTo(operation).at(-1)?.status, 'asked again').toBe(200);
});

describe('an action that is not allowed is told, and the watch goes on', () => {
	test('StopDeployment', async () => {
		await using app = await launch('healthy', {
			common: { protect: [] },
			prepare: ({ inject }) => void inject({ type: 'deny', operations: ['StopDeployment'] }),
		});
		await app.advanceUntil('running');
		await app.press('s', 'y');
		await app.advance(3);
		expect(app.shows('not allowed: codedeploy:StopDeployment')).toBe(true);
		expect(app.shows('▸ InProgress')).toBe(true);
		await app.advanceUntil('✓ Succeeded', 400);
	});

	test('ContinueDeployment', async () => {
		await using app = await launch('blue-green', {
			common: { protect: [] },
			prepare: ({ inject }) => void inject({ type: 'deny', operations: ['ContinueDeployment'] }),
		});
		await app.advanceUntil('◆ Ready', 300);
		await app.press('c', 'y');
		await app.advance(3);
		expect(app.shows('not allowed: codedeploy:ContinueDeployment')).toBe(true);
		expect(app.shows('◆ Ready')).toBe(true);
	});

	test('CreateDeployment', async () => {
		await using app = await launch('by-hand', {
			common: { protect: [] },
			prepare: ({ inject }) => void inject({ type: 'deny', operations: ['CreateDeployment'] }),
		});
		await app.advance(3);
		await app.press('b', 'ctrl-o', 'y');
		await app.advance(3);
		expect(app.shows('not allowed: codedeploy:CreateDeployment')).toBe(true);
		expect(app.shows('✗ Failed')).toBe(true);
		expect(app.simulator.callsTo('CreateDeployment')).toHaveLength(1);
		expect(app.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'failed']);
	});
});
