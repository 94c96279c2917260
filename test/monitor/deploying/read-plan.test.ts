import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../../src/domain/deployment-group.ts';
import { asDeploymentId, type DeploymentId } from '../../../src/domain/ids.ts';
import type { Revision } from '../../../src/domain/revision.ts';
import { rollbackDescription } from '../../../src/domain/rollback.ts';
import { GatewayFailure } from '../../../src/gateway/failure.ts';
import { type PlanParts, readDeployPlan } from '../../../src/monitor/deploying/read-plan.ts';
import type { DeployWish } from '../../../src/monitor/deploying/wish.ts';
import { activeStatuses } from '../../../src/monitor/list-deployments.ts';
import { deployment, group, revision } from '../../view/support/stories.ts';

const id = (number: number): DeploymentId => asDeploymentId(`d-00000000${number}`);
const noon = 1_000_000_000;

/** `made(3, 4699)`: the third deployment, which brought build-4699. */
const made = (number: number, build: number, more: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot =>
	deployment({
		id: id(number),
		status: 'Succeeded',
		createdAt: noon + number,
		revision: revision(build),
		...more,
	});
const failed = { status: 'Failed' } as const;

const failure = (kind: 'missing' | 'denied', action?: string) =>
	new GatewayFailure({
		kind,
		operation: 'X',
		code: 'SomeException',
		detail: 'no',
		...(action && { action }),
	});

/** A group with these deployments, asked as AWS would be; and how often it was. */
async function plan(
	past: readonly DeploymentSnapshot[],
	wish: Partial<DeployWish> = {},
	{ settings = {}, texts = {}, head }: Setting = {},
) {
	const calls: string[] = [];
	const newest = past.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
	const success = newest.find(({ status }) => status === 'Succeeded');
	const refuse = () => Promise.reject(new Error('nobody asks for this'));
	const codeDeploy: Pick<
		PlanParts['gateways']['codeDeploy'],
		'getDeploymentGroup' | 'listDeployments' | 'getDeployments' | 'getDeployment' | 'getAppSpecContent'
	> = {
		async getDeploymentGroup() {
			calls.push('group');
			return group({
				configName: 'CodeDeployDefault.HalfAtATime',
				...(newest[0] && { lastAttempted: { id: newest[0].id } }),
				...(success && { lastSuccessful: { id: success.id } }),
				...settings,
			});
		},
		async listDeployments({ statuses }) {
			calls.push('list');
			const found = newest.filter(({ status }) => statuses === undefined || statuses.includes(status));
			// AWS promises no order.
			return { items: found.map(each => each.id).toSorted() };
		},
		async getDeployments(ids) {
			calls.push('get');
			return newest.filter(each => ids.includes(each.id));
		},
		async getDeployment(wanted) {
			calls.push('get');
			const found = [...newest, foreign].find(each => each.id === wanted);
			if (!found) throw failure('missing');
			return found;
		},
		async getAppSpecContent(_application, sha256) {
			const text = texts[sha256];
			if (text === undefined) throw failure('denied', 'codedeploy:GetApplicationRevision');
			return { content: text, isAltered: sha(text) !== sha256 };
		},
	};
	const gateways = {
		codeDeploy: { ...everythingElse(refuse), ...codeDeploy },
		alarms: {
			describeAlarms: async (names: readonly string[]) =>
				names.map(name => ({ name, kind: 'metric' as const, state: 'OK' as const, reason: '' })),
			getSeries: refuse,
			getTransitions: refuse,
		},
		bundles: { head: head ?? (async () => ({ type: 'found' as const })), read: refuse },
	};
	const parts: PlanParts = { gateways, signal: new AbortController().signal };
	const names = { application: 'checkout-api', group: 'prod-blue' };
	const read = await readDeployPlan({ purpose: 'roll-back', ...names, ...wish }, parts);
	return { ...read, calls };
}

type Setting = {
	readonly settings?: Partial<DeploymentGroupSnapshot>;
	/** AppSpecs by hash. */
	readonly texts?: Readonly<Record<string, string>>;
	readonly head?: PlanParts['gateways']['bundles']['head'];
};

const sha = (text: string) => createHash('sha256').update(text).digest('hex');

const byHand = (undone: number, to: number) => ({ description: rollbackDescription(id(undone), id(to)) });

const foreign = made(9, 1, { group: 'staging' });

function everythingElse(refuse: () => Promise<never>) {
	return {
		listTargetIds: refuse,
		getTargets: refuse,
		getDeploymentConfig: refuse,
		listApplications: refuse,
		listDeploymentGroups: refuse,
		getDeploymentGroups: refuse,
		stopDeployment: refuse,
		continueDeployment: refuse,
		createDeployment: refuse,
		updateDeploymentGroup: refuse,
	};
}

describe('a rollback returns to', () => {
	test.each<[string, readonly DeploymentSnapshot[], number | undefined]>([
		[
			'the last success, not the last attempt',
			[made(1, 10), made(2, 20), made(3, 30, failed), made(4, 40, failed)],
			2,
		],
		['the same revision, if that failed once more', [made(1, 10), made(2, 20), made(3, 20, failed)], 2],
		['the success before, if the newest succeeded', [made(1, 10), made(2, 20), made(3, 30)], 2],
		['another revision, if the newest succeeded', [made(1, 10), made(2, 20), made(3, 20), made(4, 20)], 1],
		[
			'the last success, whatever a new machine got since',
			[made(1, 10), made(2, 20), made(3, 30, failed), made(4, 20, { creator: 'autoscaling' })],
			4,
		],
		[
			'not what was rolled back by hand already, but further back',
			[made(1, 10), made(2, 20), made(3, 30), made(4, 20, byHand(3, 2))],
			1,
		],
		[
			'nothing of all that was rolled back, one after the other',
			[made(1, 10), made(2, 20), made(3, 30), made(4, 20, byHand(3, 2)), made(5, 10, byHand(4, 1))],
			undefined,
		],
		['nothing, if nothing succeeded', [made(1, 10, failed)], undefined],
		['nothing, if there was one revision only', [made(1, 10), made(2, 10)], undefined],
		['nothing, if nothing was deployed', [], undefined],
	])('%s', async (_, past, number) => {
		const read = await plan(past);
		expect(read.from?.id).toBe(number === undefined ? undefined : id(number));
		expect(read.revision).toEqual(number === undefined ? undefined : past[number - 1]?.revision);
		expect(read.calls.length).toBeLessThan(8);
	});

	test('what is named, also to a deployment that failed, and no other group’s', async () => {
		const past = [made(1, 10), made(2, 20, failed), made(3, 30)];
		expect((await plan(past, { from: id(1) })).from?.id).toBe(id(1));
		expect((await plan(past, { from: id(2) })).from).toMatchObject(failed);
		await expect(plan(past, { from: id(9) })).rejects.toThrow(
			/is a deployment of group “staging” of application/,
		);
		await expect(plan(past, { from: id(8) })).rejects.toThrow(
			/^there is no deployment d-000000008: expected an/,
		);
		const nameless = { ...made(4, 40) };
		Reflect.deleteProperty(nameless, 'revision');
		await expect(plan([...past, nameless], { from: id(4) })).rejects.toThrow(/names no revision/);
	});
});

test('a deployment takes the newest revision again, or the one that is named', async () => {
	const past = [made(1, 10), made(2, 20, failed)];
	expect((await plan(past, { purpose: 'redeploy' })).revision).toEqual(revision(20));
	const named = await plan(past, { purpose: 'deploy', revision: revision(99) });
	expect(named).toMatchObject({ revision: revision(99), latest: { id: id(2) } });
	expect(named.from).toBeUndefined();
});

test('candidates are told once for each revision, the newest first', async () => {
	const read = await plan([made(1, 10), made(2, 20), made(3, 10), made(4, 30), made(5, 40)]);
	expect(read.candidates.map(each => each.id)).toEqual([id(4), id(3), id(2)]);
});

test.each(activeStatuses)('a deployment that is %s has the group', async status => {
	const read = await plan([made(1, 10), made(2, 20, { status })]);
	expect(read.active?.id).toBe(id(2));
});

test('the configuration is that of the deployment it returns to, where it is not the group’s', async () => {
	const past = [made(1, 10, { configName: 'Careful' }), made(2, 20, failed)];
	expect((await plan(past)).configName).toBe('Careful');
	expect((await plan(past, { configName: 'Mine' })).configName).toBe('Mine');
	expect((await plan([made(1, 10), made(2, 20, failed)])).configName).toBeUndefined();
});

describe('what only tells more', () => {
	const appSpec = (text: string): Revision => ({ type: 'appSpec', sha256: sha(text) });
	const past = [
		made(1, 1, { revision: appSpec('old') }),
		made(2, 2, { revision: appSpec('new'), ...failed }),
	];

	test('is the text of AppSpecs, which becomes part of the revision', async () => {
		const read = await plan(past, {}, { texts: { [sha('old')]: 'old', [sha('new')]: 'new' } });
		expect(read.appSpecs).toEqual({ wanted: { value: 'old' }, current: { value: 'new' }, isAltered: false });
		expect(read.revision).toEqual({ ...appSpec('old'), content: 'old' });
		const altered = await plan(past, {}, { texts: { [sha('old')]: 'old, cleaned' } });
		expect(altered.appSpecs).toMatchObject({ isAltered: true });
	});

	test('may be out of reach, and then says why', async () => {
		const unread = { unread: 'not allowed: codedeploy:GetApplicationRevision' };
		expect((await plan(past)).appSpecs).toEqual({ wanted: unread, current: unread, isAltered: false });
		const head = () => Promise.reject(failure('denied', 's3:GetObject'));
		const read = await plan([made(1, 10), made(2, 20, failed)], {}, { head });
		expect(read.bundle).toEqual({ unread: 'not allowed: s3:GetObject' });
	});

	test('are the alarms of the group, if they are on', async () => {
		const alarms = { enabled: true, ignorePollAlarmFailure: false, alarms: ['a'] };
		const all = [made(1, 10), made(2, 20, failed)];
		expect((await plan(all, {}, { settings: { alarms } })).alarms).toMatchObject({ value: [{ name: 'a' }] });
		const off = { ...alarms, enabled: false };
		expect((await plan(all, {}, { settings: { alarms: off } })).alarms).toBeUndefined();
	});
});
