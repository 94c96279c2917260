import { describe, expect, test } from 'vitest';
import type { HostFacts } from '../../src/domain/host.ts';
import type { TargetId } from '../../src/domain/ids.ts';
import type { FailureDetails } from '../../src/gateway/failure.ts';
import type { AppEvent } from '../../src/monitor/events.ts';
import { parseFilter } from '../../src/view/filter.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { shortZone } from '../../src/view/host-words.ts';
import { summaryLines } from '../../src/view/summary.ts';
import { layOutColumns } from '../../src/view/target-columns.ts';
import { host, hostId, noon } from './support/cast.ts';
import { hosts, hostsKnown, hostsReceived, instance, onPremises } from './support/hosts.ts';
import { plots, rolledBack, running, tell, watchedId } from './support/stories.ts';
import { ecs } from './support/traffic-stories.ts';
import { inSize, pressed, sitDown, type User } from './support/user.ts';

test.each([
	['eu-west-1a', '1a'],
	['us-gov-east-1c', '1c'],
	['us-west-2-lax-1b', '2-lax-1b'],
	['the cellar', 'the cellar'],
	['', ''],
])('the zone %s is shown as %s', (zone, short) => {
	expect(shortZone(zone)).toBe(short);
});

describe('as the pane narrows', () => {
	const content = {
		steps: 13,
		idWidth: 19,
		eventWidth: 22,
		nameWidth: 15,
		zoneWidth: 4,
		hasFleets: false,
		areNamesOwn: true,
	};
	const shown = (width: number, more: Partial<typeof content> = {}) => {
		const columns = layOutColumns(width, { ...content, ...more });
		return (['zone', 'target', 'status', 'note', 'time', 'name'] as const).filter(name => columns[name] > 0);
	};

	test('zone, target id, status word, script and time go in this order, and never the name', () => {
		const stages = Array.from({ length: 160 }, (_, index) => shown(200 - index).join(' '));
		expect([...new Set(stages)]).toEqual([
			'zone target status note time name',
			'target status note time name',
			'status note time name',
			'note time name',
			'time name',
			'name',
		]);
	});

	test('the target id stays where hosts have no names, or share one', () => {
		for (const nameWidth of [0, 8]) {
			for (let width = 40; width <= 200; width += 1) {
				expect(shown(width, { nameWidth, areNamesOwn: false })).toContain('target');
			}
		}
		expect(shown(120, { nameWidth: 8, areNamesOwn: false })).toContain('name');
		expect(shown(80, { nameWidth: 8, areNamesOwn: false })).not.toContain('name');
	});
});

test('a host without a name goes by its id among hosts that have one', () => {
	const { id } = host(7, 'InProgress');
	const nameless = instance(7);
	if (nameless.kind !== 'ec2') throw new Error('it is one');
	const { name: _, ...rest } = nameless.instance;
	const also = [hostsKnown, hostsReceived(new Map([[id, { kind: 'ec2', instance: rest }]]))];
	const user = sitDown(inSize(running({ also }), 60, 15));
	expect(user.row('web-06')).not.toContain('i-0');
	user.press('f', 'f', '/');
	user.type(id);
	expect(user.rows.find(row => /^ ▸ i-\w+…\w+ /.test(row))).toBeDefined();
});

test('the columns keep their places when the list is narrowed', () => {
	const user = sitDown(inSize(hosts(), 120, 36));
	const before = user.row(hostId(1)).indexOf('━');
	user.press('/');
	user.type(hostId(1));
	expect(user.row(/^ ✗ i-/).indexOf('━')).toBe(before);
});

describe('a filter finds', () => {
	const facts: readonly HostFacts[] = [
		instance(1, { imageId: 'ami-0aaa', type: 'm5.large' }),
		instance(2, { imageId: 'ami-0bbb' }),
		{ kind: 'unknown' },
		{ kind: 'on-premises', instance: { name: hostId(4), tags: [{ key: 'Role', value: 'db' }] } },
	];
	test.each([
		['web-01', [1]],
		['name:web', [1, 2]],
		['zone:1b', [1]],
		['zone:eu-west-1c', [2]],
		['type:m5', [1]],
		['ami:0bbb', [2]],
		['tag:role=db', [4]],
		[`name:${hostId(4)}`, [4]],
		['!zone:1b', [2, 3, 4]],
		// Words are looked for in names, but not in every fact.
		['large', []],
	])('with “%s” the hosts %j', (text, numbers) => {
		const matches = parseFilter(text);
		const found = [1, 2, 3, 4].filter((number, index) =>
			matches(host(number, 'Pending'), { host: facts[index] }),
		);
		expect(found).toEqual(numbers);
	});

	test('hosts by facts that arrive while it is set', () => {
		const user = sitDown(inSize(running({ also: plots }), 120, 36));
		user.press('/');
		user.type('name:web-03');
		expect(user.row('no target matches')).toBeDefined();
		user.hear(hostsKnown);
		expect(user.row(hostId(3))).toContain('web-03');
	});
});

test('a row whose host is gone says what it waits for', () => {
	const also = [hostsKnown, hostsReceived(new Map([[hostId(6), instance(6, { state: 'terminated' })]]))];
	const user = sitDown(inSize(running({ also }), 120, 36));
	expect(user.row('web-06')).toMatch(/InProgress +0:50 +instance termina/);
	expect(user.row('web-07')).not.toContain('instance');
});

describe('the screen of a target', () => {
	const withFacts = (facts: HostFacts, size: readonly [number, number] = [120, 36]): User => {
		const also = [hostsReceived(new Map([[hostId(1), facts]]))];
		return sitDown(inSize(pressed(running({ also }), 'n', 'enter'), ...size));
	};
	const toneOf = (user: User, text: string) =>
		selectFrame(user.state)
			.flatMap(({ segments }) => segments)
			.find(segment => segment.text.includes(text))?.tone;

	test.each([
		['running', 'running', 'dim'],
		['pending', 'instance pending', 'attention'],
		['stopping', 'instance stopping', 'attention'],
		['hibernating', 'instance hibernating', 'attention'],
		['stopped', 'instance stopped', 'failed'],
		['terminated', 'instance terminated', 'failed'],
	])('shows the state %s for what it means', (state, words, tone) => {
		const user = withFacts(instance(1, { state }));
		expect(user.row('web-01')).toContain(`web-01   ${words}   eu-west-1b`);
		expect(toneOf(user, words)).toBe(tone);
	});

	test('keeps a bad state and the name in the smallest pane', () => {
		const user = withFacts(instance(1, { state: 'stopped' }), [60, 10]);
		expect(user.row(hostId(1))).toContain('web-01  instance stopped');
	});

	test.each<[string, FailureDetails, string]>([
		[
			'may not be asked for',
			{
				kind: 'denied',
				operation: 'DescribeInstances',
				code: 'UnauthorizedOperation',
				detail: '',
				action: 'ec2:DescribeInstances',
			},
			'facts need ec2:DescribeInstances',
		],
		[
			'cannot be had',
			{ kind: 'network', operation: 'DescribeInstances', code: 'ECONNREFUSED', detail: '' },
			'no facts: no answer from AWS (ECONNREFUSED)',
		],
		[
			'of machines elsewhere cannot be had',
			{ kind: 'denied', operation: 'BatchGetOnPremisesInstances', code: 'AccessDenied', detail: '' },
			'facts of this host are being asked for',
		],
	])('says so when facts %s', (_when, failure, words) => {
		const failed: AppEvent = { type: 'part.failed', id: watchedId, part: 'hosts', failure, at: noon };
		const user = sitDown(inSize(pressed(running({ also: [failed] }), 'n', 'enter'), 80, 24));
		expect(user.row(words)).toBeDefined();
	});

	test('says so when EC2 knows nothing of the instance, or CodeDeploy nothing of the machine', () => {
		expect(withFacts({ kind: 'unknown' }).row('EC2 does not know this instance any more')).toBeDefined();
		const story = onPremises();
		const unknown = new Map<TargetId, HostFacts>(
			[...(story.rollouts.get(watchedId)?.targets.keys() ?? [])].map(id => [id, { kind: 'unknown' }]),
		);
		const user = sitDown(inSize(pressed(story, 'n', 'enter'), 120, 36));
		user.hear(hostsReceived(unknown));
		expect(user.row('CodeDeploy has no on-premises instance of this name')).toBeDefined();
	});

	test('of an ECS service is not about any host', () => {
		expect(sitDown(inSize(pressed(ecs(), 'enter'), 120, 36)).screen).not.toContain('facts');
	});
});

describe('O opens', () => {
	const page = (...keys: readonly string[]) => {
		const user = sitDown(inSize(pressed(hosts(), ...keys), 120, 36));
		user.press('O');
		return user.effects.at(-1);
	};
	const instancePage = {
		type: 'browse',
		url: `https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=${hostId(1)}`,
	};
	const deploymentPage = {
		type: 'browse',
		url: `https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/${watchedId}?region=eu-west-1`,
	};

	test.each([
		['target', ['n', 'enter']],
		['log', ['n', 'l']],
		['checklist of a target', ['n', 'enter', 'D']],
	])('the instance on the screen of its %s', (_screen, keys) => {
		expect(page(...keys)).toEqual(instancePage);
	});

	test.each([
		['list', []],
		['details', ['i']],
		['checklist', ['D']],
	])('the deployment on the screen of its %s', (_screen, keys) => {
		expect(page(...keys)).toEqual(deploymentPage);
	});

	test('the deployment for a machine that EC2 does not know', () => {
		const user = sitDown(inSize(pressed(onPremises(), 'n', 'enter'), 120, 36));
		user.press('O');
		expect(user.effects.at(-1)).toEqual(deploymentPage);
	});
});

describe('what the failed hosts have in common', () => {
	const words = 'all 3 failed run image ami-0f3b61c9a4d27e805, none of the 10 that succeeded';

	test('stands below their failure', () => {
		const user = sitDown(inSize(hosts(), 120, 36));
		const at = user.rows.findIndex(row => row.includes('3×  AfterInstall'));
		expect(user.rows[at + 1]).toContain(words);
		expect(user.rows[at + 1]).toMatch(/\+1 more in common$/);
	});

	test('is not told of hosts that a stop has cut short', () => {
		const cut = [1, 2, 3].map(number => host(number, 'Failed', { at: 'Install', status: 'Failed' }));
		const done = [4, 5, 6, 7].map(number => host(number, 'Succeeded'));
		const also = [
			hostsReceived(
				new Map(
					[1, 2, 3, 4, 5, 6, 7].map(number => [
						hostId(number),
						instance(number, { imageId: number < 4 ? 'ami-2' : 'ami-1' }),
					]),
				),
			),
		];
		const screenOf = (status: string) =>
			sitDown(inSize(tell({ targets: [...cut, ...done], deployment: { status }, also }), 120, 36)).screen;
		expect(screenOf('Failed')).toContain('all 3 failed run image ami-2');
		expect(screenOf('Stopped')).not.toContain('ami-2');
	});

	test('is told in plain words after the end', () => {
		const lines = summaryLines(rolledBack({ also: [hostsKnown] }), watchedId);
		expect(lines).toContain(`      ${words}`);
		expect(lines.findIndex(line => line.includes('✗ AfterInstall'))).toBeLessThan(
			lines.indexOf(`      ${words}`),
		);
	});
});
