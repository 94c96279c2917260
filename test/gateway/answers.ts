import type { AlarmHistoryItem, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { DeploymentGroupInfo, DeploymentInfo, DeploymentTarget } from '@aws-sdk/client-codedeploy';

/** Answers with every field filled in, as the SDK hands them over. */

const at = Date.UTC(2026, 10, 23, 12);

export const deploymentAnswer: DeploymentInfo = {
	applicationName: 'checkout-api',
	deploymentGroupName: 'prod-blue',
	deploymentConfigName: 'CodeDeployDefault.HalfAtATime',
	deploymentId: 'd-75I7MBT7C',
	previousRevision: {
		revisionType: 'GitHub',
		gitHubLocation: { repository: 'acme/checkout', commitId: 'abcdef0123' },
	},
	revision: {
		revisionType: 'S3',
		s3Location: {
			bucket: 'releases',
			key: 'checkout/build-4711.zip',
			bundleType: 'zip',
			version: 'v1',
			eTag: 'e1',
		},
	},
	status: 'Stopped',
	errorInformation: { code: 'ALARM_ACTIVE', message: 'One or more\nalarms' },
	createTime: new Date(at),
	startTime: new Date(at + 1000),
	completeTime: new Date(at + 2000),
	deploymentOverview: { Pending: 1, InProgress: 2, Succeeded: 3, Failed: 4, Skipped: 5, Ready: 6 },
	description: 'Two\r\nlines',
	creator: 'user',
	ignoreApplicationStopFailures: true,
	autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'SOMETHING_NEW' as never] },
	updateOutdatedInstancesOnly: false,
	rollbackInfo: {
		rollbackDeploymentId: 'd-AAAAAAAAA',
		rollbackTriggeringDeploymentId: 'd-BBBBBBBBB',
		rollbackMessage: 'rolled back',
	},
	deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
	instanceTerminationWaitTimeStarted: true,
	blueGreenDeploymentConfiguration: {
		terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 5 },
		deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 60 },
		greenFleetProvisioningOption: { action: 'COPY_AUTO_SCALING_GROUP' },
	},
	loadBalancerInfo: {
		elbInfoList: [{ name: 'classic' }],
		targetGroupInfoList: [{ name: 'tg-1' }],
		targetGroupPairInfoList: [
			{ targetGroups: [{ name: 'tg-blue' }, { name: 'tg-green' }, { name: 'tg-1' }] },
		],
	},
	fileExistsBehavior: 'OVERWRITE',
	deploymentMode: 'RESTART',
	deploymentStatusMessages: ['first\nmessage', ''],
	computePlatform: 'Server',
	externalId: 'arn:aws:cloudformation:stack',
	relatedDeployments: {
		autoUpdateOutdatedInstancesRootDeploymentId: 'd-CCCCCCCCC',
		autoUpdateOutdatedInstancesDeploymentIds: ['d-DDDDDDDDD', ''],
	},
	overrideAlarmConfiguration: {
		enabled: true,
		ignorePollAlarmFailure: true,
		alarms: [{ name: 'checkout-5xx' }],
	},
};

export const instanceAnswer: DeploymentTarget = {
	deploymentTargetType: 'InstanceTarget',
	instanceTarget: {
		deploymentId: 'd-75I7MBT7C',
		targetId: 'i-00251908fcdce4b31',
		targetArn: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-00251908fcdce4b31',
		status: 'Failed',
		instanceLabel: 'Green',
		lastUpdatedAt: new Date(at),
		lifecycleEvents: [
			{
				lifecycleEventName: 'Install',
				status: 'Succeeded',
				startTime: new Date(at),
				endTime: new Date(at + 1000),
				diagnostics: { errorCode: 'Success', scriptName: '', message: 'Succeeded: ', logTail: '' },
			},
			{
				lifecycleEventName: 'AfterInstall',
				status: 'Failed',
				startTime: new Date(at + 1000),
				endTime: new Date(at + 3000),
				diagnostics: {
					errorCode: 'ScriptFailed',
					scriptName: 'scripts/after_install.sh',
					message: 'Script failed\nwith exit code 1',
					logTail: 'LifecycleEvent - AfterInstall\n[stderr]\u001b[31mred\u001b[0m\n',
				},
			},
			{ lifecycleEventName: 'ApplicationStart', status: 'Skipped', endTime: new Date(at + 3000) },
			{ lifecycleEventName: 'ValidateService', status: 'Pending' },
		],
	},
};

export const ecsAnswer: DeploymentTarget = {
	deploymentTargetType: 'ECSTarget',
	ecsTarget: {
		targetId: 'cluster:service',
		status: 'InProgress',
		lifecycleEvents: [{ lifecycleEventName: 'Install', status: 'InProgress', startTime: new Date(at) }],
		taskSetsInfo: [
			{
				identifer: 'ecs-svc/1',
				status: 'PRIMARY',
				taskSetLabel: 'Blue',
				desiredCount: 4,
				pendingCount: 0,
				runningCount: 4,
				trafficWeight: 90,
				targetGroup: { name: 'tg-blue' },
			},
		],
	},
};

export const lambdaAnswer: DeploymentTarget = {
	deploymentTargetType: 'LambdaTarget',
	lambdaTarget: {
		targetId: 'checkout',
		status: 'InProgress',
		lambdaFunctionInfo: {
			functionName: 'checkout',
			functionAlias: 'live',
			currentVersion: '7',
			targetVersion: '8',
			targetVersionWeight: 0.1,
		},
	},
};

export const groupAnswer: DeploymentGroupInfo = {
	applicationName: 'checkout-api',
	deploymentGroupName: 'prod-blue',
	alarmConfiguration: { enabled: true, alarms: [{ name: 'a' }] },
	lastSuccessfulDeployment: { deploymentId: 'd-AAAAAAAAA', status: 'Succeeded', endTime: new Date(at) },
};

export const alarmAnswer: MetricAlarm = {
	AlarmName: 'checkout-5xx',
	StateValue: 'ALARM',
	StateReason: 'Threshold Crossed',
	StateUpdatedTimestamp: new Date(at),
	Namespace: 'AWS/ApplicationELB',
	MetricName: 'HTTPCode_Target_5XX_Count',
	Dimensions: [{ Name: 'LoadBalancer', Value: 'app/checkout/1' }],
	Statistic: 'Sum',
	Unit: 'Count',
	Period: 60,
	EvaluationPeriods: 5,
	Threshold: 5,
	ComparisonOperator: 'GreaterThanThreshold',
	Metrics: [
		{ Id: 'm1', MetricStat: { Metric: { Namespace: 'n', MetricName: 'm' }, Period: 60, Stat: 'Sum' } },
		{ Id: 'e1', Expression: 'm1 * 2', Label: 'twice', ReturnData: true },
	],
	ThresholdMetricId: 'm1',
};

export const historyAnswer: AlarmHistoryItem = {
	Timestamp: new Date(at),
	HistoryData: '{"oldState":{"stateValue":"OK"},"newState":{"stateValue":"ALARM"}}',
};
