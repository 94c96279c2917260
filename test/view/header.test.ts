import { describe, expect, test } from 'vitest';
import { emptyTally, type Tally } from '../../src/domain/tally.ts';
import type { FailureDetails, FailureKind } from '../../src/gateway/failure.ts';
import { describeFailure } from '../../src/view/freshness.ts';
import { noon } from './support/cast.ts';
import { fleet, halfAtATime, running, type Telling, tell, watchedId } from './support/stories.ts';
import { ready } from './support/traffic-stories.ts';
import { inSize, sitDown } from './support/user.ts';

const at = (telling: Telling, columns = 120) => sitDown(inSize(running(telling), columns, 36));

describe('the identity strip', () => {
	test('says what, where, how fresh, and at what cost', () => {
		expect(at({}).rows[0]).toMatch(
			/^ {2}rollcall {3}checkout-api \/ prod-blue {2}d-9FG52BI40 +1234-5678-9012 · eu-west-1 {3}● 1 s {3}38 calls\/min$/,
		);
	});

	test('names the profile and the mode', () => {
		const user = at({ session: { profile: 'prod-admin', readOnly: true } }, 160);
		expect(user.rows[0]).toContain('read-only   prod-admin · 1234-5678-9012 · eu-west-1');
	});

	test('takes the account from the targets, where things happen, not from the caller', () => {
		const elsewhere = fleet.map(target => ({
			...target,
			arn: 'arn:aws:ec2:eu-west-1:999999999999:instance/i-1',
		}));
		expect(at({ targets: elsewhere }).rows[0]).toContain('9999-9999-9999');
		expect(at({ targets: [] }).rows[0]).toContain('1234-5678-9012');
	});

	test('tells a throttle for a minute', () => {
		const throttled = (secondsAgo: number): Telling => ({
			also: [
				{
					type: 'api.measured',
					api: {
						callsPerMinute: 12,
						throttles: 3,
						rateFactor: 0.5,
						throttledAt: noon + (90 - secondsAgo) * 1000,
					},
				},
			],
		});
		expect(at(throttled(60)).rows[0]).toContain('throttled · 12 calls/min');
		expect(at(throttled(61)).rows[0]).not.toContain('throttled');
	});

	test.each([
		[79, '1234-5678-9012 · eu-west-1'],
		[60, '● 1 s'],
		[48, 'checkout-api / prod-blue  d-9FG52BI40'],
		[40, 'd-9FG52BI40'],
	])('in %d columns still has %s', (columns, words) => {
		expect(at({}, columns).rows[0]).toContain(words);
	});

	test('a name that is too long goes before the id does', () => {
		const user = at({ deployment: { application: 'a'.repeat(60), group: 'b'.repeat(60) } }, 80);
		expect(user.rows[0]).toContain(watchedId);
	});
});

describe('status, counts and time', () => {
	test('are the overview’s, with what has been read of it while that is less', () => {
		const overview: Tally = { ...emptyTally, succeeded: 300, failed: 12, inProgress: 88, pending: 600 };
		const user = at({ deployment: { overview } }, 140);
		expect(user.row('InProgress')).toMatch(
			/300\/1000 +12 failed +88 running +24\/1000 read +1m30s +≈ 1m50s left$/,
		);
	});

	test('say nothing of reading once it has ended', () => {
		const overview: Tally = { ...emptyTally, succeeded: 1000 };
		const user = at({ deployment: { status: 'Succeeded', overview, completedAt: noon + 61_000 } });
		expect(user.row('✓ Succeeded')).toMatch(/1000\/1000 +1m01s$/);
	});

	test('an unknown status is shown as it is', () => {
		expect(at({ deployment: { status: 'Meditating' } }).row('? Meditating')).toContain('10/24');
	});

	test('without an overview the fleet is not known yet', () => {
		const user = sitDown(tell({ deployment: { status: 'Created' } }));
		expect(user.row('· Created')).toContain('fleet not known yet');
	});
});

describe('the health budget in words', () => {
	const words = (tally: Partial<Tally>, value = 50) =>
		at({
			deployment: { overview: { ...emptyTally, ...tally } },
			config: { ...halfAtATime, minimumHealthyHosts: { type: 'FLEET_PERCENT', value } },
		}).row('HalfAtATime');

	test.each([
		[{ pending: 10 }, 50, 'fails after ≈ 5 more failures'],
		[{ pending: 9, failed: 1 }, 90, 'no failures left: it is failing'],
		[{ pending: 5, failed: 4, succeeded: 1 }, 50, 'fails after ≈ 1 more failure ·'],
		[{ inProgress: 1, succeeded: 9 }, 50, 'cannot fail on host health any more'],
		[{ pending: 5, failed: 5 }, 50, 'no failures left: it is failing'],
		[{ inProgress: 2, failed: 5, succeeded: 3 }, 50, 'fails after ≈ 1 more failure ·'],
	] as const)('%j with %d %% healthy: %s', (tally, value, expected) => {
		expect(words(tally, value)).toContain(expected);
	});

	test('is not guessed for one host that has to stay healthy, nor after the end', () => {
		expect(words({ pending: 1 }, 99)).not.toMatch(/fail/);
		expect(at({ deployment: { status: 'Stopped' } }).row('HalfAtATime')).not.toMatch(/fail|by itself/);
	});
});

describe('a deployment that waits says for what, the key that ends it, and what happens otherwise', () => {
	const wide = (telling: Telling) => sitDown(inSize(ready(telling), 140, 36));

	test('for the traffic', () => {
		expect(wide({}).row('waiting')).toContain(
			'waiting for you to reroute traffic  c continue · stops by itself in ≈ 58m',
		);
		expect(wide({ now: 4000 }).row('waiting')).toContain('stops by itself any moment');
	});

	test('for nothing, when it is configured to go on', () => {
		const user = wide({ deployment: { blueGreen: { onReadyTimeout: 'CONTINUE_DEPLOYMENT' } } });
		expect(user.row('waiting')).not.toContain('by itself in');
	});

	test('for the end of the original fleet', () => {
		const user = wide({
			deployment: {
				status: 'InProgress',
				terminationWaitStarted: true,
				blueGreen: { onSuccess: 'TERMINATE', terminationWaitMinutes: 5 },
			},
		});
		expect(user.row('waiting')).toContain(
			'waiting to terminate the original  c end the wait · does so in ≈ 3m51s',
		);
	});
});

describe('what is wrong between here and AWS', () => {
	const failure = (kind: FailureKind, more: Partial<FailureDetails> = {}): FailureDetails => ({
		kind,
		operation: 'GetDeployment',
		code: 'SomeException',
		detail: 'in AWS’s words',
		...more,
	});

	test.each([
		['denied', { action: 'codedeploy:GetDeployment' }, 'not allowed: codedeploy:GetDeployment'],
		['denied', {}, 'not allowed: GetDeployment'],
		['expired', {}, 'credentials expired: run aws sso login --profile prod'],
		['credentials', {}, 'no valid credentials (SomeException): in AWS’s words'],
		['throttled', {}, 'AWS asks to slow down (GetDeployment)'],
		['network', { code: 'ECONNREFUSED', detail: '' }, 'no answer from AWS (ECONNREFUSED)'],
		[
			'network',
			{ code: 'ECONNREFUSED', detail: 'connect ECONNREFUSED ::1:443' },
			'no answer from AWS: connect ECONNREFUSED ::1:443',
		],
		['network', { code: 'TimeoutError', detail: 'timed out' }, 'no answer from AWS (TimeoutError) timed out'],
		[
			'network',
			{ code: 'ENOTFOUND', detail: 'getaddrinfo ENOTFOUND codedeploy.eu-wst-1.amazonaws.com' },
			'no answer from AWS: getaddrinfo ENOTFOUND codedeploy.eu-wst-1.amazonaws.com: the name has no address: check the network, DNS and the region',
		],
		[
			'network',
			{ code: 'SELF_SIGNED_CERT_IN_CHAIN', detail: 'self-signed certificate in certificate chain' },
			'no answer from AWS: SELF_SIGNED_CERT_IN_CHAIN, self-signed certificate in certificate chain: name the certificate authority of this network in AWS_CA_BUNDLE',
		],
		[
			'network',
			{ code: 'CERT_HAS_EXPIRED', detail: 'certificate has expired' },
			'no answer from AWS: CERT_HAS_EXPIRED, certificate has expired: check the clock of this machine',
		],
		[
			'network',
			{ code: 'ERR_PROXY_TUNNEL', detail: 'the proxy p:1 refuses the password in HTTPS_PROXY (HTTP 407)' },
			'no answer from AWS: the proxy p:1 refuses the password in HTTPS_PROXY (HTTP 407)',
		],
		[
			'credentials',
			{ code: 'MfaRequired' },
			'profile prod wants an MFA code: run eval "$(aws configure export-credentials --profile prod --format env)", then rollcall without a profile',
		],
		['missing', {}, 'GetDeployment: not found: in AWS’s words'],
		['not-started', {}, 'preparing: no targets yet'],
		['invalid', {}, 'GetDeployment: SomeException: in AWS’s words'],
		['service', {}, 'GetDeployment: SomeException: in AWS’s words'],
	] as const)('%s %j: %s', (kind, more, words) => {
		expect(describeFailure(failure(kind, more), 'prod')).toBe(words);
	});

	test('without a profile there is none to name', () => {
		expect(describeFailure(failure('expired'), undefined)).toBe('credentials expired: run aws sso login');
	});

	const failing = (now: number): Telling => ({
		now: 90,
		also: [
			{
				type: 'part.failed',
				id: watchedId,
				part: 'deployment',
				failure: failure('network', { code: 'ETIMEDOUT', detail: '' }),
				at: noon + 95_000,
				retryAt: noon + now * 1000 + 7000,
			},
			{ type: 'clock.ticked', now: noon + now * 1000 },
		],
	});

	test('stands above the rule, with the next try and the age of the picture', () => {
		const user = at(failing(99));
		expect(user.row('▲ no answer')).toBe(
			' ▲ no answer from AWS (ETIMEDOUT) · next try in 7 s · picture of 10 s ago',
		);
		expect(user.rows[0]).toContain('○ 10 s');
	});

	test('an old picture stays, grey', () => {
		const user = at(failing(200));
		expect(user.row('▸ InProgress')).toContain('10/24');
		expect(user.rows[0]).toContain('○ 1 min');
		expect(user.row('picture of 1 min ago')).toBeDefined();
	});
});
