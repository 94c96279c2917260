import { describe, expect, test } from 'vitest';
import {
	type DeploymentStatus,
	deploymentElapsedMs,
	hasEnded,
	isWaitingToReroute,
} from '../../src/domain/deployment.ts';
import { shortConfigName } from '../../src/domain/deployment-config.ts';
import { effectiveAlarms, effectiveAutoRollback } from '../../src/domain/deployment-group.ts';
import { describeRevision, nameRevision, type Revision } from '../../src/domain/revision.ts';
import { emptyTally, tallyTotal } from '../../src/domain/tally.ts';
import { deployment } from './builders.ts';

test('only three statuses are final', () => {
	const statuses: DeploymentStatus[] = [
		'Created',
		'Queued',
		'InProgress',
		'Baking',
		'Ready',
		'Succeeded',
		'Failed',
		'Stopped',
		'Simmering',
	];
	const those = (is: typeof hasEnded) => statuses.filter(status => is(deployment({ status })));
	expect(those(hasEnded)).toEqual(['Succeeded', 'Failed', 'Stopped']);
	expect(those(isWaitingToReroute)).toEqual(['Ready']);
});

test.each([
	[{ createdAt: 1000, startedAt: 2000, completedAt: 5000 }, 3000],
	[{ createdAt: 1000, completedAt: 5000 }, 4000],
	[{ createdAt: 1000, startedAt: 2000 }, 8000],
	[{ createdAt: 1000 }, 9000],
	[{ startedAt: 5000, completedAt: 4000 }, 0],
	[{ startedAt: 12_000 }, 0],
	[{ completedAt: 5000 }, undefined],
	[{}, undefined],
])('a deployment with %j has taken %s ms', (times, ms) => {
	expect(deploymentElapsedMs(deployment(times), 10_000)).toBe(ms);
});

test('all targets of a deployment', () => {
	expect(tallyTotal(emptyTally)).toBe(0);
	expect(tallyTotal({ pending: 1, inProgress: 2, succeeded: 3, failed: 4, skipped: 5, ready: 6 })).toBe(21);
});

test.each([
	['CodeDeployDefault.HalfAtATime', 'HalfAtATime'],
	['CodeDeployDefault.ECSLinear10PercentEvery1Minutes', 'ECSLinear10PercentEvery1Minutes'],
	['My.CodeDeployDefault.Config', 'My.CodeDeployDefault.Config'],
])('%s is called %s', (name, short) => {
	expect(shortConfigName(name)).toBe(short);
});

describe('what the deployment sets goes before what the group sets', () => {
	const alarms = (name: string) => ({ enabled: true, ignorePollAlarmFailure: false, alarms: [name] });
	const group = {
		application: 'a',
		name: 'g',
		alarms: alarms('group’s'),
		autoRollback: { enabled: true, events: [] },
	};

	test('alarms', () => {
		const own = deployment({ alarmOverride: alarms('own') });
		expect(effectiveAlarms(own, group)).toEqual({ configuration: alarms('own'), from: 'deployment' });
		expect(effectiveAlarms(deployment(), group)).toEqual({ configuration: alarms('group’s'), from: 'group' });
		expect(effectiveAlarms(deployment(), undefined)).toBeUndefined();
	});

	test('automatic rollback', () => {
		const own = { enabled: false, events: [] };
		expect(effectiveAutoRollback(deployment({ autoRollback: own }), group)).toBe(own);
		expect(effectiveAutoRollback(deployment(), group)).toBe(group.autoRollback);
		expect(effectiveAutoRollback(deployment(), undefined)).toBeUndefined();
	});
});

describe('a revision', () => {
	const s3 = (key: string, version?: string): Revision => ({
		type: 's3',
		bucket: 'releases',
		key,
		...(version && { version }),
	});
	test.each<[Revision, name: string, inFull: string]>([
		[s3('checkout/build-4711.zip'), 'build-4711', 's3://releases/checkout/build-4711.zip'],
		[s3('app.tar.gz', 'v1'), 'app', 's3://releases/app.tar.gz?versionId=v1'],
		[s3('app-1.2.3.tgz'), 'app-1.2.3', 's3://releases/app-1.2.3.tgz'],
		[s3('appspec.yaml'), 'appspec', 's3://releases/appspec.yaml'],
		[s3('release-1.2.3'), 'release-1.2.3', 's3://releases/release-1.2.3'],
		[s3('folder/'), 'folder/', 's3://releases/folder/'],
		[s3('.zip'), '.zip', 's3://releases/.zip'],
		[
			{ type: 'github', repository: 'acme/checkout', commitId: 'abcdef0123456789' },
			'abcdef012',
			'github:acme/checkout@abcdef0123456789',
		],
		[{ type: 'appSpec', sha256: '0123456789abcdef' }, 'AppSpec 012345678', 'AppSpec sha256 0123456789abcdef'],
		[{ type: 'appSpec' }, 'AppSpec', 'AppSpec content'],
		[{ type: 'other', name: 'Tape' }, 'Tape', 'Tape'],
	])('%j', (revision, name, inFull) => {
		expect(nameRevision(revision)).toBe(name);
		expect(describeRevision(revision)).toBe(inFull);
	});
});
