import type { PolicyDocument, PolicyStatement } from '../world/policy.ts';

/** The managed policies of AWS that stories attach, shortened to the actions that matter to a deployment. */
export const awsManagedPolicies: readonly {
	readonly name: string;
	readonly path: string;
	readonly document: PolicyDocument;
}[] = [
	{
		name: 'AWSCodeDeployRole',
		path: '/service-role/',
		document: allow([
			'autoscaling:CompleteLifecycleAction',
			'autoscaling:DeleteLifecycleHook',
			'autoscaling:PutLifecycleHook',
			'autoscaling:RecordLifecycleActionHeartbeat',
			'autoscaling:CreateAutoScalingGroup',
			'autoscaling:UpdateAutoScalingGroup',
			'autoscaling:SuspendProcesses',
			'autoscaling:ResumeProcesses',
			'autoscaling:AttachLoadBalancers',
			'autoscaling:AttachLoadBalancerTargetGroups',
			'autoscaling:Describe*',
			'autoscaling:TerminateInstanceInAutoScalingGroup',
			'ec2:DescribeInstances',
			'ec2:DescribeInstanceStatus',
			'ec2:TerminateInstances',
			'tag:GetResources',
			'sns:Publish',
			'cloudwatch:DescribeAlarms',
			'cloudwatch:PutMetricAlarm',
			'elasticloadbalancing:Describe*',
			'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
			'elasticloadbalancing:DeregisterInstancesFromLoadBalancer',
			'elasticloadbalancing:RegisterTargets',
			'elasticloadbalancing:DeregisterTargets',
		]),
	},
	{
		name: 'AWSCodeDeployRoleForECS',
		path: '/',
		document: allow([
			'ecs:DescribeServices',
			'ecs:CreateTaskSet',
			'ecs:UpdateServicePrimaryTaskSet',
			'ecs:DeleteTaskSet',
			'elasticloadbalancing:DescribeTargetGroups',
			'elasticloadbalancing:DescribeListeners',
			'elasticloadbalancing:ModifyListener',
			'elasticloadbalancing:DescribeRules',
			'elasticloadbalancing:ModifyRule',
			'lambda:InvokeFunction',
			'cloudwatch:DescribeAlarms',
			'sns:Publish',
			's3:GetObject',
			's3:GetObjectVersion',
		]),
	},
	{
		name: 'AWSCodeDeployRoleForLambda',
		path: '/service-role/',
		document: allow([
			'cloudwatch:DescribeAlarms',
			'lambda:UpdateAlias',
			'lambda:GetAlias',
			'lambda:GetProvisionedConcurrencyConfig',
			'sns:Publish',
		]),
	},
	{
		name: 'AmazonSSMManagedInstanceCore',
		path: '/',
		document: allow([
			'ssm:DescribeAssociation',
			'ssm:GetDeployablePatchSnapshotForInstance',
			'ssm:GetDocument',
			'ssm:DescribeDocument',
			'ssm:GetManifest',
			'ssm:ListAssociations',
			'ssm:ListInstanceAssociations',
			'ssm:PutInventory',
			'ssm:PutComplianceItems',
			'ssm:UpdateAssociationStatus',
			'ssm:UpdateInstanceAssociationStatus',
			'ssm:UpdateInstanceInformation',
			'ssmmessages:*',
			'ec2messages:*',
		]),
	},
	{
		name: 'CloudWatchAgentServerPolicy',
		path: '/',
		document: allow([
			'cloudwatch:PutMetricData',
			'ec2:DescribeVolumes',
			'ec2:DescribeTags',
			'logs:PutLogEvents',
			'logs:PutRetentionPolicy',
			'logs:DescribeLogStreams',
			'logs:DescribeLogGroups',
			'logs:CreateLogStream',
			'logs:CreateLogGroup',
		]),
	},
];

/** A document with one statement that allows these actions. */
export function allow(actions: readonly string[], resources: readonly string[] = ['*']): PolicyDocument {
	return policy({ Effect: 'Allow', Action: actions, Resource: resources });
}

export function policy(...statements: readonly PolicyStatement[]): PolicyDocument {
	return { Version: '2012-10-17', Statement: statements };
}

/** The trust policy of a role that a service of AWS assumes. */
export function trust(service: string): PolicyDocument {
	return policy({ Effect: 'Allow', Principal: { Service: service }, Action: ['sts:AssumeRole'] });
}
