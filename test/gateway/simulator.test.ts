import { afterEach, describe, expect, test, vi } from 'vitest';
import { clusterFailures } from '../../src/domain/failure-cluster.ts';
import { asDeploymentId, asTargetId, type DeploymentId, type TargetId } from '../../src/domain/ids.ts';
import type { FailureKind } from '../../src/gateway/failure.ts';
import { type Gateways, maxTargetsPerCall } from '../../src/gateway/gateway.ts';
import { chunk, pages } from '../../src/lib/pages.ts';
import { createVirtualClock, type VirtualClock } from '../../src/lib/virtual-clock.ts';
import {
	type Fault,
	type ScenarioName,
	type Simulator,
	type SimulatorOptions,
	startSimulator,
} from '../../src/simulator/simulator.ts';
import { failureOf, never, stubAwsForEachTest, untilDueWithin } from './harness.ts';

const startAt = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const { connect } = stubAwsForEachTest();

type Stage = {
	readonly simulator: Simulator;
	readonly clock: VirtualClock;
	readonly gateways: Gateways;
	readonly id: DeploymentId;
};

const running: Simulator[] = [];
afterEach(async () => {
	for (const simulator of running.splice(0)) await simulator.close();
});

async function stage(scenario: ScenarioName, options: Partial<SimulatorOptions> = {}): Promise<Stage> {
	const clock = createVirtualClock(startAt);
	const simulator = await startSimulator({ scenario, clock, ...options });
	running.push(simulator);
	const { gateways } = connect({ clock, endpointUrl: simulator.url, attemptTimeoutMs: 10_000 });
	return { simulator, clock, gateways, id: asDeploymentId(simulator.deploymentId) };
}

async function allTargetIds({ gateways, id }: Stage): Promise<TargetId[]> {
	const ids: TargetId[] = [];
	for await (const page of pages(token => gateways.codeDeploy.listTargetIds({ id, token }, never))) {
		ids.push(...page);
	}
	return ids;
}

describe('a rollout that fails', () => {
	test('is seen whole: every target, why it failed, and the way back', async () => {
		const scene = await stage('hook-failures', { pageSize: 10 });
		const { codeDeploy } = scene.gateways;
		scene.clock.jumpTo(startAt + 30 * minute);

		const ended = await codeDeploy.getDeployment(scene.id, never);
		expect(ended).toMatchObject({
			id: scene.id,
			status: 'Failed',
			platform: 'Server',
			type: 'IN_PLACE',
			error: { code: 'HEALTH_CONSTRAINTS' },
			revision: { type: 's3', bucket: 'acme-artifacts' },
		});
		expect(ended.startedAt).toBeGreaterThanOrEqual(startAt);
		expect(ended.completedAt).toBeLessThanOrEqual(scene.clock.now());

		const ids = await allTargetIds(scene);
		expect(new Set(ids).size).toBe(24);
		const batches = chunk(ids, maxTargetsPerCall).map(batch => codeDeploy.getTargets(scene.id, batch, never));
		const targets = (await Promise.all(batches)).flat();
		expect(targets.map(target => target.id)).toEqual(ids);

		const failed = await codeDeploy.listTargetIds({ id: scene.id, statuses: ['Failed'] }, never);
		expect(failed.items).toHaveLength(ended.overview?.failed ?? -1);
		const words = clusterFailures(targets).map(({ event, word }) => `${event}: ${word}`);
		expect(words).toContain('ApplicationStart: exit 127');
		expect(words).toContain('AfterInstall: script missing');

		const back = ended.rollback?.rollbackDeploymentId;
		if (back === undefined) throw new Error('no rollback is linked');
		const rollback = await codeDeploy.getDeployment(back, never);
		expect(rollback).toMatchObject({
			creator: 'codeDeployRollback',
			rollback: { triggeringDeploymentId: scene.id },
		});
	});

	test('has a group and a configuration', async () => {
		const { gateways, id } = await stage('hook-failures');
		const {
			application = '',
			group = '',
			configName = '',
		} = await gateways.codeDeploy.getDeployment(id, never);
		expect(await gateways.codeDeploy.getDeploymentGroup(application, group, never)).toMatchObject({
			application,
			name: group,
			autoRollback: { enabled: true },
			lastSuccessful: { status: 'Succeeded' },
		});
		expect(await gateways.codeDeploy.getDeploymentConfig(configName, never)).toMatchObject({
			name: configName,
			minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 75 },
		});
	});
});

test('alarms are seen with their metrics and their state changes', async () => {
	const { clock, gateways, id } = await stage('alarm-stop');
	clock.jumpTo(startAt + 20 * minute);
	const { application = '', group = '', status } = await gateways.codeDeploy.getDeployment(id, never);
	expect(status).toBe('Stopped');
	const { alarms } = await gateways.codeDeploy.getDeploymentGroup(application, group, never);
	const names = alarms?.alarms ?? [];
	const described = await gateways.alarms.describeAlarms([...names, 'deleted long ago'], never);
	expect(described.map(({ name }) => name).sort()).toEqual([...names].sort());
	expect(described.find(({ kind }) => kind === 'composite')?.rule).toContain('ALARM(');

	const range = { from: startAt - 10 * minute, to: clock.now() };
	const moved = await Promise.all(
		described.map(async alarm => ({
			alarm,
			series: await gateways.alarms.getSeries(alarm, range, never),
			transitions: await gateways.alarms.getTransitions(alarm.name, range, never),
		})),
	);
	for (const { alarm, series, transitions } of moved) {
		expect(series.length > 0).toBe(alarm.kind === 'metric');
		expect(series.map(({ at }) => at)).toEqual(series.map(({ at }) => at).sort((a, b) => a - b));
		expect(transitions.at(-1)?.to ?? alarm.state).toBe(alarm.state);
	}
	expect(moved.flatMap(({ transitions }) => transitions.map(({ to }) => to))).toContain('ALARM');
});

test('the caller is known', async () => {
	const { simulator, gateways } = await stage('healthy');
	const { account, arn } = await gateways.identity.getCallerIdentity(never);
	expect(account).toBe(simulator.accountId);
	expect(arn).toContain(`:${account}:`);
});

describe('what goes wrong', () => {
	test.each<[Fault, FailureKind, code: string, attempts: number]>([
		[{ type: 'throttle' }, 'throttled', 'ThrottlingException', 2],
		[{ type: 'serverError', status: 503 }, 'service', 'ServiceUnavailable', 2],
		[{ type: 'drop' }, 'network', 'ECONNRESET', 2],
		[{ type: 'blackHole' }, 'network', 'TimeoutError', 2],
		[{ type: 'deny' }, 'denied', 'AccessDeniedException', 1],
		[{ type: 'expiredCredentials' }, 'expired', 'ExpiredTokenException', 1],
		[{ type: 'malformedBody' }, 'service', 'SyntaxError', 1],
	])('%j is %s', async (fault, kind, code, attempts) => {
		const { simulator, clock, gateways, id } = await stage('healthy');
		simulator.inject(fault);
		const outcome = failureOf(gateways.codeDeploy.getDeployment(id, never));
		for (let attempt = 1; attempt <= attempts; attempt += 1) {
			await vi.waitFor(() => expect(simulator.callsTo('GetDeployment')).toHaveLength(attempt));
			if (fault.type === 'blackHole') clock.jumpTo(clock.now() + 10_000);
			if (attempt < attempts) clock.jumpTo(await untilDueWithin(clock, 1000));
		}
		expect((await outcome).details).toMatchObject({ kind, code, operation: 'GetDeployment' });
		expect(simulator.callsTo('GetDeployment')).toHaveLength(attempts);
	});

	test('a denied call names what is missing', async () => {
		const { simulator, clock, gateways, id } = await stage('healthy');
		clock.jumpTo(startAt + minute);
		simulator.inject({ type: 'deny', operations: ['BatchGetDeploymentTargets'] });
		const { items } = await gateways.codeDeploy.listTargetIds({ id }, never);
		const failure = await failureOf(gateways.codeDeploy.getTargets(id, items.slice(0, 5), never));
		expect(failure.details.action).toBe('codedeploy:BatchGetDeploymentTargets');
	});

	test('a deployment that is only just created has no targets yet', async () => {
		const { gateways, id } = await stage('healthy');
		expect(await gateways.codeDeploy.getDeployment(id, never)).toMatchObject({ status: 'Created' });
		expect((await failureOf(gateways.codeDeploy.listTargetIds({ id }, never))).kind).toBe('not-started');
	});

	test('what does not exist is missing, what is asked wrongly is invalid', async () => {
		const scene = await stage('fleet-1000');
		scene.clock.jumpTo(startAt + minute);
		const { codeDeploy } = scene.gateways;
		const nowhere = asDeploymentId('d-NOWHERE00');
		expect((await failureOf(codeDeploy.getDeployment(nowhere, never))).kind).toBe('missing');
		const nobody = [asTargetId('i-00000000000000000')];
		expect((await failureOf(codeDeploy.getTargets(scene.id, nobody, never))).kind).toBe('missing');
		const { items } = await codeDeploy.listTargetIds({ id: scene.id }, never);
		const tooMany = items.slice(0, maxTargetsPerCall + 1);
		expect((await failureOf(codeDeploy.getTargets(scene.id, tooMany, never))).kind).toBe('invalid');
	});
});

describe('stopping', () => {
	test('takes effect later, and is refused once the deployment has ended', async () => {
		const { clock, gateways, id } = await stage('healthy');
		clock.jumpTo(startAt + minute / 2);
		const answer = await gateways.codeDeploy.stopDeployment(id, { rollBack: true }, never);
		expect(['Pending', 'Succeeded']).toContain(answer.status);
		clock.jumpTo(startAt + 30 * minute);
		const stopped = await gateways.codeDeploy.getDeployment(id, never);
		expect(stopped.status).toBe('Stopped');
		expect(stopped.rollback?.rollbackDeploymentId).toBeDefined();
		const again = await failureOf(gateways.codeDeploy.stopDeployment(id, { rollBack: false }, never));
		expect(again.details).toMatchObject({ kind: 'invalid', code: 'DeploymentAlreadyCompletedException' });
	});

	test('whose answer is lost has been sent once, and reading back tells what became of it', async () => {
		const { simulator, clock, gateways, id } = await stage('healthy');
		clock.jumpTo(startAt + minute / 2);
		const heal = simulator.inject({ type: 'drop', handled: true, operations: ['StopDeployment'] });
		const failure = await failureOf(gateways.codeDeploy.stopDeployment(id, { rollBack: false }, never));
		expect(failure.kind).toBe('network');
		expect(simulator.callsTo('StopDeployment')).toHaveLength(1);
		heal();
		clock.jumpTo(startAt + 30 * minute);
		expect((await gateways.codeDeploy.getDeployment(id, never)).status).toBe('Stopped');
	});
});

describe('an AppSpec that was deployed as content', () => {
	test('is read by its hash, since the deployment does not carry its text', async () => {
		const { gateways, id } = await stage('ecs-linear');
		const { application = '', revision } = await gateways.codeDeploy.getDeployment(id, never);
		if (revision?.type !== 'appSpec') throw new Error('this story deploys an AppSpec');
		expect(revision.content).toBeUndefined();
		const text = await gateways.codeDeploy.getAppSpecContent(application, revision.sha256 ?? '', never);
		expect(text.isAltered).toBe(false);
		expect(JSON.parse(text.content)).toMatchObject({
			Resources: [{ TargetService: { Type: 'AWS::ECS::Service' } }],
		});
	});
});
