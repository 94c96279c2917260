import { describe, expect, test } from 'vitest';
import { countFailures, readTargets } from '../read-targets.ts';
import { type OpenSimulator, openSimulator } from '../support.ts';
import { askS3 } from '../wire.ts';

type Group = {
	readonly lastSuccessfulDeployment: { readonly deploymentId: string };
	readonly lastAttemptedDeployment: { readonly deploymentId: string };
};

const checkout = { applicationName: 'checkout-api', deploymentGroupName: 'prod-blue' };
const payments = { applicationName: 'payments', deploymentGroupName: 'prod' };

async function lastGood({ call }: OpenSimulator, names: typeof checkout) {
	const { body } = await call('GetDeploymentGroup', names);
	const group = body.deploymentGroupInfo as Group;
	const { deploymentId } = group.lastSuccessfulDeployment;
	expect(deploymentId).not.toBe(group.lastAttemptedDeployment.deploymentId);
	const read = await call('GetDeployment', { deploymentId });
	return (read.body.deploymentInfo as { revision: Record<string, unknown> }).revision;
}

async function rollBack(open: OpenSimulator, names: typeof checkout, options: object = {}) {
	const { body } = await open.call('CreateDeployment', {
		...names,
		revision: await lastGood(open, names),
		...options,
	});
	return open.untilEnded(String(body.deploymentId));
}

const untilAlarmIsOkMs = 120_000;

describe('by-hand', () => {
	test('begins after a failure that nothing rolls back, on a mixed fleet', async () => {
		const open = await openSimulator('by-hand');
		const info = await open.untilEnded(open.sim.deploymentId);
		expect(info).toMatchObject({ status: 'Failed', rollbackInfo: {} });
		expect(info.deploymentOverview).toMatchObject({ Succeeded: 2, Failed: 6, Skipped: 4 });
		expect(await open.rollbackOf(open.sim.deploymentId)).toBeUndefined();
		expect(await lastGood(open, checkout)).toMatchObject({
			s3Location: { key: 'releases/checkout-api/build-4699.zip', version: expect.any(String) },
		});
	});

	test('an alarm stops whoever does not override it, for two minutes', async () => {
		const open = await openSimulator('by-hand');
		expect(await rollBack(open, checkout)).toMatchObject({
			status: 'Stopped',
			errorInformation: { message: expect.stringContaining('<checkout-5xx>') },
		});
		const overrideAlarmConfiguration = { enabled: false };
		expect(await rollBack(open, checkout, { overrideAlarmConfiguration })).toMatchObject({
			status: 'Succeeded',
		});
	});

	test('later nothing has to be overridden; two hosts cannot stop the release that failed', async () => {
		const open = await openSimulator('by-hand');
		open.pass(untilAlarmIsOkMs);
		const info = await rollBack(open, checkout);
		expect(info).toMatchObject({ status: 'Succeeded', deploymentOverview: { Succeeded: 10, Failed: 2 } });
		const failed = (await readTargets(open.call, info.deploymentId)).filter(each => each.status === 'Failed');
		expect(
			failed.map(({ lifecycleEvents }) => lifecycleEvents.find(each => each.status === 'Failed')),
		).toEqual(
			Array(2).fill(
				expect.objectContaining({
					lifecycleEventName: 'ApplicationStop',
					diagnostics: expect.objectContaining({ scriptName: 'scripts/stop.sh' }),
				}),
			),
		);
	});

	test('the failure to stop can be ignored', async () => {
		const open = await openSimulator('by-hand');
		open.pass(untilAlarmIsOkMs);
		const info = await rollBack(open, checkout, { ignoreApplicationStopFailures: true });
		expect(info).toMatchObject({ status: 'Succeeded', deploymentOverview: { Succeeded: 12, Failed: 0 } });
		const targets = await readTargets(open.call, info.deploymentId);
		const events = targets.flatMap(({ lifecycleEvents }) => lifecycleEvents);
		expect(events.filter(({ status }) => status === 'Failed')).toHaveLength(2);
	});

	test('the bundle of the last good one is there in its version, the oldest has been deleted', async () => {
		const open = await openSimulator('by-hand');
		const { s3Location } = (await lastGood(open, checkout)) as { s3Location: { version: string } };
		const path = (number: number) => `/acme-artifacts/releases/checkout-api/build-${number}.zip`;
		const there = await askS3(open, 'HEAD', `${path(4699)}?versionId=${s3Location.version}`);
		expect(there.status).toBe(200);
		expect(there.headers.get('x-amz-version-id')).toBe(s3Location.version);
		const gone = await askS3(open, 'HEAD', path(4671));
		expect(gone.status).toBe(404);
		expect(gone.headers.get('x-amz-delete-marker')).toBe('true');
		const revision = { revisionType: 'S3', s3Location: { bucket: 'acme-artifacts', bundleType: 'zip' } };
		Object.assign(revision.s3Location, { key: 'releases/checkout-api/build-4671.zip' });
		open.pass(untilAlarmIsOkMs);
		const created = await open.call('CreateDeployment', {
			...checkout,
			revision,
			ignoreApplicationStopFailures: true,
		});
		const deploymentId = String(created.body.deploymentId);
		expect(await open.untilEnded(deploymentId)).toMatchObject({ status: 'Failed' });
		const failures = countFailures(await readTargets(open.call, deploymentId));
		expect(failures).toMatchObject({ 'DownloadBundle: -, UnknownError': expect.any(Number) });
		const version = await askS3(open, 'HEAD', `${path(4671)}?versionId=${s3Location.version}`);
		expect(version.status).toBe(404);
		expect(version.headers.get('x-amz-delete-marker')).toBeNull();
	});
});

describe('by-hand-ecs', () => {
	test('the content of the last good AppSpec can be had, and deployed', async () => {
		const open = await openSimulator('by-hand-ecs');
		expect(await open.untilEnded(open.sim.deploymentId)).toMatchObject({
			status: 'Failed',
			errorInformation: { code: 'HOOK_EXECUTION_FAILURE' },
			rollbackInfo: {},
		});
		const revision = await lastGood(open, payments);
		expect(revision).toEqual({
			revisionType: 'AppSpecContent',
			appSpecContent: { sha256: expect.any(String) },
		});
		const { body } = await open.call('GetApplicationRevision', { applicationName: 'payments', revision });
		const full = body.revision as { appSpecContent: { content: string } };
		expect(full.appSpecContent.content).toContain('task-definition/payments:71');
		const created = await open.call('CreateDeployment', { ...payments, revision: full });
		expect(await open.untilEnded(String(created.body.deploymentId))).toMatchObject({ status: 'Succeeded' });
	});
});
