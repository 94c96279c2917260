import { evaluateTrust } from '../../domain/policy.ts';
import type { DiagnosisCase } from '../case.ts';
import { aws, showGroup } from '../commands.ts';
import { docs } from '../docs.ts';
import type { Evidence } from '../finding.ts';
import { deniedActions } from '../host-facts.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { apiEvidence, type DeploymentRule, type DeploymentVerdict } from '../rule.ts';
import { shorten } from '../words.ts';
import { allowActions, repairTrust } from './role-repairs.ts';

/** The role that CodeDeploy works with (AWS user guide: create a service role for CodeDeploy). */

export const serviceRole: DeploymentRule = of => {
	switch (of.deployment.error?.code) {
		case 'IAM_ROLE_MISSING':
			return roleMissing(of);
		case 'IAM_ROLE_PERMISSIONS':
			return answerOf(of.knowledge?.serviceRole) === nothing ? roleMissing(of) : permissionMissing(of);
		case 'AUTO_SCALING_IAM_ROLE_PERMISSIONS':
			return autoScalingPermissionMissing(of);
		default:
			return undefined;
	}
};

function roleMissing(of: DiagnosisCase): DeploymentVerdict {
	const role = roleOf(of);
	return {
		place: 'cause',
		cause: 'service-role-missing',
		title: 'The service role of the group does not exist',
		why: `CodeDeploy works with a role of your account, and ${role ? `the role ${role.name}` : 'the one that the group names'} is not there. It was deleted or renamed, often with the stack that it belonged to.`,
		confidence: 'certain',
		evidence: roleEvidence(of),
		steps: ['Create the role again, or name another one in the deployment group.', 'Deploy again.'],
		commands: [...(role ? [aws(of, 'iam get-role', { 'role-name': role.name })] : []), ...showGroup(of)],
		docs: docs.serviceRole,
	};
}

const permissionPattern = /following AWS service: (?<service>[\w.-]+)/;

function permissionMissing(of: DiagnosisCase): DeploymentVerdict {
	const role = roleOf(of);
	const service = permissionPattern
		.exec(of.deployment.error?.message ?? '')
		?.groups?.service?.replace(/\.$/, '');
	const seen = roleGap(of, service);
	return {
		place: 'cause',
		cause: 'service-role-permissions',
		title: shorten(
			seen?.title ??
				(service ? `The service role may not use ${service}` : 'The service role lacks a permission'),
			60,
		),
		why: `${role ? `The role ${role.name}` : 'The service role'} ${seen?.words ?? `cannot be assumed by CodeDeploy, or does not allow what CodeDeploy has to do in ${service ?? 'an AWS service'}`}.`,
		confidence: 'certain',
		evidence: [...roleEvidence(of), ...(seen?.evidence ?? [])],
		steps: [
			seen?.step ??
				`Attach the managed policy ${serviceRolePolicy(of)} to the role, or allow what is missing.`,
			...(service === 'AWSLambda'
				? [
						'Hook functions need lambda:InvokeFunction: the managed policies allow functions named CodeDeployHook_* only.',
					]
				: []),
			'See that the trust policy of the role lets codedeploy.amazonaws.com assume it.',
			'Deploy again.',
		],
		commands: [...(role ? policyCommands(of, role) : showGroup(of)), ...(seen?.commands ?? [])],
		docs: of.deployment.platform === 'ECS' ? `${docs.ecs}#troubleshooting-ecs-iam` : docs.serviceRole,
	};
}

function autoScalingPermissionMissing(of: DiagnosisCase): DeploymentVerdict {
	const role = roleOf(of);
	const gap = roleGap(of);
	const lacking = gap?.actions ?? [];
	const launching = {
		Version: '2012-10-17',
		Statement: [
			{ Effect: 'Allow', Action: ['ec2:RunInstances', 'ec2:CreateTags', 'iam:PassRole'], Resource: '*' },
		],
	};
	return {
		place: 'cause',
		cause: 'auto-scaling-role-permissions',
		title: 'The service role may not work with Auto Scaling',
		why: `${role ? `The role ${role.name}` : 'The service role'} lacks ${lacking.length > 0 ? lacking.join(', ') : 'a permission for Amazon EC2 Auto Scaling'}. A group with a launch template needs ec2:RunInstances, ec2:CreateTags and iam:PassRole besides the managed policy.`,
		confidence: 'certain',
		evidence: [...roleEvidence(of), ...(gap?.evidence ?? [])],
		steps: [
			`Attach ${serviceRolePolicy(of)} to the role.`,
			'For a launch template, add ec2:RunInstances, ec2:CreateTags and iam:PassRole, narrowed to what the template uses.',
			'Deploy again.',
		],
		commands: role
			? [
					...policyCommands(of, role),
					aws(of, 'iam put-role-policy', {
						'role-name': role.name,
						'policy-name': 'CodeDeployLaunchTemplates',
						'policy-document': JSON.stringify(launching),
					}),
				]
			: showGroup(of),
		docs: docs.serviceRole,
	};
}

type Gap = {
	readonly title: string;
	/** What follows the role's name. */
	readonly words: string;
	readonly step: string;
	readonly actions: readonly string[];
	readonly evidence: readonly Evidence[];
	readonly commands: readonly string[];
};

/** What the role was found to lack, that of `service` first; undefined if nothing was, or nobody looked. */
export function roleGap(of: DiagnosisCase, service = ''): Gap | undefined {
	const known = answerOf(of.knowledge?.serviceRole);
	if (known === undefined || known === nothing) return undefined;
	const { role, decisions } = known;
	const trust = evaluateTrust(role.trustPolicy, 'codedeploy');
	if (trust.verdict === 'denied') {
		const { steps, commands } = repairTrust(of, role, 'codedeploy');
		return {
			title: 'CodeDeploy may not assume the service role',
			words: `cannot be assumed by CodeDeploy: ${trust.reason}`,
			step: steps.join(' '),
			actions: [],
			evidence: [apiEvidence('AssumeRolePolicyDocument', trust.reason)],
			commands,
		};
	}
	const prefix = `${service.toLowerCase().replace(/^(?:amazon|aws)/, '')}:`;
	const isFirst = (action: string) => action.startsWith(prefix);
	const denied = deniedActions(decisions);
	const actions = [...denied.filter(isFirst), ...denied.filter(action => !isFirst(action))];
	const [first, ...others] = actions;
	if (first === undefined) return undefined;
	return {
		title: `The service role lacks ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`,
		words: `does not allow ${actions.join(', ')}`,
		step: `Attach the managed policy ${serviceRolePolicy(of)} to the role, or allow ${actions.join(', ')}.`,
		actions,
		evidence: decisions
			.filter(({ verdict }) => verdict === 'denied')
			.slice(0, 8)
			.map(({ action, reason }) => apiEvidence(action, `denied: ${reason}`)),
		commands: allowActions(of, role.name, 'CodeDeployMissing', decisions),
	};
}

const ofRole: ReadonlySet<string> = new Set([
	'IAM_ROLE_MISSING',
	'IAM_ROLE_PERMISSIONS',
	'AUTO_SCALING_IAM_ROLE_PERMISSIONS',
]);

/** A role that lacks something where nothing complained of it: it is told beside what did fail. */
export const serviceRoleGap: DeploymentRule = of => {
	const { status, error } = of.deployment;
	if (status === 'Succeeded' || ofRole.has(error?.code ?? '')) return undefined;
	if (answerOf(of.knowledge?.serviceRole) === nothing)
		return { ...roleMissing(of), place: 'consequence', severity: 'warning' };
	const gap = roleGap(of);
	if (gap === undefined) return undefined;
	return {
		place: 'consequence',
		cause: 'service-role-permissions',
		title: gap.title,
		why: `The service role ${gap.words}. This deployment did not end with that, as far as CodeDeploy says; what needs it fails, some of it without a word.`,
		confidence: 'likely',
		severity: 'warning',
		evidence: gap.evidence,
		steps: [gap.step],
		commands: gap.commands,
		docs: docs.serviceRole,
	};
};

type Role = { readonly arn: string; readonly name: string; readonly partition: string };

const roleArn = /arn:(?<partition>aws[\w-]*):iam::\d{12}:role\/(?<path>[\w+=,.@/-]*[\w+=,@-])/;

/** The role that the message names, else the group's own. */
function roleOf({ deployment, group }: DiagnosisCase): Role | undefined {
	const match = roleArn.exec(deployment.error?.message ?? '') ?? roleArn.exec(group?.serviceRoleArn ?? '');
	const { partition, path } = match?.groups ?? {};
	const name = path?.split('/').at(-1);
	return match && partition && name ? { arn: match[0], name, partition } : undefined;
}

const roleEvidence = ({ group }: DiagnosisCase) =>
	group?.serviceRoleArn === undefined ? [] : [apiEvidence('serviceRoleArn', group.serviceRoleArn)];

const policies: Readonly<Record<string, string>> = {
	Server: 'service-role/AWSCodeDeployRole',
	ECS: 'AWSCodeDeployRoleForECS',
	Lambda: 'service-role/AWSCodeDeployRoleForLambda',
};

const policyPath = ({ deployment, group }: DiagnosisCase): string =>
	policies[deployment.platform ?? group?.platform ?? 'Server'] ?? 'service-role/AWSCodeDeployRole';

/** The name of the managed policy for the platform. */
export const serviceRolePolicy = (of: DiagnosisCase): string => policyPath(of).replace(/^.*\//, '');

const policyCommands = (of: DiagnosisCase, { name, partition }: Role): readonly string[] => [
	aws(of, 'iam list-attached-role-policies', { 'role-name': name }),
	aws(of, 'iam attach-role-policy', {
		'role-name': name,
		'policy-arn': `arn:${partition}:iam::aws:policy/${policyPath(of)}`,
	}),
];
