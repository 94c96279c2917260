import { CodeDeployClient, GetDeploymentCommand, ListDeploymentsCommand } from '@aws-sdk/client-codedeploy';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readTargets } from '../read-targets.ts';
import { openSimulator, startAt, testCredentials } from '../support.ts';

describe('agent-silent', () => {
	test('three hosts stay InProgress with nothing begun, and are given up by the service', async () => {
		const { sim, call, pass, untilEnded } = await openSimulator('agent-silent');
		pass(60_000);
		const early = await readTargets(call, sim.deploymentId);
		const waiting = early.filter(
			({ status, lifecycleEvents }) =>
				status === 'InProgress' && lifecycleEvents.every(event => event.status === 'Pending'),
		);
		expect(waiting).toHaveLength(3);

		const info = await untilEnded(sim.deploymentId);
		expect(info).toMatchObject({ status: 'Succeeded', deploymentOverview: { Failed: 3, Succeeded: 21 } });
		const failed = (await readTargets(call, sim.deploymentId)).filter(({ status }) => status === 'Failed');
		for (const { lifecycleEvents } of failed) {
			const [first, ...rest] = lifecycleEvents;
			expect(first).toMatchObject({
				lifecycleEventName: 'BeforeBlockTraffic',
				status: 'Failed',
				diagnostics: {
					errorCode: 'UnknownError',
					scriptName: '',
					message:
						'CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on ' +
						'your host and make sure the agent is running and can connect to the CodeDeploy server.',
					logTail: '',
				},
			});
			expect(rest.every(event => event.status === 'Skipped')).toBe(true);
		}
	});

	test('a host that has not answered is left alone when the deployment is stopped', async () => {
		const { sim, call, pass, untilEnded } = await openSimulator('agent-silent');
		pass(10_000);
		await call('StopDeployment', { deploymentId: sim.deploymentId });
		await untilEnded(sim.deploymentId);
		const targets = await readTargets(call, sim.deploymentId);
		expect(targets[3]?.status).toBe('Skipped');
		expect(targets[3]?.lifecycleEvents.every(event => event.status === 'Skipped')).toBe(true);
	});
});

describe('between the watcher and AWS', () => {
	test('throttled: three calls in ten are refused', async () => {
		const { sim, call } = await openSimulator('throttled');
		for (let n = 0; n < 100; n++) await call('GetDeployment', { deploymentId: sim.deploymentId });
		const refused = sim.calls.filter(({ errorCode }) => errorCode === 'ThrottlingException').length;
		expect(refused).toBeGreaterThan(15);
		expect(refused).toBeLessThan(45);
	});

	test('slow-network: an answer takes two seconds', async () => {
		const { sim, call, clock } = await openSimulator('slow-network');
		expect((await call('GetDeployment', { deploymentId: sim.deploymentId })).status).toBe(200);
		expect(clock.now()).toBe(startAt + 2000);
	});

	test('expired-credentials: refused for half a minute, then all is well', async () => {
		const { sim, call, pass } = await openSimulator('expired-credentials');
		const codes: unknown[] = [];
		for (let n = 0; n < 8; n++) {
			codes.push((await call('GetDeployment', { deploymentId: sim.deploymentId })).body.__type ?? 'fine');
			pass(10_000);
		}
		const expired = 'ExpiredTokenException';
		expect(codes).toEqual(['fine', 'fine', 'fine', expired, expired, expired, 'fine', 'fine']);
	});
});

describe('hostile-logs', () => {
	test('all of it arrives at the SDK as it was written', async () => {
		const { sim, call, codeDeploy, pass, untilEnded } = await openSimulator('hostile-logs');
		pass(3000);
		const { deploymentInfo } = await codeDeploy.send(
			new GetDeploymentCommand({ deploymentId: sim.deploymentId }),
		);
		expect(deploymentInfo?.description).toContain('\x1b]0;pwned\x07\u202e');
		await untilEnded(sim.deploymentId);
		const tails = (await readTargets(call, sim.deploymentId)).flatMap(({ lifecycleEvents }) =>
			lifecycleEvents.flatMap(({ status, diagnostics }) =>
				status === 'Failed' ? (diagnostics?.logTail ?? '') : [],
			),
		);
		expect(tails).toHaveLength(12);
		const all = tails.join('');
		for (const evil of [
			'\x1b[2J',
			'\x1b]0;',
			'\x1b]8;;',
			'\x1b]52;c;',
			'\x1bP',
			'\x9b31m',
			'\u202e',
			'\u200b',
			'\t\t',
			'10 %\r',
			'\b\b',
			'👩‍👩‍👧‍👦',
			'\ud83d lone',
			'\u2028',
		]) {
			expect(all).toContain(evil);
		}
		for (const tail of tails) {
			expect(Buffer.byteLength(tail)).toBeLessThanOrEqual(2048);
			expect(tail.endsWith('\n')).toBe(true);
		}
		expect(Math.max(...tails.map(tail => tail.length))).toBeGreaterThan(1900);
	});
});

test('in another region there is nothing', async () => {
	const { sim } = await openSimulator('healthy');
	const elsewhere = new CodeDeployClient({
		endpoint: sim.url,
		region: 'us-east-1',
		credentials: testCredentials,
		maxAttempts: 1,
	});
	onTestFinished(() => elsewhere.destroy());
	expect((await elsewhere.send(new ListDeploymentsCommand({}))).deployments).toEqual([]);
});
