import { beforeEach, expect, test } from 'vitest';
import { answerOf } from '../../../src/diagnosis/knowledge.ts';
import type { PreflightFacts } from '../../../src/diagnosis/preflight/facts.ts';
import { judgePreflight } from '../../../src/diagnosis/preflight/judge.ts';
import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import { asDeploymentId } from '../../../src/domain/ids.ts';
import type { Revision } from '../../../src/domain/revision.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { createVirtualClock, type VirtualClock } from '../../../src/lib/virtual-clock.ts';
import { createBudget } from '../../../src/monitor/budget.ts';
import { examineGroup, type GroupQuery } from '../../../src/monitor/preflight/examine-group.ts';
import { probing } from '../../../src/monitor/watch.ts';
import { instance } from '../../diagnosis/preflight/support.ts';
import { createFakeAws, type FakeAws } from '../support/fake-aws.ts';
import { deployment, failure, group, noon, target, targetIds } from '../support/snapshots.ts';
import { advance } from '../support/stage.ts';

/** What is asked about a group before it is deployed to, and in which order. */

const lastId = asDeploymentId('d-LASTGOOD0');
const activeId = asDeploymentId('d-ACTIVE000');
const s3: Revision = { type: 's3', bucket: 'artifacts', key: 'build-1.zip' };

let clock: VirtualClock;
let aws: FakeAws;

beforeEach(() => {
	clock = createVirtualClock(noon);
	aws = createFakeAws(clock, createBudget({ clock, random: createRandom(7) }));
	add({ id: lastId, status: 'Succeeded', revision: s3, createdAt: noon - 1000 });
	aws.group = group({
		platform: 'Server',
		configName: 'CodeDeployDefault.OneAtATime',
		serviceRoleArn: 'arn:aws:iam::123456789012:role/service/CodeDeploy',
		ec2Tags: [[{ key: 'role', value: 'web' }]],
		loadBalancers: [{ kind: 'target-group', name: 'web' }],
		alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['errors'] },
		lastSuccessful: { id: lastId },
	});
	aws.instances = [instance(1), instance(2)];
	aws.roles = [{ name: 'CodeDeploy', arn: 'arn:aws:iam::123456789012:role/service/CodeDeploy' }];
});

function add(snapshot: Partial<DeploymentSnapshot> & Pick<DeploymentSnapshot, 'id'>, hosts = 2): void {
	const targets = new Map(targetIds(hosts).map(id => [id, target(id, 'Succeeded')]));
	aws.deployments.set(snapshot.id, { snapshot: deployment(snapshot), targets });
	aws.listed = [...aws.listed, snapshot.id];
}

async function examine(more: Partial<GroupQuery> = {}, ms = 60_000) {
	const gained: Partial<PreflightFacts>[] = [];
	const query = { region: 'eu-west-1', application: 'checkout-api', name: 'prod-blue', ...more };
	const ending = new AbortController();
	let facts: PreflightFacts | undefined;
	let error: unknown;
	const running = examineGroup(query, {
		ask: probing(aws.gateways, 6),
		gain: found => gained.push(found),
		signal: ending.signal,
	}).then(
		found => {
			facts = found;
		},
		(reason: unknown) => {
			error = reason;
		},
	);
	await advance(clock, ms);
	const isOver = facts !== undefined;
	if (!isOver) ending.abort(new Error('gone'));
	await running;
	return { facts, gained, error, isOver };
}

const operations = () => aws.calls.map(({ operation }) => operation);

test('everything is found out, each part is told once it is, and all of it in the end', async () => {
	const { facts, gained } = await examine();
	expect(facts && judgePreflight(facts).filter(({ verdict }) => verdict === 'pending')).toEqual([]);
	expect(Object.assign({}, ...gained)).toEqual(
		Object.fromEntries(
			Object.entries(facts ?? {}).filter(([key]) => !['region', 'application', 'name'].includes(key)),
		),
	);
	expect(Object.keys(gained[0] ?? {})).toEqual(['group']);
	expect(operations().toSorted()).toEqual([
		'BatchGetDeploymentTargets',
		'BatchGetDeployments',
		'DescribeAlarms',
		'DescribeInstanceInformation',
		'DescribeInstances',
		'DescribeTargetHealth',
		'GetDeploymentConfig',
		'GetDeploymentGroup',
		'GetRole',
		'HeadObject',
		'ListDeploymentTargets',
		'ListDeployments',
		'SimulatePrincipalPolicy',
		'SimulatePrincipalPolicy',
	]);
});

test('however long the history is, CodeDeploy is asked 17 times at most', async () => {
	for (let index = 0; index < 60; index++) {
		const status = index % 5 === 0 ? 'Failed' : 'Succeeded';
		const id = asDeploymentId(`d-${String(index).padStart(9, '0')}`);
		add({ id, status, createdAt: noon - 60_000 - index }, 300);
	}
	const { facts } = await examine();
	expect(aws.countCodeDeploy()).toBeLessThanOrEqual(17);
	const past = answerOf(facts?.past);
	expect(past?.map(({ deployment: { status } }) => status).toSorted()).toEqual([
		'Failed',
		'Succeeded',
		'Succeeded',
		'Succeeded',
		'Succeeded',
	]);
	expect(past?.every(({ targets }) => targets.length <= 25)).toBe(true);
});

test('the deployment that has the group, and the one to return to', async () => {
	add({ id: activeId, status: 'Ready', createdAt: noon });
	const { facts } = await examine();
	expect(answerOf(facts?.active)).toMatchObject({ id: activeId });
	expect(answerOf(facts?.lastSuccessful)).toMatchObject({ id: lastId });
});

test('what the group names is known even where deployments may not be listed', async () => {
	aws.group = { ...aws.group, lastAttempted: { id: activeId } };
	add({ id: activeId, status: 'InProgress', createdAt: noon });
	aws.fault = ({ operation }) =>
		operation === 'ListDeployments' ? failure('denied', 'ListDeployments') : undefined;
	const { facts } = await examine();
	expect(answerOf(facts?.active)).toMatchObject({ id: activeId });
	expect(answerOf(facts?.lastSuccessful)).toMatchObject({ id: lastId });
});

test('a revision that is named is looked for, and so is what a rollback would return to', async () => {
	await examine({ revision: { type: 's3', bucket: 'artifacts', key: 'build-2.zip' } });
	const heads = aws.calls.filter(({ operation }) => operation === 'HeadObject').map(({ about }) => about);
	expect(heads.toSorted()).toEqual(['artifacts/build-1.zip', 'artifacts/build-2.zip']);
});

test('the text of an AppSpec is read by its hash', async () => {
	aws.group = { ...aws.group, platform: 'ECS', ecsServices: [{ cluster: 'shop', service: 'web' }] };
	const { facts } = await examine({ revision: { type: 'appSpec', sha256: 'abc' } });
	expect(facts?.appSpec).toEqual({ answer: 'the AppSpec abc' });
	expect(facts?.instances).toEqual({ answer: 'nothing' });
	const role = answerOf(facts?.serviceRole);
	const resources = role === 'nothing' ? [] : role?.decisions.map(({ resource }) => resource);
	expect(resources).toContain('arn:aws:ecs:eu-west-1:123456789012:service/shop/web');
});

test('a group that was read a moment ago is not asked for again', async () => {
	await examine({ group: aws.group });
	expect(aws.count('GetDeploymentGroup')).toBe(0);
});

test('a group that may not be read keeps nobody waiting', async () => {
	aws.fault = ({ operation }) =>
		operation === 'GetDeploymentGroup' ? failure('denied', 'GetDeploymentGroup') : undefined;
	const { facts } = await examine();
	for (const { verdict, needs } of judgePreflight(facts ?? { region: '', application: '', name: '' }))
		expect([verdict, needs]).toEqual(['unknown', 'codedeploy:GetDeploymentGroup']);
});

test('every call may fail, each by itself', async () => {
	await examine();
	for (const denied of new Set(operations())) {
		if (denied === 'GetDeploymentGroup') continue;
		aws.fault = ({ operation }) => (operation === denied ? failure('throttled', denied) : undefined);
		const { facts } = await examine();
		const checks = facts ? judgePreflight(facts) : [];
		expect([denied, checks.filter(({ verdict }) => verdict === 'pending')]).toEqual([denied, []]);
		const blamed = checks.filter(({ summary }) => summary.includes(`AWS throttles ${denied}`));
		if (denied !== 'ListDeployments') expect([denied, blamed.length > 0]).toEqual([denied, true]);
	}
});

test('a target group that does not exist is an answer', async () => {
	aws.fault = ({ operation }) =>
		operation === 'DescribeTargetHealth' ? failure('missing', 'DescribeTargetGroups') : undefined;
	const { facts } = await examine();
	expect(facts?.health).toEqual(new Map([['web', { answer: 'nothing' }]]));
});

test('whoever has gone away is told nothing more', async () => {
	aws.latencyMs = 10_000;
	const { facts, gained, error } = await examine({}, 15_000);
	expect(facts).toBeUndefined();
	expect(error).toEqual(new Error('gone'));
	const known = gained.length;
	await advance(clock, 60_000);
	expect(gained.length).toBe(known);
});

test('nothing is told after an end, not even what needs no asking', async () => {
	const ending = new AbortController();
	const gained: Partial<PreflightFacts>[] = [];
	const running = examineGroup(
		{ region: 'eu-west-1', application: 'checkout-api', name: 'prod-blue' },
		{
			ask: probing(aws.gateways, 6),
			gain(found) {
				gained.push(found);
				ending.abort(new Error('gone'));
			},
			signal: ending.signal,
		},
	);
	const outcome = expect(running).rejects.toThrow('gone');
	await advance(clock, 60_000);
	await outcome;
	expect(gained).toHaveLength(1);
});
