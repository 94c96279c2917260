import { type AccessDecision, type RoleFacts, unmentioned } from '../../domain/access.ts';
import type { DiagnosisCase } from '../case.ts';
import { aws } from '../commands.ts';
import type { Remedy } from '../finding.ts';

/** Commands that give a role what it lacks. They change IAM, so they are for people to read before they run them. */

const version = '2012-10-17';

/**
 * Adds what no policy allows as an inline policy, one statement for each resource; empty where nothing can be added.
 * What is denied outright, or by a boundary, no other policy allows.
 */
export function allowActions(
	of: DiagnosisCase,
	roleName: string,
	policyName: string,
	decisions: readonly AccessDecision[],
): readonly string[] {
	const denied = decisions.filter(({ verdict, reason }) => verdict === 'denied' && reason === unmentioned);
	if (denied.length === 0) return [];
	const byResource = Map.groupBy(denied, ({ resource }) => withNeighbours(resource));
	const Statement = [...byResource].map(([Resource, those]) => ({
		Effect: 'Allow',
		Action: [...new Set(those.map(({ action }) => action))],
		Resource,
	}));
	return [
		aws(of, 'iam put-role-policy', {
			'role-name': roleName,
			// A policy of the same name would be replaced, and with it what it allows of other bundles and keys.
			'policy-name': `${policyName}-${nameFor([...byResource.keys()])}`.slice(0, 128),
			'policy-document': JSON.stringify({ Version: version, Statement }),
		}),
	];
}

/** What tells one set of resources from another, in characters that a name may have. */
const nameFor = (resources: readonly string[]): string =>
	resources
		.map(resource => resource.replace(/^.*:(?=[^:]+$)/, '').replace(/[^\w+=,.@-]+/g, '-'))
		.join('-')
		.replace(/-+$/, '');

/** Of an object in S3 its whole folder: the next bundle lies there as well. */
const withNeighbours = (resource: string): string =>
	/^arn:[^:]+:s3:::[^/]+\/./.test(resource) ? resource.replace(/[^/]*$/, '*') : resource;

/** Shows who may assume a role, and lets a service do it. The document replaces the one that is there. */
export function repairTrust(
	of: DiagnosisCase,
	{ name, arn }: RoleFacts,
	service: 'codedeploy' | 'ec2',
): Remedy {
	const suffix = arn.startsWith('arn:aws-cn:') && service === 'ec2' ? '.cn' : '';
	const Principal = { Service: `${service}.amazonaws.com${suffix}` };
	const document = {
		Version: version,
		Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
	};
	return {
		steps: [
			`Let ${Principal.Service} assume the role ${name}, in its trust policy.`,
			'The command replaces the trust policy as a whole: keep the statements that others need.',
		],
		commands: [
			aws(of, 'iam get-role', { 'role-name': name, query: 'Role.AssumeRolePolicyDocument' }),
			aws(of, 'iam update-assume-role-policy', {
				'role-name': name,
				'policy-document': JSON.stringify(document),
			}),
		],
	};
}
