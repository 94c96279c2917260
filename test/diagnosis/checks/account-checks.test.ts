import { describe, expect, test } from 'vitest';
import type { DiagnosisCase } from '../../../src/diagnosis/case.ts';
import type { CheckId } from '../../../src/diagnosis/check.ts';
import type { Knowledge } from '../../../src/diagnosis/knowledge.ts';
import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import {
	check,
	decision,
	head,
	healthy,
	healthyCase,
	healthyHost,
	keyArn,
	knowing,
	role,
	serviceRole,
} from '../known.ts';
import { bundle, caseWith } from '../support.ts';

/** The service role and the bundle, as the checklist judges them. */

const words = (of: DiagnosisCase, id: CheckId) => {
	const { verdict, severity, summary } = check(of, id);
	return [severity ?? verdict, summary];
};

describe('the service role', () => {
	const of = (known: Partial<Knowledge>) => healthyCase({ knowledge: knowing(healthyHost, known) });
	const having = (change: Partial<typeof serviceRole>) =>
		of({ serviceRole: { answer: { ...serviceRole, ...change } } });

	test.each<[string, DiagnosisCase, string, string]>([
		[
			'all is allowed',
			of(healthy),
			'ok',
			'CodeDeploy may assume CodeDeployServiceRole, 2 permissions checked',
		],
		['there is none', of({ serviceRole: { answer: 'nothing' } }), 'problem', 'the role does not exist'],
		[
			'it trusts another service',
			having({ role: role('CodeDeployServiceRole', 'ec2') }),
			'problem',
			'CodeDeploy may not assume CodeDeployServiceRole',
		],
		[
			'it lacks a permission',
			having({
				decisions: [decision('ec2:DescribeInstances', 'denied'), decision('tag:GetResources', 'allowed')],
			}),
			'problem',
			'CodeDeployServiceRole lacks ec2:DescribeInstances',
		],
		[
			'a permission hangs on a condition',
			having({
				decisions: [decision('ec2:DescribeInstances', 'unknown', { reason: 'depends on aws:SourceIp' })],
			}),
			'unknown',
			'ec2:DescribeInstances: depends on aws:SourceIp',
		],
		[
			'its policies may not be read',
			having({
				decisions: [decision('ec2:DescribeInstances', 'unknown', { needs: ['iam:SimulatePrincipalPolicy'] })],
			}),
			'unknown',
			'needs iam:SimulatePrincipalPolicy',
		],
		[
			'it may not be looked at',
			of({ serviceRole: { unanswered: 'no', needs: 'iam:GetRole' } }),
			'unknown',
			'needs iam:GetRole',
		],
		['nobody has asked yet', of({}), 'pending', ''],
	])('%s', (_, known, verdict, summary) => {
		expect(words(known, 'service-role')).toEqual([verdict, summary]);
	});
	test('what it lacks can be added by a command, what is denied cannot', () => {
		const added = check(having({ decisions: [decision('ec2:DescribeInstances', 'denied')] }), 'service-role');
		expect(added.remedy?.commands.at(-1)).toContain(
			'aws iam put-role-policy --role-name CodeDeployServiceRole',
		);
		const denied = decision('ec2:DescribeInstances', 'denied', { reason: 'lockdown denies it' });
		const { remedy } = check(having({ decisions: [denied] }), 'service-role');
		expect(remedy?.commands.join('\n')).not.toContain('put-role-policy');
	});
});

describe('the bundle', () => {
	const of = (known: Partial<Knowledge>, more: Partial<DeploymentSnapshot> = {}) =>
		caseWith([], more, { knowledge: knowing({}, known) });
	const found = (change: object) => of({ bundle: { answer: { ...head, ...change } } });

	test.each<[string, DiagnosisCase, string, string]>([
		['is there', of(healthy), 'ok', 'it is there: 60 MiB, eu-west-1'],
		[
			'is encrypted and versioned',
			found({ version: 'v7', encryption: { algorithm: 'aws:kms', kmsKeyArn: keyArn } }),
			'ok',
			'it is there: 60 MiB, version v7, eu-west-1, encrypted with KMS',
		],
		['is empty', found({ size: 0 }), 'problem', 'the bundle is empty (0 bytes)'],
		[
			'lies elsewhere',
			found({ region: 'us-east-1' }),
			'problem',
			'the bucket is in us-east-1, not in eu-west-1',
		],
		[
			'cannot be reached from here',
			of({ bundle: { answer: { type: 'elsewhere', region: 'ap-southeast-2' } } }),
			'problem',
			'the bucket is in ap-southeast-2, not in eu-west-1',
		],
		[
			'is missing',
			of({ bundle: { answer: { type: 'missing', what: 'object', deleted: false } } }),
			'problem',
			'the bundle is not in the bucket',
		],
		[
			'was deleted',
			of({ bundle: { answer: { type: 'missing', what: 'object', deleted: true } } }),
			'problem',
			'the bundle was deleted from the bucket; older versions may be there',
		],
		[
			'has no bucket',
			of({ bundle: { answer: { type: 'missing', what: 'bucket', deleted: false } } }),
			'problem',
			'the bucket does not exist',
		],
		[
			'may not be seen',
			of({ bundle: { answer: { type: 'denied', action: 's3:GetObject' } } }),
			'unknown',
			'needs s3:GetObject',
		],
		['was not answered', of({ bundle: { unanswered: 'timed out' } }), 'unknown', 'timed out'],
		['has not been asked for', of({}), 'pending', ''],
		[
			'is on GitHub',
			of({}, { revision: { type: 'github', repository: 'a/b', commitId: 'c' } }),
			'not-applicable',
			'the revision is on GitHub',
		],
		[
			'is an AppSpec',
			of({}, { revision: { type: 'appSpec' } }),
			'not-applicable',
			'the revision is not in S3',
		],
	])('%s', (_, known, verdict, summary) => {
		expect(words(known, 'bundle')).toEqual([verdict, summary]);
	});
	test('was replaced after it was registered', () => {
		const revision = { ...bundle, eTag: 'a1' };
		const known = { bundle: { answer: { ...head, eTag: 'b2' } } } as const;
		expect(words(of(known, { revision }), 'bundle')[1]).toBe(
			'the bundle was replaced after it was registered',
		);
		const same = { bundle: { answer: { ...head, eTag: 'a1' } } } as const;
		expect(words(of(same, { revision: { ...revision, eTag: '"a1"' } }), 'bundle')[0]).toBe('ok');
	});
});
