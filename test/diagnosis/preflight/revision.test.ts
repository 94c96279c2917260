import { describe, expect, test } from 'vitest';
import type { PastDeployment } from '../../../src/diagnosis/preflight/facts.ts';
import { asDeploymentId } from '../../../src/domain/ids.ts';
import { event, target } from '../../domain/builders.ts';
import { decision, head, role, serviceRole } from '../known.ts';
import { bundle } from '../support.ts';
import {
	check,
	denied,
	expectRow,
	facts,
	grouped,
	hostId,
	lastSuccessful,
	noonMs,
	type Row,
	ran,
} from './support.ts';

/** Whether what is deployed is there, whether CodeDeploy may, and what the last deployments tell of its hooks. */

describe('the bundle', () => {
	const missing = { type: 'missing', what: 'object', deleted: false } as const;
	const deleted = { ...missing, deleted: true };
	test.each<Row>([
		[{}, 'ok', 'of d-LASTGOOD0: it is there: 60 MiB, eu-west-1'],
		[{ revision: bundle }, 'ok', 'it is there: 60 MiB, eu-west-1'],
		[{ revision: bundle, bundle: { answer: missing } }, 'error', 'the bundle is not in the bucket'],
		[{ bundle: { answer: missing } }, 'warning', 'of d-LASTGOOD0: the bundle is not in the bucket'],
		[
			{ revision: bundle, bundle: { answer: deleted } },
			'error',
			'the bundle was deleted from the bucket; older versions may be there',
		],
		[
			{ revision: bundle, bundle: { answer: { type: 'elsewhere', region: 'us-east-1' } } },
			'error',
			'the bucket is in us-east-1, not in eu-west-1',
		],
		[
			{ revision: bundle, bundle: { answer: { ...head, region: 'us-east-1' } } },
			'error',
			'the bucket is in us-east-1, not in eu-west-1',
		],
		[
			{ revision: bundle, bundle: { answer: { type: 'denied', action: 's3:GetObject' } } },
			'unknown',
			'needs s3:GetObject',
		],
		[
			{ revision: { type: 'github', repository: 'a/b', commitId: '0123456' } },
			'not-applicable',
			'the revision is on GitHub',
		],
		[
			{ lastSuccessful: { answer: 'nothing' } },
			'not-applicable',
			'nothing has been deployed yet that could be returned to',
		],
		[
			{ lastSuccessful: denied('codedeploy:BatchGetDeployments') },
			'unknown',
			'needs codedeploy:BatchGetDeployments',
		],
	])('%j', (...row) => {
		const [change, verdict, summary] = row;
		const found = check(facts(change), 'bundle');
		if (verdict !== 'unknown') expectRow('bundle', row);
		else expect([found.verdict, found.summary.includes(summary)]).toEqual([verdict, true]);
	});
});

describe('the service role', () => {
	const name = 'CodeDeployServiceRole';
	test.each<Row>([
		[{}, 'ok', `CodeDeploy may assume ${name}, 2 permissions checked`],
		[{ serviceRole: { answer: 'nothing' } }, 'error', 'the role does not exist'],
		[
			{ serviceRole: { answer: { role: role(name, 'ec2'), decisions: [] } } },
			'error',
			`CodeDeploy may not assume ${name}`,
		],
		[
			{
				serviceRole: {
					answer: { ...serviceRole, decisions: [decision('ec2:DescribeInstances', 'denied')] },
				},
			},
			'error',
			`${name} lacks ec2:DescribeInstances`,
		],
		[{ serviceRole: denied('iam:GetRole') }, 'unknown', 'needs iam:GetRole'],
	])('%j', (...row) => expectRow('service-role', row));
});

describe('validation', () => {
	const idle = (more: Partial<typeof lastSuccessful> = {}) => ran('ValidateService', [40, 90], more);
	const past = (...deployments: readonly PastDeployment[]) => ({ past: { answer: deployments } });
	const seems = 'nothing seems to be validated';
	const service = (more: Parameters<typeof grouped>[0] = {}) => grouped({ platform: 'ECS', ...more });
	const hooked = JSON.stringify({ Hooks: [{ BeforeAllowTraffic: 'check' }] });
	test.each<Row>([
		[{}, 'ok', 'ValidateService does some work'],
		[past(idle()), 'warning', `ValidateService took no time on any host in the last deployment: ${seems}`],
		[
			past(idle(), idle({ id: asDeploymentId('d-BEFORE000') })),
			'warning',
			`ValidateService took no time on any host in the last 2 deployments: ${seems}`,
		],
		[
			{ ...past(idle()), ...grouped({ loadBalancers: [{ kind: 'target-group', name: 'web' }] }) },
			'info',
			`ValidateService took no time on any host in the last deployment: ${seems}`,
		],
		[past(ran('ValidateService', [40, 3000])), 'ok', 'ValidateService does some work'],
		[past(ran('Install', [2000])), 'unknown', 'the last deployments do not tell what ValidateService took'],
		[past(idle({ status: 'Failed' })), 'not-applicable', 'no deployment has succeeded that would show it'],
		[
			past(idle({ creator: 'codeDeployRollback' })),
			'not-applicable',
			'no deployment has succeeded that would show it',
		],
		[
			{ past: denied('codedeploy:BatchGetDeploymentTargets') },
			'unknown',
			'needs codedeploy:BatchGetDeploymentTargets',
		],
		[{ ...service(), appSpec: { answer: hooked } }, 'ok', 'the AppSpec names 1 hook'],
		[
			{ ...service(), appSpec: { answer: '{"Hooks":[]}' } },
			'info',
			'no hook looks at the new version before it has the traffic',
		],
		[
			{
				...service({ alarms: { enabled: false, ignorePollAlarmFailure: false, alarms: [] } }),
				appSpec: { answer: '{"Hooks":[]}' },
			},
			'warning',
			'no hook looks at the new version before it has the traffic',
		],
		[{ ...service(), ...past(ran('BeforeAllowTraffic', [2500])) }, 'ok', 'hooks do some work'],
		[
			{ ...service(), ...past(ran('BeforeAllowTraffic', [90])) },
			'info',
			'no hook looks at the new version before it has the traffic',
		],
		[
			{ ...service(), ...past(ran('AllowTraffic', [90_000])) },
			'unknown',
			'neither the AppSpec nor the last deployments tell of a hook',
		],
	])('%j', (...row) => expectRow('validation', row));

	test('agent 1 says itself that it had nothing to do', () => {
		const diagnostics = {
			errorCode: 'Success',
			scriptName: '',
			message: 'Succeeded: CompletedNoopCommand',
			logTail: '',
		};
		const slow = event('ValidateService', 'Succeeded', {
			startedAt: noonMs,
			endedAt: noonMs + 9000,
			diagnostics,
		});
		const noop = { deployment: lastSuccessful, targets: [target(hostId(1), 'Succeeded', [slow])] };
		expect(check(facts(past(noop)), 'validation').severity).toBe('warning');
	});
});

describe('hook times', () => {
	const minute = 60_000;
	const past = (...deployments: readonly PastDeployment[]) => ({ past: { answer: deployments } });
	const timedOut = (seconds: number): PastDeployment => ({
		deployment: { ...lastSuccessful, id: asDeploymentId('d-TIMEDOUT0'), status: 'Failed' },
		targets: [
			target(hostId(9), 'Failed', [
				event('AfterInstall', 'Failed', {
					startedAt: noonMs,
					endedAt: noonMs + seconds * 1000,
					diagnostics: {
						errorCode: 'ScriptTimedOut',
						scriptName: 'a.sh',
						message: `Script at specified location: a.sh failed to complete in ${seconds} seconds`,
						logTail: '',
					},
				}),
			]),
		],
	});
	test.each<Row>([
		[{}, 'ok', 'none near its time; ValidateService took 5s of 1h00m'],
		[
			past(ran('AfterInstall', [minute, 47 * minute])),
			'ok',
			'none near its time; AfterInstall took 47m00s of 1h00m',
		],
		[past(ran('AfterInstall', [minute, 48 * minute])), 'warning', 'AfterInstall took 48m00s of 1h00m'],
		[past(ran('AfterInstall', [4 * minute]), timedOut(300)), 'warning', 'AfterInstall took 4m00s of 5m00s'],
		[
			past(ran('AfterInstall', [minute]), timedOut(300)),
			'ok',
			'none near its time; AfterInstall took 1m00s of 5m00s',
		],
		[
			past(timedOut(300), ran('AfterInstall', [minute])),
			'warning',
			'AfterInstall ran into its timeout of 5m00s',
		],
		[past(timedOut(300)), 'warning', 'AfterInstall ran into its timeout of 5m00s'],
		[
			{ ...grouped({ platform: 'ECS' }), ...past(ran('AllowTraffic', [90 * minute])) },
			'unknown',
			'the last deployments do not tell what their events took',
		],
		[
			{ ...grouped({ platform: 'Lambda' }), ...past(ran('AfterAllowTraffic', [55 * minute])) },
			'warning',
			'AfterAllowTraffic took 55m00s of 1h00m',
		],
		[past(), 'not-applicable', 'no deployment shows what hooks take'],
		[
			{ past: denied('codedeploy:ListDeploymentTargets') },
			'unknown',
			'needs codedeploy:ListDeploymentTargets',
		],
	])('%j', (...row) => expectRow('hook-times', row));
});
