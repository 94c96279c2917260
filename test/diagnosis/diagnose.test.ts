import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Diagnostics } from '../../src/domain/lifecycle-event.ts';
import { event, target } from '../domain/builders.ts';
import { bundle, caseWith, failedHost, goodHost, hostA, hostB, hostC, tail, told } from './support.ts';

const script = 'scripts/start.sh';

/** A hook that ended with 1 after printing `lines`. */
const exitOne = (...lines: readonly string[]): Diagnostics & { readonly event: string } => ({
	event: 'ApplicationStart',
	errorCode: 'ScriptFailed',
	scriptName: script,
	message: `Script at specified location: ${script} failed with exit code 1`,
	logTail: tail('ApplicationStart', script, ...lines),
});

/** The same as the agent reports it a second time. */
const again = { ...exitOne(), errorCode: 'UnknownError', scriptName: '', logTail: '' };

const portInUse = exitOne('[stderr]OSError: [Errno 98] Address already in use');
const noModule = exitOne("[stderr]Error: Cannot find module 'express'");
const denied = { event: 'DownloadBundle', message: 'Access Denied' };

describe('nothing is found', () => {
	test('where nothing failed', () => {
		expect(diagnose(caseWith([goodHost(hostA)], { status: 'Succeeded' }))).toEqual([]);
		expect(diagnose(caseWith([], { status: 'InProgress' }))).toEqual([]);
		expect(
			diagnose(
				caseWith([target(hostA, 'InProgress', [event('Install', 'InProgress')])], { status: 'InProgress' }),
			),
		).toEqual([]);
	});
	test('where targets were only skipped', () => {
		expect(
			diagnose(caseWith([target(hostA, 'Skipped', [event('Install', 'Skipped')])], { status: 'InProgress' })),
		).toEqual([]);
	});
});

describe('failures are taken together', () => {
	test('where message and output are alike, whatever numbers and ids are in them', () => {
		const hosts = [
			failedHost(
				hostA,
				exitOne('[stdout]pid 7249', '[stderr]Error: listen EADDRINUSE: address already in use :::3000'),
			),
			failedHost(
				hostB,
				exitOne('[stdout]pid 811', '[stderr]Error: listen EADDRINUSE: address already in use :::3000'),
			),
		];
		const findings = diagnose(caseWith(hosts));
		expect(told(findings)).toEqual(['port-in-use: certain']);
		expect(findings[0]?.targets).toEqual([hostA, hostB]);
	});
	test('and not where the same message has different reasons', () => {
		const findings = diagnose(
			caseWith([failedHost(hostA, portInUse), failedHost(hostB, noModule), failedHost(hostC, noModule)]),
		);
		expect(findings.map(({ cause, targets }) => [cause, targets])).toEqual([
			['module-not-found', [hostB, hostC]],
			['port-in-use', [hostA]],
		]);
	});
	test('those whose output was lost belong to the only reason there is', () => {
		const findings = diagnose(caseWith([failedHost(hostA, again), failedHost(hostB, portInUse)]));
		expect(findings.map(({ cause, targets }) => [cause, targets])).toEqual([['port-in-use', [hostB, hostA]]]);
	});
	test('and to none if there are several', () => {
		const hosts = [failedHost(hostA, again), failedHost(hostB, portInUse), failedHost(hostC, noModule)];
		expect(told(diagnose(caseWith(hosts))).toSorted()).toEqual([
			'module-not-found: certain',
			'port-in-use: certain',
			'unknown-failure: possible',
		]);
	});
});

describe('findings are ranked', () => {
	test('the larger groups first, then the surer', () => {
		const hosts = [
			failedHost('i-00000001', { event: 'Install', message: 'something new' }),
			failedHost('i-00000002', denied),
			failedHost('i-00000003', portInUse),
			failedHost('i-00000004', portInUse),
		];
		expect(told(diagnose(caseWith(hosts)))).toEqual([
			'port-in-use: certain',
			's3-access-denied: likely',
			'unknown-failure: possible',
		]);
	});
	test('failures that the deployment bears are warnings', () => {
		const hosts = [failedHost(hostA, denied), goodHost(hostB)];
		expect(diagnose(caseWith(hosts, { status: 'Succeeded' }))[0]?.severity).toBe('warning');
		expect(diagnose(caseWith(hosts, { status: 'InProgress' }))[0]?.severity).toBe('error');
	});
});

describe('the previous revision', () => {
	const stop = { ...exitOne('[stderr]kill: (999) - No such process'), event: 'ApplicationStop' };

	test('supplies the scripts of some events, which decides what helps', () => {
		const findings = diagnose(caseWith([failedHost(hostA, stop)]));
		expect(told(findings)).toEqual(['script-exit-nonzero: certain', 'previous-revision-script: certain']);
		expect(findings[1]?.remedy.commands).toContainEqual(
			expect.stringContaining('--ignore-application-stop-failures'),
		);
	});
	test('is not told where it has nothing to do with it', () => {
		expect(told(diagnose(caseWith([failedHost(hostA, portInUse)])))).toEqual(['port-in-use: certain']);
		const unreachable = {
			event: 'ApplicationStop',
			message: 'CodeDeploy agent was not able to receive the lifecycle event',
		};
		expect(told(diagnose(caseWith([failedHost(hostA, unreachable)])))).toEqual([
			'agent-unreachable: certain',
		]);
	});
	test('is the newest one in a rollback of a blue/green deployment', () => {
		const more = { type: 'BLUE_GREEN', creator: 'codeDeployRollback' } as const;
		const block = { ...stop, event: 'BeforeBlockTraffic' };
		expect(told(diagnose(caseWith([failedHost(hostA, block)], more)))).toEqual([
			'script-exit-nonzero: certain',
			'rollback-failed: certain',
		]);
	});
});

describe('a target that failed without a failed event', () => {
	test('was perhaps never reached', () => {
		const host = target(hostA, 'Failed', [event('ApplicationStop', 'Skipped'), event('Install', 'Skipped')]);
		expect(told(diagnose(caseWith([host])))).toEqual(['agent-unreachable: possible']);
	});
});

test('commands name the host, and go there first', () => {
	const { remedy } = diagnose(caseWith([failedHost(hostA, portInUse)], {}, { profile: 'prod eu' }))[0] ?? {};
	expect(remedy?.commands).toEqual([
		`aws ssm start-session --target ${hostA} --region eu-west-1 --profile 'prod eu'`,
		`sudo ss -ltnp  # on ${hostA}`,
	]);
});

test('a redeployment names the revision in full', () => {
	const exists = {
		event: 'Install',
		message: 'The deployment failed because a specified file already exists at this location: /srv/a b',
	};
	const revision = { ...bundle, version: 'v1', eTag: 'e1' };
	expect(diagnose(caseWith([failedHost(hostA, exists)], { revision }))[0]?.remedy.commands).toEqual([
		`aws deploy create-deployment --application-name checkout-api --deployment-group-name prod-blue --deployment-config-name CodeDeployDefault.HalfAtATime --revision '{"revisionType":"S3","s3Location":{"bucket":"acme-artifacts","key":"releases/checkout-api/build-4711.zip","bundleType":"zip","version":"v1","eTag":"e1"}}' --file-exists-behavior OVERWRITE --region eu-west-1`,
		`aws ssm start-session --target ${hostA} --region eu-west-1`,
		`ls -la '/srv/a b'  # on ${hostA}`,
	]);
});

describe('hosts with Windows', () => {
	const powerShell = {
		event: 'AfterInstall',
		errorCode: 'ScriptMissing',
		scriptName: "scripts\\it's ‘here’.ps1",
		message:
			'Script does not exist at specified location: C:/ProgramData/Amazon/CodeDeploy/x/deployment-archive/y.ps1',
	};

	test('get commands of PowerShell', () => {
		const group = { application: 'a', name: 'g', id: 'group-1' };
		const [finding] = diagnose(caseWith([failedHost(hostA, powerShell)], {}, { group }));
		expect(finding?.remedy.commands.slice(1)).toEqual([
			`Get-ChildItem 'C:\\ProgramData\\Amazon\\CodeDeploy\\group-1\\d-75I7MBT7C\\deployment-archive\\scripts\\'  # on ${hostA}`,
		]);
		const timedOut = {
			...powerShell,
			errorCode: 'ScriptTimedOut',
			message: 'failed to complete in 9 seconds',
		};
		expect(diagnose(caseWith([failedHost(hostA, timedOut)], {}, { group }))[0]?.remedy.commands[1]).toBe(
			`Get-Content -Tail 200 'C:\\ProgramData\\Amazon\\CodeDeploy\\group-1\\d-75I7MBT7C\\logs\\scripts.log'  # on ${hostA}`,
		);
	});
	test('and their file names in its quotes', () => {
		const failing = {
			...powerShell,
			errorCode: 'ScriptFailed',
			message: 'Script at specified location: a.ps1 failed with exit code 1',
		};
		const { remedy } = diagnose(caseWith([failedHost(hostA, failing)]))[0] ?? {};
		expect(remedy?.commands.at(-1)).toContain("it''s ‘‘here’’.ps1'");
	});
});
