import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';

/** What somebody may want to be allowed to do, each with the IAM actions that it needs beyond those of `watch`. */
export const policyFeatures = ['watch', 'fleet', 'logs', 'doctor', 'preflight', 'act', 'shell'] as const;

export type PolicyFeature = (typeof policyFeatures)[number];

export type PolicyStatement = {
	readonly Sid: string;
	readonly Effect: 'Allow';
	readonly Action: readonly string[];
	readonly Resource: readonly string[];
};

export type IamPolicy = { readonly Version: '2012-10-17'; readonly Statement: readonly PolicyStatement[] };

const allow = (
	Sid: string,
	Action: readonly [string, ...string[]],
	...Resource: readonly [string, ...string[]]
): PolicyStatement => ({ Sid, Effect: 'Allow', Action, Resource });

const groups = 'arn:aws:codedeploy:*:*:deploymentgroup:*/*';
const instances = ['arn:aws:ec2:*:*:instance/*', 'arn:aws:ssm:*:*:managed-instance/*'] as const;
/** AWS: the sessions that the caller has started. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM's
const ownSessions = 'arn:aws:ssm:*:*:session/${aws:userid}-*';

/** Commands of the closed set, by the two documents that run them, and no other document. */
const hostCommands = (feature: string): readonly PolicyStatement[] => [
	allow(
		`${feature}Commands`,
		['ssm:SendCommand'],
		'arn:aws:ssm:*::document/AWS-RunShellScript',
		'arn:aws:ssm:*::document/AWS-RunPowerShellScript',
		...instances,
	),
	// AWS: neither can be narrowed to a resource.
	allow(`${feature}CommandResults`, ['ssm:GetCommandInvocation', 'ssm:CancelCommand'], '*'),
];

/** What a role may do: its own policies, those attached to it, and what the policy simulator makes of them. */
const readRoles = (feature: string): readonly PolicyStatement[] => [
	allow(
		`${feature}Roles`,
		[
			'iam:GetRole',
			'iam:ListAttachedRolePolicies',
			'iam:ListRolePolicies',
			'iam:GetRolePolicy',
			'iam:SimulatePrincipalPolicy',
		],
		'arn:aws:iam::*:role/*',
	),
	allow(`${feature}Policies`, ['iam:GetPolicy', 'iam:GetPolicyVersion'], 'arn:aws:iam::*:policy/*'),
];

const readBundles = (feature: string): readonly PolicyStatement[] => [
	// AWS: HeadObject has no action of its own; without ListBucket a missing object looks like a forbidden one.
	allow(`${feature}Bundles`, ['s3:GetObject', 's3:GetObjectVersion'], 'arn:aws:s3:::*/*'),
	allow(`${feature}Buckets`, ['s3:GetBucketLocation', 's3:ListBucket'], 'arn:aws:s3:::*'),
];

/** As narrow as the program allows; whoever grants them knows account, region, groups and buckets, and can go further. */
const statements: Readonly<Record<PolicyFeature, readonly PolicyStatement[]>> = {
	watch: [
		allow(
			'WatchDeployments',
			[
				'codedeploy:GetDeployment',
				'codedeploy:ListDeploymentTargets',
				'codedeploy:BatchGetDeploymentTargets',
				'codedeploy:GetDeploymentGroup',
			],
			groups,
		),
		// With the group given; without one AWS asks for all of them.
		allow('WatchHistory', ['codedeploy:ListDeployments', 'codedeploy:BatchGetDeployments'], groups),
		allow(
			'WatchConfigurations',
			['codedeploy:GetDeploymentConfig'],
			'arn:aws:codedeploy:*:*:deploymentconfig:*',
		),
		allow('WatchRevisions', ['codedeploy:GetApplicationRevision'], 'arn:aws:codedeploy:*:*:application:*'),
		allow('WatchOnPremises', ['codedeploy:BatchGetOnPremisesInstances'], 'arn:aws:codedeploy:*:*:instance:*'),
		allow(
			'WatchAlarmsAndHosts',
			[
				'cloudwatch:DescribeAlarms',
				'cloudwatch:DescribeAlarmHistory',
				'cloudwatch:GetMetricData',
				'ec2:DescribeInstances',
			],
			'*',
		),
	],
	fleet: [
		allow(
			'FleetDeployments',
			[
				'codedeploy:BatchGetDeployments',
				'codedeploy:BatchGetDeploymentGroups',
				'codedeploy:ListDeploymentGroups',
			],
			groups,
		),
		// AWS: over all groups, neither can be narrowed to some of them.
		allow('FleetLists', ['codedeploy:ListDeployments', 'codedeploy:ListApplications'], '*'),
	],
	logs: [
		allow(
			'LogsShipped',
			['logs:DescribeLogStreams', 'logs:FilterLogEvents'],
			'arn:aws:logs:*:*:log-group:codedeploy-agent-*',
		),
		...hostCommands('Logs'),
	],
	doctor: [
		allow('DoctorHosts', ['ec2:DescribeInstanceStatus', 'ssm:DescribeInstanceInformation'], '*'),
		...hostCommands('Doctor'),
		...readRoles('Doctor'),
		allow('DoctorInstanceProfiles', ['iam:GetInstanceProfile'], 'arn:aws:iam::*:instance-profile/*'),
		...readBundles('Doctor'),
	],
	preflight: [
		// AWS: none of them can be narrowed to a resource.
		allow(
			'PreflightHosts',
			[
				'elasticloadbalancing:DescribeTargetGroups',
				'elasticloadbalancing:DescribeTargetHealth',
				'ec2:DescribeInstances',
				'ssm:DescribeInstanceInformation',
				'codedeploy:ListOnPremisesInstances',
			],
			'*',
		),
		...readRoles('Preflight'),
		...readBundles('Preflight'),
	],
	act: [
		allow(
			'Act',
			[
				'codedeploy:StopDeployment',
				'codedeploy:ContinueDeployment',
				'codedeploy:CreateDeployment',
				// AWS: what a deployment that overrides the alarms takes, beside what protects a group.
				'codedeploy:UpdateDeploymentGroup',
			],
			groups,
		),
		// What CreateDeployment makes use of (AWS: the configuration, and the revision that is registered by it).
		allow(
			'ActConfigurations',
			['codedeploy:GetDeploymentConfig'],
			'arn:aws:codedeploy:*:*:deploymentconfig:*',
		),
		allow(
			'ActRevisions',
			['codedeploy:GetApplicationRevision', 'codedeploy:RegisterApplicationRevision'],
			'arn:aws:codedeploy:*:*:application:*',
		),
		// AWS: HeadObject has no action of its own.
		allow('ActBundles', ['s3:GetObject', 's3:GetObjectVersion'], 'arn:aws:s3:::*/*'),
	],
	// What the AWS CLI and its plugin call (AWS: quickstart end user policies for Session Manager).
	shell: [
		allow('Shell', ['ssm:StartSession'], ...instances, 'arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell'),
		allow(
			'ShellOwnSessions',
			['ssmmessages:OpenDataChannel', 'ssm:ResumeSession', 'ssm:TerminateSession'],
			ownSessions,
		),
	],
};

/** One policy for all of `features`; what two of them need is there once. */
export function iamPolicy(features: readonly PolicyFeature[]): IamPolicy {
	const chosen = policyFeatures.filter(feature => features.includes(feature));
	const known = new Set<string>();
	const Statement = chosen
		.flatMap(feature => statements[feature])
		.filter(({ Action, Resource }) => {
			const content = JSON.stringify([Action, Resource]);
			return !known.has(content) && known.add(content);
		});
	return { Version: '2012-10-17', Statement };
}

/** As it is printed, and stands in the package. */
const iamPolicyText = (features: readonly PolicyFeature[]): string =>
	`${JSON.stringify(iamPolicy(features), undefined, '\t')}\n`;

/** For the README: what each feature needs, and on what. */
export function policyTable(): string {
	const code = (words: readonly string[]) => words.map(word => `\`${word}\``).join(' ');
	const rows = policyFeatures.flatMap(feature =>
		statements[feature].map(
			({ Action, Resource }, index) =>
				`| ${index === 0 ? `\`${feature}\`` : ''} | ${code(Action)} | ${code(Resource)} |`,
		),
	);
	return ['| for | actions | on |', '| --- | --- | --- |', ...rows].join('\n');
}

/** `rollcall iam-policy`. */
export function tellIamPolicy(features: readonly PolicyFeature[], io: Pick<Io, 'out' | 'err'>): ExitCode {
	io.out(iamPolicyText(features));
	if (!features.includes('watch'))
		io.err('rollcall: this goes with --for watch, which everything builds on\n');
	return exitCodes.succeeded;
}
