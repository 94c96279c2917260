import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { plainOptions } from '../../src/domain/deploy-order.ts';
import { hasEnded } from '../../src/domain/deployment.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { Protection } from '../../src/domain/protection.ts';
import type { Revision } from '../../src/domain/revision.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { type ScenarioName, type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const startAt = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const stub = stubAwsForEachTest();
const { connect } = stub;

const running: Simulator[] = [];
afterEach(async () => {
	for (const simulator of running.splice(0)) await simulator.close();
});

/** The group of a story, some time after it began, and the way to AWS. */
async function stage(scenario: ScenarioName, minutes = 30) {
	const clock = createVirtualClock(startAt);
	const simulator = await startSimulator({ scenario, clock });
	running.push(simulator);
	const { gateways } = connect({
		clock,
		endpointUrl: simulator.url,
		attemptTimeoutMs: 10_000,
		maxAttempts: 5,
	});
	clock.jumpTo(startAt + minutes * minute);
	const id = asDeploymentId(simulator.deploymentId);
	const { application = '', group: name = '' } = await gateways.codeDeploy.getDeployment(id, never);
	const readGroup = () => gateways.codeDeploy.getDeploymentGroup(application, name, never);
	return { simulator, clock, gateways, id, application, name, readGroup };
}

/** The revision of the last deployment of a group that succeeded. */
async function lastGood({ gateways, readGroup }: Awaited<ReturnType<typeof stage>>): Promise<Revision> {
	const { lastSuccessful } = await readGroup();
	if (lastSuccessful === undefined) throw new Error('nothing has succeeded in this story');
	const { revision } = await gateways.codeDeploy.getDeployment(lastSuccessful.id, never);
	if (revision === undefined) throw new Error('it has no revision');
	return revision;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('deploying', () => {
	test('what succeeded last goes out, with what was chosen', async () => {
		const scene = await stage('by-hand');
		const { gateways, application, name } = scene;
		const revision = await lastGood(scene);
		expect(revision).toMatchObject({ version: expect.any(String), eTag: expect.any(String) });
		const id = await gateways.codeDeploy.createDeployment(
			{
				application,
				group: name,
				revision,
				configName: 'CodeDeployDefault.AllAtOnce',
				description: 'back, by hand',
				options: {
					overrideAlarms: true,
					ignoreApplicationStopFailures: true,
					fileExistsBehavior: 'OVERWRITE',
				},
			},
			never,
		);
		expect(await gateways.codeDeploy.getDeployment(id, never)).toMatchObject({
			id,
			status: 'Created',
			revision,
			configName: 'CodeDeployDefault.AllAtOnce',
			description: 'back, by hand',
			creator: 'user',
			ignoreApplicationStopFailures: true,
			fileExistsBehavior: 'OVERWRITE',
			alarmOverride: { enabled: false },
		});
		scene.clock.jumpTo(startAt + 90 * minute);
		expect(hasEnded(await gateways.codeDeploy.getDeployment(id, never))).toBe(true);
	});

	test('an AppSpec goes out as it was read by its hash', async () => {
		const scene = await stage('ecs-linear');
		const { gateways, application, name } = scene;
		const seen = await lastGood(scene);
		if (seen.type !== 'appSpec' || seen.sha256 === undefined)
			throw new Error('this story deploys an AppSpec');
		const { content } = await gateways.codeDeploy.getAppSpecContent(application, seen.sha256, never);
		const order = { application, group: name, revision: { ...seen, content }, options: plainOptions };
		const id = await gateways.codeDeploy.createDeployment(order, never);
		expect((await gateways.codeDeploy.getDeployment(id, never)).revision).toEqual(seen);
	});

	test.each<[what: string, hash: (letters: string) => string, isAltered: boolean]>([
		['with its tabs and line ends, where its hash is theirs', letters => sha256(letters), false],
		['which is told, where its hash is another’s', () => sha256('another'), true],
	])('an AppSpec that is shown otherwise goes out %s', async (_, hash, isAltered) => {
		const { gateways } = connect();
		const letters = '{\r\n\t"version": 0.0\r\n}';
		const hashed = hash(letters);
		const body = { revision: { appSpecContent: { content: letters, sha256: hashed } } };
		stub.aws.answer('GetApplicationRevision', { body });
		stub.aws.answer('CreateDeployment', { body: { deploymentId: 'd-75I7MBT7C' } });
		const read = await gateways.codeDeploy.getAppSpecContent('checkout', hashed, never);
		expect(read).toEqual({ content: '{\n    "version": 0.0\n}', isAltered });
		const revision: Revision = { type: 'appSpec', content: read.content, sha256: hashed };
		const order = { application: 'checkout', group: 'prod', revision, options: plainOptions };
		await gateways.codeDeploy.createDeployment(order, never);
		expect(stub.aws.requests.at(-1)?.input).toMatchObject({
			revision: { appSpecContent: { content: letters, sha256: hashed } },
		});
	});

	test('a group that is busy takes nothing, and says what it is busy with', async () => {
		const scene = await stage('healthy', 1);
		const { gateways, application, name, simulator } = scene;
		const order = { application, group: name, revision: await lastGood(scene), options: plainOptions };
		const failure = await failureOf(gateways.codeDeploy.createDeployment(order, never));
		expect(failure.details).toMatchObject({ kind: 'invalid', code: 'DeploymentLimitExceededException' });
		expect(failure.details.detail).toContain(simulator.deploymentId);
		expect(simulator.callsTo('CreateDeployment')).toHaveLength(1);
	});

	test('whose answer is lost has been sent once, and the group tells what became of it', async () => {
		const scene = await stage('by-hand');
		const { gateways, application, name, simulator } = scene;
		const order = { application, group: name, revision: await lastGood(scene), options: plainOptions };
		const heal = simulator.inject({ type: 'drop', handled: true, operations: ['CreateDeployment'] });
		expect((await failureOf(gateways.codeDeploy.createDeployment(order, never))).kind).toBe('network');
		expect(simulator.callsTo('CreateDeployment')).toHaveLength(1);
		heal();
		const made = await gateways.codeDeploy.listDeployments(
			{ group: { application, name }, createdAfter: startAt + 30 * minute },
			never,
		);
		expect(made.items).toHaveLength(1);
	});

	test('nobody may: the missing permission is named', async () => {
		const scene = await stage('by-hand');
		const order = {
			application: scene.application,
			group: scene.name,
			revision: await lastGood(scene),
			options: plainOptions,
		};
		scene.simulator.inject({ type: 'deny', operations: ['CreateDeployment'] });
		const failure = await failureOf(scene.gateways.codeDeploy.createDeployment(order, never));
		expect(failure.details).toMatchObject({ kind: 'denied', action: 'codedeploy:CreateDeployment' });
	});
});

describe('changing a group', () => {
	const alarms = { enabled: true, ignorePollAlarmFailure: false, alarms: ['checkout-5xx'] };
	const autoRollback = { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] };

	test.each<Protection>([
		{ alarms },
		{ autoRollback },
		{ alarms, autoRollback },
		{ alarms: { ...alarms, enabled: false, alarms: [] } },
	])('replaces %j as a whole, and nothing else', async blocks => {
		const { gateways, application, name, readGroup } = await stage('unprotected');
		const before = await readGroup();
		await gateways.codeDeploy.updateDeploymentGroup(application, name, blocks, never);
		expect(await readGroup()).toEqual({ ...before, ...blocks });
	});

	test.each<[what: string, blocks: Protection, code: string]>([
		[
			'rolling back for nothing',
			{ autoRollback: { enabled: true, events: [] } },
			'InvalidAutoRollbackConfigException',
		],
		[
			'rolling back for what AWS does not know',
			{ autoRollback: { enabled: true, events: ['ON_A_WHIM'] } },
			'InvalidAutoRollbackConfigException',
		],
		[
			'more alarms than there may be',
			{ alarms: { ...alarms, alarms: Array.from({ length: 11 }, (_, index) => `a-${index}`) } },
			'AlarmsLimitExceededException',
		],
	])('%s is refused by AWS, and nothing has changed', async (_, blocks, code) => {
		const { gateways, application, name, readGroup } = await stage('unprotected');
		const before = await readGroup();
		const failure = await failureOf(
			gateways.codeDeploy.updateDeploymentGroup(application, name, blocks, never),
		);
		expect(failure.details).toMatchObject({ kind: 'invalid', code });
		expect(await readGroup()).toEqual(before);
	});

	test('that does not exist is a failure of what is missing', async () => {
		const { gateways, application } = await stage('unprotected');
		const failure = await failureOf(
			gateways.codeDeploy.updateDeploymentGroup(application, 'nobody', {}, never),
		);
		expect(failure.details).toMatchObject({ kind: 'missing', code: 'DeploymentGroupDoesNotExistException' });
	});

	test('whose answer is lost has been sent once, and reading it again tells what became of it', async () => {
		const { gateways, application, name, simulator, readGroup } = await stage('unprotected');
		const heal = simulator.inject({ type: 'drop', handled: true, operations: ['UpdateDeploymentGroup'] });
		const sent = gateways.codeDeploy.updateDeploymentGroup(application, name, { autoRollback }, never);
		expect((await failureOf(sent)).kind).toBe('network');
		expect(simulator.callsTo('UpdateDeploymentGroup')).toHaveLength(1);
		heal();
		expect((await readGroup()).autoRollback).toEqual(autoRollback);
	});
});

describe('whom a group means', () => {
	test('are the instances that its deployments go to', async () => {
		const { gateways, id, readGroup } = await stage('by-hand');
		const { ec2Tags = [], autoScalingGroups = [] } = await readGroup();
		expect(ec2Tags.flat().length).toBeGreaterThan(0);
		const found = await gateways.hosts.findInstances({ tags: ec2Tags, autoScalingGroups }, never);
		const { items } = await gateways.codeDeploy.listTargetIds({ id }, never);
		expect(found.map(host => host.id).sort()).toEqual([...items].sort());
	});

	test('are those of its Auto Scaling groups, too', async () => {
		const { gateways, readGroup } = await stage('auto-scaling');
		const { ec2Tags = [], autoScalingGroups = [] } = await readGroup();
		expect(autoScalingGroups).not.toEqual([]);
		const found = await gateways.hosts.findInstances({ tags: ec2Tags, autoScalingGroups }, never);
		expect(found.length).toBeGreaterThanOrEqual(12);
		expect(new Set(found.map(({ autoScalingGroup }) => autoScalingGroup))).toEqual(
			new Set(autoScalingGroups),
		);
	});

	test('are the registered machines, by name', async () => {
		const { gateways, readGroup } = await stage('on-premises');
		const { onPremisesTags = [], ec2Tags } = await readGroup();
		expect(ec2Tags).toBeUndefined();
		const found = await gateways.hosts.findOnPremises(onPremisesTags, never);
		expect(found).toHaveLength(10);
		expect((await gateways.hosts.onPremises(found, never)).map(({ name }) => name)).toEqual(found);
		expect(await gateways.hosts.findOnPremises([[{ key: 'nobody', type: 'KEY_ONLY' }]], never)).toEqual([]);
	});

	test('and how they fare behind the load balancer', async () => {
		const { gateways, readGroup } = await stage('unprotected');
		const { loadBalancers = [] } = await readGroup();
		const [balancer] = loadBalancers;
		expect(balancer?.kind).toBe('target-group');
		const health = await gateways.loadBalancers.targetHealth(balancer?.name ?? '', never);
		expect(health).toHaveLength(8);
		expect(new Set(health.map(({ state }) => state))).toEqual(new Set(['healthy', 'unhealthy', 'unused']));
		const gone = await failureOf(gateways.loadBalancers.targetHealth('gone', never));
		expect(gone.details).toMatchObject({ kind: 'missing' });
	});
});
