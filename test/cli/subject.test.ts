import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { resolveGroup } from '../../src/cli/subject.ts';
import type { DeploymentGroupSnapshot } from '../../src/domain/deployment-group.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { never, stubAwsForEachTest } from '../gateway/harness.ts';
import { failure, group, noon, watchedId } from '../monitor/support/snapshots.ts';

const name = { application: 'checkout-api', group: 'prod-blue' };
const place = { region: 'eu-west-1', profile: 'prod' };
const { connect } = stubAwsForEachTest();

/** Looks for a group while the answers come as told, the last of them for ever. */
function search(...answers: readonly (DeploymentGroupSnapshot | Error)[]) {
	const clock = createVirtualClock(noon);
	const aborted = new AbortController();
	let calls = 0;
	const codeDeploy = {
		getDeploymentGroup: () => {
			const answer = answers[Math.min(calls, answers.length - 1)];
			calls += 1;
			return answer instanceof Error || !answer ? Promise.reject(answer) : Promise.resolve(answer);
		},
	};
	const found = resolveGroup(name, {
		codeDeploy,
		clock,
		place,
		patienceMs: 10_000,
		signal: aborted.signal,
	});
	found.catch(() => {});
	return {
		found,
		abort: () => aborted.abort(),
		calls: () => calls,
		async pass(seconds: number) {
			for (let second = 0; second < seconds; second += 1) {
				for (let turn = 0; turn < 5; turn += 1) await setImmediate();
				clock.jumpTo(clock.now() + 1000);
			}
		},
	};
}

test('a group stands for its latest deployment', async () => {
	const attempted = group({ lastAttempted: { id: watchedId, status: 'InProgress' } });
	expect(await search(attempted).found).toBe(watchedId);
});

test('a group that was never deployed to has nothing to show', async () => {
	const { lastAttempted: _, ...untouched } = group();
	await expect(search(untouched).found).rejects.toThrow(
		'deployment group “prod-blue” of application “checkout-api” has never been deployed to in eu-west-1 with profile prod: there is nothing to show until its first deployment',
	);
});

test('what passes by itself is waited out, and no longer than told', async () => {
	const lucky = search(
		failure('throttled', 'GetDeploymentGroup'),
		group({ lastAttempted: { id: watchedId } }),
	);
	await lucky.pass(2);
	expect(await lucky.found).toBe(watchedId);

	const unlucky = search(failure('network', 'GetDeploymentGroup', 'ECONNREFUSED'));
	await unlucky.pass(11);
	await expect(unlucky.found).rejects.toMatchObject({ name: 'NoAwsError' });
	expect(unlucky.calls()).toBe(10);
});

test('a refusal is told at once, and who is told to end gets no answer', async () => {
	const denied = search(failure('denied', 'GetDeploymentGroup'));
	await expect(denied.found).rejects.toMatchObject({ name: 'NoAwsError' });
	expect(denied.calls()).toBe(1);

	const left = search(failure('network', 'GetDeploymentGroup'));
	left.abort();
	expect(await left.found).toBeUndefined();
});

test('an application and a group that do not exist are told apart, as AWS does', async () => {
	const simulator = await startSimulator({ scenario: 'healthy', clock: systemClock });
	const { gateways, close } = connect({ endpointUrl: simulator.url });
	const find = (application: string, groupName: string) =>
		resolveGroup(
			{ application, group: groupName },
			{
				codeDeploy: gateways.codeDeploy,
				clock: systemClock,
				place: { region: 'eu-west-1' },
				patienceMs: 5_000,
				signal: never,
			},
		);
	const advice = 'in eu-west-1: check --application, --group, --region and --profile';
	try {
		expect(await find(name.application, name.group)).toBe(simulator.deploymentId);
		await expect(find('chekout', 'x')).rejects.toThrow(`there is no application “chekout” ${advice}`);
		await expect(find('checkout-api', 'prod')).rejects.toThrow(
			`there is no deployment group “prod” in application “checkout-api” ${advice}`,
		);
	} finally {
		close();
		await simulator.close();
	}
});
