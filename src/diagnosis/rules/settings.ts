import { type DiagnosisCase, failedTargets } from '../case.ts';
import { aws, groupOptions, redeploy, showDeployment, showGroup } from '../commands.ts';
import { docs } from '../docs.ts';
import { type CodeVerdict, type DeploymentRule, onCode } from '../rule.ts';
import { targetHealth } from './load-balancer.ts';

/** Error codes that say by themselves what is wrong (AWS: ErrorCode), each with what usually helps. */

const fleet: readonly DeploymentRule[] = [
	onCode('NO_INSTANCES', of => ({
		cause: 'no-instances',
		title: 'There is nothing to deploy to',
		why: 'No instance matches the group: its tags fit none, its Auto Scaling group has none in service, or they were scaled in after the start.',
		steps: [
			"Compare the group's tag filters with the tags of the instances; new tags take some minutes to be seen.",
			'See that the Auto Scaling group has instances in service.',
			'For blue/green, see that both fleets have the same number.',
		],
		commands: showGroup(of),
		docs: docs.tagging,
	})),
	onCode('OVER_MAX_INSTANCES', of => ({
		cause: 'too-many-instances',
		title: 'The group has more instances than the quota allows',
		why: 'A deployment may have a limited number of instances, and this one would have more.',
		steps: ['Narrow the tags of the group, or divide it.', 'Or ask for a higher quota in Service Quotas.'],
		commands: [
			...showGroup(of),
			aws(of, 'service-quotas list-service-quotas', { 'service-code': 'codedeploy' }),
		],
		docs: docs.limits,
	})),
	onCode('RESOURCE_LIMIT_EXCEEDED', of => ({
		cause: 'resource-limit-exceeded',
		title: 'A limit of another service is reached',
		why: 'CodeDeploy tried to create or change something and met a limit of that service; the message names it.',
		steps: ['Raise the limit in Service Quotas, or make room.', 'Deploy again.'],
		commands: [showDeployment(of)],
		docs: docs.limits,
	})),
	onCode('NO_EC2_SUBSCRIPTION', of => ({
		cause: 'ec2-not-enabled',
		title: 'The account is not enabled for Amazon EC2',
		why: 'The account has no subscription to Amazon EC2, so there can be no instances to deploy to.',
		steps: ['Complete the registration of the account for Amazon EC2, or use another account.'],
		commands: [aws(of, 'sts get-caller-identity')],
		docs: docs.errorCodes,
	})),
];

const autoScalingGroup = (of: DiagnosisCase): CodeVerdict => ({
	cause: 'auto-scaling-configuration',
	title: 'The Auto Scaling group is not wired correctly',
	why: 'The Auto Scaling group and the deployment group do not fit together: a lifecycle hook is missing or left over, or the group was not found.',
	confidence: 'likely',
	steps: [
		'Remove the Auto Scaling group from the deployment group and add it again: that renews the lifecycle hooks.',
		'See that no other deployment group uses the same Auto Scaling group.',
	],
	commands: showGroup(of),
	docs: docs.autoScaling,
});

const groupSettings: readonly DeploymentRule[] = [
	onCode('AUTO_SCALING_CONFIGURATION', autoScalingGroup),
	onCode('UNABLE_TO_SEND_ASG', autoScalingGroup),
	onCode('AUTOSCALING_VALIDATION_ERROR', of => ({
		cause: 'auto-scaling-validation',
		title: 'Auto Scaling refused to copy the group',
		why: 'CodeDeploy makes a copy of the Auto Scaling group for the replacement fleet, and Auto Scaling did not accept the call. The message says why.',
		confidence: 'likely',
		steps: [
			'See that the launch template, its instance type, image and subnets still exist and fit together.',
			'Deploy again.',
		],
		commands: showGroup(of),
		docs: docs.autoScaling,
	})),
	onCode('ELASTIC_LOAD_BALANCING_INVALID', of => ({
		cause: 'load-balancer-invalid',
		title: 'The load balancer or target group does not fit',
		why: 'The load balancer or target group of the deployment group does not exist, or is of a kind that cannot be used here.',
		confidence: 'likely',
		steps: ['Correct the load balancer in the deployment group.', 'Deploy again.'],
		commands: targetHealth(of),
		docs: docs.loadBalancing,
	})),
	onCode('ELB_INVALID_INSTANCE', of => ({
		cause: 'load-balancer-instance-invalid',
		title: 'The load balancer does not accept an instance',
		why: 'An instance cannot be registered with the load balancer: it is in another VPC or zone, or no longer runs.',
		confidence: 'likely',
		steps: [
			'See that the instances are in the VPC of the target group, and in zones that the load balancer serves.',
			'Deploy again.',
		],
		commands: targetHealth(of),
		docs: docs.loadBalancing,
	})),
	onCode('MISSING_ELB_INFORMATION', of => ({
		cause: 'load-balancer-missing',
		title: 'The group names no load balancer',
		why: 'A blue/green deployment moves traffic with a load balancer, and the group names none.',
		steps: ['Add a load balancer or target group to the deployment group.', 'Deploy again.'],
		commands: showGroup(of),
		docs: docs.createLoadBalancer,
	})),
	onCode('MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION', of => ({
		cause: 'blue-green-configuration-missing',
		title: 'The group has no blue/green settings',
		why: 'The group deploys blue/green, and does not say where the replacement comes from and what becomes of the original.',
		steps: ['Set the blue/green configuration of the deployment group.', 'Deploy again.'],
		commands: showGroup(of),
		docs: docs.createBlueGreen,
	})),
	onCode('MISSING_GITHUB_TOKEN', of => ({
		cause: 'github-token-missing',
		title: 'CodeDeploy has no usable token for GitHub',
		why: 'The revision is on GitHub, and CodeDeploy has no token for it: it was revoked, has expired, or was never connected.',
		steps: ['Connect the application to GitHub anew in the console of CodeDeploy.', 'Deploy again.'],
		commands: [aws(of, 'deploy list-git-hub-account-token-names')],
		docs: docs.gitHubTokens,
	})),
];

const vanished: readonly DeploymentRule[] = [
	onCode('INVALID_REVISION', of => ({
		cause: 'revision-invalid',
		title: 'The revision does not fit the platform',
		why: 'The revision or its AppSpec is not valid for the compute platform of the application.',
		steps: [
			'Check the AppSpec against the documented structure for this platform.',
			'Register the corrected revision and deploy it.',
		],
		commands: [showDeployment(of)],
		docs: docs.appSpecStructure,
	})),
	onCode('REVISION_MISSING', of => ({
		cause: 'revision-missing',
		title: 'The revision no longer exists',
		why: 'The revision vanished between the creation of the deployment and its start.',
		steps: ['Upload and register it again, or deploy another one.'],
		commands: redeploy(of),
		docs: docs.registerRevision,
	})),
	onCode('APPLICATION_MISSING', of => ({
		cause: 'application-missing',
		title: 'The application no longer exists',
		why: 'The application was deleted between the creation of the deployment and its start.',
		steps: ['Create the application and its group again, then deploy.'],
		commands: [aws(of, 'deploy list-applications')],
		docs: docs.createApplication,
	})),
	onCode('DEPLOYMENT_GROUP_MISSING', of => ({
		cause: 'deployment-group-missing',
		title: 'The deployment group no longer exists',
		why: 'The group was deleted between the creation of the deployment and its start.',
		steps: [
			'Create the group again, then deploy. A new group does not know which files it installed before.',
		],
		commands: listGroups(of),
		docs: docs.createGroup,
	})),
	onCode('CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND', of => ({
		cause: 'codedeploy-resource-missing',
		title: 'Something the deployment needs no longer exists',
		why: 'CodeDeploy did not find one of its own resources: the application, the group, its configuration or the revision.',
		confidence: 'likely',
		steps: ['See which of them is gone, and create it again.', 'Deploy again.'],
		commands: [...showGroup(of), ...redeploy(of)],
		docs: docs.errorCodes,
	})),
];

function listGroups(of: DiagnosisCase): readonly string[] {
	const { 'application-name': application } = groupOptions(of);
	return application === undefined
		? []
		: [aws(of, 'deploy list-deployment-groups', { 'application-name': application })];
}

const ofService: readonly DeploymentRule[] = [
	onCode('THROTTLED', of => ({
		cause: 'service-throttled',
		title: "CodeDeploy's own calls were throttled",
		why: 'CodeDeploy calls EC2, Elastic Load Balancing and Auto Scaling with your role, and those calls were more than the account may make.',
		steps: [
			'Run fewer deployments at the same time.',
			'See what else in the account calls these services often.',
			'Deploy again.',
		],
		commands: redeploy(of),
		docs: docs.errorCodes,
	})),
	onCode('INTERNAL_ERROR', of => ({
		cause: 'service-internal-error',
		title: 'CodeDeploy itself failed',
		why: 'The service had a fault of its own.',
		steps: [
			'Deploy again.',
			'If it happens again, look at the AWS Health Dashboard, and ask AWS Support with the id of the deployment.',
		],
		commands: redeploy(of),
		docs: docs.errorCodes,
	})),
	onCode('CLOUDFORMATION_STACK_FAILURE', of => ({
		cause: 'cloudformation-stack-failed',
		title: 'The CloudFormation stack behind it failed',
		why: 'A CloudFormation stack drives this deployment, and the update of the stack failed.',
		steps: [
			'Read the events of the stack from the first failure on.',
			'Correct the template and update the stack: the deployment is not started by hand.',
		],
		commands:
			of.deployment.externalId === undefined
				? [showDeployment(of)]
				: [
						aws(of, 'cloudformation describe-stack-events', {
							'stack-name': of.deployment.externalId,
							'max-items': '30',
						}),
					],
		docs: docs.cloudFormation,
	})),
	onCode('CUSTOMER_APPLICATION_UNHEALTHY', of => ({
		cause: 'application-unhealthy',
		title: 'The application did not become healthy',
		why: 'CodeDeploy deployed the application and then found it unhealthy.',
		confidence: 'likely',
		steps: ['See what its health checks say, and its own log.', 'Correct it and deploy again.'],
		commands: targetHealth(of),
		docs: docs.errorCodes,
	})),
];

/** Said of the whole deployment what the hosts say better themselves. */
const agentIssue: DeploymentRule = of =>
	onCode(
		'AGENT_ISSUE',
		() => ({
			cause: 'agent-issue',
			title: 'There is a problem with the agent on the hosts',
			why: 'CodeDeploy says that the agent is not installed, not running, or too old on hosts of this group.',
			steps: [
				'Install, start or update the agent on the hosts that failed.',
				'Build the agent into the image.',
			],
			commands: [
				aws(of, 'deploy list-deployment-targets', {
					'deployment-id': of.deployment.id,
					'target-filters': '{"TargetStatus":["Failed"]}',
				}),
			],
			docs: docs.agentVerify,
		}),
		failedTargets(of).length > 0 ? 'consequence' : 'cause',
	)(of);

export const settingsRules: readonly DeploymentRule[] = [
	...fleet,
	...groupSettings,
	...vanished,
	...ofService,
	agentIssue,
];
