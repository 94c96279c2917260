import { describe, expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import type { FleetEvent } from '../../src/monitor/fleet/events.ts';
import type { Rollout } from '../../src/monitor/state.ts';
import { alarm, noon } from './support/cast.ts';
import {
	denied,
	fleetNow,
	inProd,
	inStaging,
	lost,
	prod,
	rolloutWith,
	sandbox,
	staging,
	tellFleet,
} from './support/fleet-stories.ts';
import { fleetInSize, watchFleet } from './support/fleet-user.ts';
import { tell } from './support/stories.ts';

const sit = (state = tellFleet()) => watchFleet(fleetInSize(state, 140, 40));

describe('a row', () => {
	const row = (rollout: Rollout) =>
		sit(tellFleet({ rollouts: { prod: [rollout], staging: [], sandbox: [] } }));
	const id = asDeploymentId('d-ROW000001');

	test.each([
		[{ status: 'Created' }, /^ · .*Created .* \? /],
		[{ status: 'Baking' }, /^ ▸ .*Baking/],
		[{ status: 'Experimental' }, /^ \? .*Experimen…/],
		[{ creator: 'autoscaling' }, /by Auto Scaling/],
		[{ creator: 'CodeDeployAutoUpdate' }, /automatic update/],
		[{ creator: 'terraform' }, /by terraform/],
		[{ overview: { ...emptyTally, failed: 2, succeeded: 3, pending: 5 } }, /^ ✗ .*3\/10 .*✗ 2 failed/],
		[{ status: 'Ready', type: 'BLUE_GREEN' }, /^ ◆ .*Ready .*c continues/],
		[{ terminationWaitStarted: true, type: 'BLUE_GREEN' }, /c ends the wait/],
		[
			{ status: 'Stopped', completedAt: noon, error: { code: 'NEW_CODE', message: '' } },
			/^ ■ .*2 min ago .*NEW_CODE/,
		],
	] as const)('%j', (more, words) => {
		expect(row(rolloutWith({ id, ...more })).row('checkout-api / prod')).toMatch(words);
	});

	test('whose alarm fires is failing, whatever its targets say', () => {
		const { rollouts } = tell({
			group: { alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['errors', 'latency'] } },
			alarms: [alarm('errors', { state: 'ALARM' }), alarm('latency')],
		});
		const [first] = rollouts.values();
		if (!first) throw new Error('there is no rollout');
		const user = row(first);
		expect(user.row('checkout-api')).toMatch(/^ ▲ .*▲ errors/);
		expect(user.rows[0]).toContain('1 failing');
	});

	test('that is being stopped says so, and does not count what the stop cuts short', () => {
		const stopping = {
			...rolloutWith({ id, overview: { ...emptyTally, failed: 2, succeeded: 3 } }),
			stopAskedAt: fleetNow - 4_000,
		};
		const user = row(stopping);
		expect(user.row('checkout-api')).toMatch(/^ ■ .*Stopping .*stop accepted 4 s ago/);
		expect(user.rows[0]).toContain('1 rolling');
	});
});

describe('the verdict', () => {
	test.each([
		[{ rollouts: {} }, /asking 3 contexts · 2 min/],
		[{ rollouts: { prod: [] } }, /nothing is rolling out in 1 of 3 contexts/],
		[{ rollouts: { prod: [], staging: [], sandbox: [] } }, /nothing is rolling out +3 contexts/],
		[{ rollouts: {}, also: [lost(prod)] }, /asking 3 contexts .*▲ 1 of 3 contexts not told/],
		[{ also: [lost(staging, { ...denied, kind: 'network' })] }, /1 failing .*▲ 1 of 3 contexts not told/],
	])('%#', (telling, words) => {
		expect(sit(tellFleet(telling)).rows[0]).toMatch(words);
	});

	test('says how a context that was told before fares now, with the age of its rows', () => {
		const user = sit(tellFleet({ also: [lost(staging, { ...denied, kind: 'expired' })] }));
		expect(user.row('▲ credentials')).toContain(
			'run aws sso login --profile staging · tries again in 40 s · as of 2 s ago',
		);
		user.hear({ type: 'clock.ticked', now: fleetNow + 41_000 });
		expect(user.row('▲ credentials')).toContain('tries again now · as of 43 s ago');
	});

	test('names deployments that could not be read although they are listed', () => {
		const unread = rolloutWith({ id: asDeploymentId('d-UNREAD001') });
		const failed = {
			...unread,
			deployment: { failure: { ...denied, action: 'codedeploy:BatchGetDeployments' }, failures: 1 },
		};
		const user = sit(tellFleet({ rollouts: { prod: [failed], staging: inStaging, sandbox: [] } }));
		expect(user.row('▲ prod')).toContain(
			'1 of 1 deployments not read: access denied: needs codedeploy:BatchGetDeployments',
		);
	});
});

test('in a corner a verdict that may no longer be true comes with its age', () => {
	const ticker = (also: readonly FleetEvent[]) => watchFleet(fleetInSize(tellFleet({ also }), 60, 1)).rows[0];
	expect(ticker([])).not.toContain('○');
	const offline = [prod, staging, sandbox].map(label => lost(label, { ...denied, kind: 'network' }));
	expect(ticker(offline)).toMatch(/^\d rolling · 1 failing · 1 waiting.* {2}○ 2 s$/);
	const small = watchFleet(fleetInSize(tellFleet({ also: offline }), 40, 10)).rows[0];
	expect(small).toMatch(/^ ✗1 ◆1 ▸4 ▲3 +○ 2 s$/);
});

describe('traffic that moves', () => {
	const payments = inProd.filter(({ id: each }) => each === 'd-PAYMENT01');
	const note = (now: number) =>
		sit(tellFleet({ rollouts: { prod: payments, staging: [], sandbox: [] }, now })).row('payments / prod');

	test('and was not looked at since its next step was due is not said to be about to move', () => {
		expect(note(fleetNow)).toMatch(/next shift to 100 % in ≈/);
		expect(note(fleetNow + 10 * 60_000)).toMatch(/ seen 1\d min ago/);
		expect(note(fleetNow + 10 * 60_000)).not.toContain('any moment');
	});
});

describe('going somewhere', () => {
	const go = (text: string) => {
		const user = sit();
		user.press(':');
		user.type(text);
		user.press('enter');
		return user;
	};

	test.each([
		['d-CHECKOUT2', staging, 'd-CHECKOUT2'],
		['d-ELSEWHERE', prod, 'd-ELSEWHERE'],
		['https://us-east-1.console.aws.amazon.com/x/d-ELSEWHERE?region=us-east-1', staging, 'd-ELSEWHERE'],
		['checkout-api/staging', staging, 'd-CHECKOUT2'],
		['checkout-api / prod-blue', prod, 'd-CHECKOUT1'],
	])('%s', (text, context, deploymentId) => {
		expect(go(text).effects).toEqual([{ type: 'open', context, deploymentId }]);
	});

	test.each([
		['nonsense', 'no deployment id in it (d-XXXXXXXXX), nor an application/group'],
		['d-CHECKOUT1 d-CHECKOUT2', 'more than one deployment id in it'],
		['who/knows', 'no deployment of who / knows is listed'],
	])('%s is refused', (text, problem) => {
		const user = go(text);
		expect(user.row('go to')).toContain(problem);
		expect(user.effects).toEqual([]);
	});

	test('O opens the console in the region of the row', () => {
		const user = sit();
		user.press('n', 'j', 'j', 'j', 'j', 'O');
		expect(user.effects).toEqual([
			{
				type: 'browse',
				url: 'https://us-east-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-PRICES001?region=us-east-1',
			},
		]);
	});
});
