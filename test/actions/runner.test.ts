import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/actions/audit.ts';
import { createRunner, type RunnerParts } from '../../src/actions/runner.ts';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import type { ProtectionWish } from '../../src/domain/protection.ts';
import { createProtectionPlan } from '../../src/domain/protection-plan.ts';
import { type FailureDetails, GatewayFailure } from '../../src/gateway/failure.ts';
import type { CodeDeployGateway } from '../../src/gateway/gateway.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { createStore } from '../../src/monitor/store.ts';
import type { ActionRequest } from '../../src/monitor/ui-state.ts';
import { alarm, noon } from '../view/support/cast.ts';
import { deployment, running, type Telling, watchedId } from '../view/support/stories.ts';
import { plan as planOf } from './deploying/plans.ts';

const failure = (kind: FailureDetails['kind'], more: Partial<FailureDetails> = {}) =>
	new GatewayFailure({
		kind,
		operation: 'StopDeployment',
		code: 'SomeException',
		detail: 'in AWS’s words',
		...more,
	});

type Answers = {
	/** What reading the deployment says, time after time; the last one stays. */
	readonly reads?: readonly (Partial<DeploymentSnapshot> | Error)[];
	readonly stop?: Error | { readonly status: string; readonly message: string };
	readonly audit?: Error;
};

/** A runner over a gateway that answers as it is told, and all that it did, in order. */
function open(answers: Answers = {}, telling: Telling = {}) {
	const told: string[] = [];
	const audited: AuditEntry[] = [];
	const store = createStore(running(telling), () => {});
	store.dispatch({
		type: 'action.asked',
		request: { action: 'stop', deploymentId: watchedId, rollBack: true },
		seenStatus: 'InProgress',
	});
	const reads = [...(answers.reads ?? [{}])];
	const orThrow = <T>(answer: T | Error): T => {
		if (answer instanceof Error) throw answer;
		return answer;
	};
	const refuse = () => Promise.reject(new Error('nobody asks for this'));
	const codeDeploy: CodeDeployGateway = {
		listTargetIds: refuse,
		getTargets: refuse,
		getDeploymentConfig: refuse,
		getDeploymentGroup: refuse,
		listDeployments: refuse,
		getDeployments: refuse,
		listApplications: refuse,
		listDeploymentGroups: refuse,
		getDeploymentGroups: refuse,
		getAppSpecContent: refuse,
		createDeployment: refuse,
		updateDeploymentGroup: refuse,
		async getDeployment(id) {
			told.push(`read ${id}`);
			const [next = {}] = reads.length > 1 ? reads.splice(0, 1) : reads;
			return deployment(orThrow(next));
		},
		async stopDeployment(id, { rollBack }) {
			told.push(`stop ${id} ${rollBack}`);
			return orThrow(answers.stop ?? { status: 'Pending', message: '' });
		},
		async continueDeployment(id, wait) {
			told.push(`continue ${id} ${wait}`);
		},
	};
	const parts: RunnerParts = {
		store,
		codeDeploy,
		clock: createVirtualClock(noon),
		audit: {
			write(entry) {
				audited.push(entry);
				told.push(`audit ${entry.outcome}`);
				if (answers.audit) throw answers.audit;
			},
			read: () => audited,
		},
		urgently: work => {
			told.push('urgently');
			return work();
		},
		nudge: () => told.push('nudge'),
		signal: new AbortController().signal,
	};
	const runner = createRunner(parts);
	const stop = { action: 'stop', deploymentId: watchedId, rollBack: true } as const;
	return { store, told, audited, perform: () => runner.perform(stop, 'InProgress'), runner, parts };
}

const sentence = ({ store }: ReturnType<typeof open>) => store.getState().ui.notice;

describe('an action that is confirmed', () => {
	test('is checked against the deployment as it is now, audited, sent once, audited, and told', async () => {
		const scene = open();
		await scene.perform();
		expect(scene.told).toEqual([
			'urgently',
			`read ${watchedId}`,
			'audit sending',
			`stop ${watchedId} true`,
			'audit accepted',
			'nudge',
		]);
		expect(sentence(scene)).toMatchObject({
			tone: 'good',
			text: expect.stringMatching(/^stop and roll back accepted/),
		});
		expect(scene.store.getState().ui.confirmation).toBeUndefined();
		expect(scene.audited[0]).toEqual({
			time: '2026-11-23T12:00:00.000Z',
			outcome: 'sending',
			detail: '',
			action: 'Stop and roll back',
			command: 'aws deploy stop-deployment --deployment-id d-9FG52BI40 --auto-rollback-enabled',
			deploymentId: 'd-9FG52BI40',
			application: 'checkout-api',
			group: 'prod-blue',
			region: 'eu-west-1',
			endpoint: '',
			account: '123456789012',
			identity: 'arn:aws:sts::123456789012:assumed-role/Engineer/kim',
		});
	});

	test('is sent once, however often it is asked for while it is under way', async () => {
		const scene = open();
		await Promise.all([scene.perform(), scene.perform(), scene.perform()]);
		expect(scene.told.filter(what => what.startsWith('stop'))).toHaveLength(1);
		await scene.perform();
		expect(scene.told.filter(what => what.startsWith('stop'))).toHaveLength(2);
	});

	test('continues what waits', async () => {
		const scene = open({ reads: [{ status: 'Ready', type: 'BLUE_GREEN' }] });
		await scene.runner.perform({ action: 'continue', deploymentId: watchedId, wait: 'READY_WAIT' }, 'Ready');
		expect(scene.told).toContain(`continue ${watchedId} READY_WAIT`);
		expect(sentence(scene)?.text).toMatch(/^reroute traffic now accepted/);
	});

	test('goes on without an audit trail, and says so', async () => {
		const scene = open({ audit: new Error('ENOSPC: no space left on device') });
		await scene.perform();
		expect(scene.told).toContain(`stop ${watchedId} true`);
		expect(scene.store.getState().messages.map(({ text }) => text)).toContain(
			'the audit line could not be written: ENOSPC: no space left on device',
		);
	});
});

describe('nothing is sent', () => {
	test.each<[string, Answers, Telling, string]>([
		[
			'to a deployment that has ended',
			{ reads: [{ status: 'Succeeded' }] },
			{},
			'the deployment has already ended: Succeeded',
		],
		[
			'to one that has moved on',
			{ reads: [{ status: 'Ready' }] },
			{},
			'the deployment has moved on from InProgress to Ready: look again',
		],
		[
			'to one that cannot be read',
			{ reads: [failure('network', { code: 'ECONNRESET', detail: '' })] },
			{},
			'nothing was sent, because the deployment could not be read again: ECONNRESET',
		],
		[
			'in a read-only session',
			{},
			{ session: { readOnly: true } },
			'read-only session: nothing is changed from here',
		],
	])('%s', async (_why, answers, telling, words) => {
		const scene = open(answers, telling);
		await scene.perform();
		expect(scene.told.filter(what => what.startsWith('stop') || what === 'audit sending')).toEqual([]);
		expect(scene.audited.map(({ outcome }) => outcome)).toEqual(['refused']);
		expect(sentence(scene)?.text).toContain(`stop and roll back refused: ${words}`);
		expect(sentence(scene)?.tone).toBe('attention');
	});
});

describe('whatever is asked of the runner', () => {
	const group = planOf().group;
	const wish: ProtectionWish = { attach: ['checkout-p99'] };
	const requests: readonly (readonly [string, ActionRequest])[] = [
		['stop', { action: 'stop', deploymentId: watchedId, rollBack: false }],
		['continue', { action: 'continue', deploymentId: watchedId, wait: 'READY_WAIT' }],
		[
			'deploy',
			{
				action: 'deploy',
				deploymentId: watchedId,
				purpose: 'roll-back',
				to: { application: group.application, group: group.name },
				from: 'last-successful',
				chosen: {},
				candidates: [],
				plan: planOf(),
			},
		],
		[
			'protect',
			{
				action: 'protect',
				deploymentId: watchedId,
				plan: createProtectionPlan(group, wish, { value: [alarm('checkout-5xx'), alarm('checkout-p99')] }),
				offered: [wish],
				left: [],
				chosen: 0,
			},
		],
	];

	/** What AWS is asked for, none of which it answers. */
	async function perform(request: ActionRequest, readOnly: boolean): Promise<readonly string[]> {
		const { parts } = open({}, { session: { readOnly } });
		const asked: string[] = [];
		const codeDeploy = new Proxy(parts.codeDeploy, {
			get: (_, operation) => async () => {
				asked.push(String(operation));
				throw failure('network');
			},
		});
		await createRunner({ ...parts, codeDeploy }).perform(request, 'InProgress');
		return asked;
	}

	test.each(requests)('%s: a read-only session asks AWS for nothing', async (_, request) => {
		expect(await perform(request, true)).toEqual([]);
		expect(await perform(request, false)).not.toEqual([]);
	});
});

describe('a call that fails', () => {
	test('because it is not allowed names the permission', async () => {
		const scene = open({ stop: failure('denied', { action: 'codedeploy:StopDeployment' }) });
		await scene.perform();
		expect(scene.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'failed']);
		expect(sentence(scene)).toMatchObject({
			tone: 'bad',
			text: 'stop and roll back failed: not allowed: codedeploy:StopDeployment',
		});
		expect(scene.told.filter(what => what.startsWith('read'))).toHaveLength(1);
	});

	test.each(['network', 'service'] as const)(
		'without an answer (%s) is read back, never sent again',
		async kind => {
			const scene = open({ stop: failure(kind), reads: [{}, { status: 'Stopped' }] });
			await scene.perform();
			expect(scene.told.filter(what => /^(stop|read)/.test(what))).toEqual([
				`read ${watchedId}`,
				`stop ${watchedId} true`,
				`read ${watchedId}`,
			]);
			expect(scene.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'unknown']);
			expect(sentence(scene)?.text).toContain('read back, the deployment is Stopped. It was not sent again');
			expect(scene.store.getState().rollouts.get(watchedId)?.deployment.data?.status).toBe('Stopped');
		},
	);

	test('without an answer, and without one to the question what came of it', async () => {
		const scene = open({ stop: failure('network'), reads: [{}, failure('network', { code: 'ETIMEDOUT' })] });
		await scene.perform();
		expect(sentence(scene)).toMatchObject({
			tone: 'bad',
			text: expect.stringContaining('and it cannot be read back (ETIMEDOUT'),
		});
	});

	test('by a defect of ours is told like any other, and does not end the program', async () => {
		const scene = open({ stop: new TypeError('x is undefined') });
		await expect(scene.perform()).resolves.toBeUndefined();
		expect(sentence(scene)?.text).toContain('x is undefined');
		expect(scene.told.at(-1)).toBe('nudge');
	});
});
