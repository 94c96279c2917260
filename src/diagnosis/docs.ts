/** The pages of the AWS CodeDeploy user guide that findings refer to. */
const guide = 'https://docs.aws.amazon.com/codedeploy/latest/userguide/';
const hosts = `${guide}troubleshooting-deployments.html`;
const ecs = `${guide}troubleshooting-ecs.html`;

export const docs = {
	troubleshootHosts: hosts,
	troubleshootInstances: `${guide}troubleshooting-ec2-instances.html`,
	errorCodes: `${guide}error-codes.html`,
	viewLogs: `${guide}deployments-view-logs.html`,
	limits: `${guide}limits.html`,

	agentVerify: `${guide}codedeploy-agent-operations-verify.html`,
	agentUpdate: `${guide}codedeploy-agent-operations-update.html`,
	agentInstall: `${guide}codedeploy-agent-operations-install.html`,
	agentConfiguration: `${guide}reference-agent-configuration.html`,
	agentSkipped: `${hosts}#troubleshooting-skipped-lifecycle-events`,
	agentCredentials: `${hosts}#troubleshooting-agent-commandpoller-error`,
	agentSignature: `${hosts}#troubleshooting-deployments-agent-SHA-256`,
	vpcEndpoints: `${guide}vpc-endpoints.html`,

	appSpec: `${guide}reference-appspec-file.html`,
	appSpecStructure: `${guide}reference-appspec-file-structure.html`,
	appSpecFiles: `${guide}reference-appspec-file-structure-files.html`,
	appSpecPermissions: `${guide}reference-appspec-file-structure-permissions.html`,
	appSpecHooks: `${guide}reference-appspec-file-structure-hooks.html`,
	appSpecResources: `${guide}reference-appspec-file-structure-resources.html`,
	appSpecValidate: `${guide}reference-appspec-file-validate.html`,

	downloadBundle: `${hosts}#troubleshooting-deployments-downloadbundle`,
	pushRevision: `${guide}application-revisions-push.html`,
	instanceProfile: `${guide}getting-started-create-iam-instance-profile.html`,
	fileExists: `${hosts}#troubleshooting-same-files-different-app-name`,
	longRunning: `${hosts}#troubleshooting-long-running-processes`,
	previousRevision: `${hosts}#troubleshooting-deployments-lifecycle-event-failures`,
	gitHubTokens: `${guide}troubleshooting-github-token-issues.html`,

	allowTraffic: `${hosts}#troubleshooting-deployments-allowtraffic-no-logs`,
	loadBalancing: `${guide}integrations-aws-elastic-load-balancing.html`,
	createLoadBalancer: `${guide}deployment-groups-create-load-balancer.html`,

	ecsTimeout: `${ecs}#troubleshooting-ecs-timeout`,
	ecsContinue: `${ecs}#troubleshooting-ecs-timeout-notif`,
	ecsCallback: `${ecs}#troubleshooting-ecs-timeout-callback`,
	ecsHook: `${ecs}#troubleshooting-ecs-lifecycle`,
	ecsListener: `${ecs}#troubleshooting-ecs-elb`,
	ecs,
	ecsGroup: `${guide}deployment-groups-create-ecs.html`,
	lambda: `${guide}troubleshooting-deployments-lambda.html`,

	health: `${guide}instances-health.html`,
	tagging: `${guide}instances-tagging.html`,
	alarms: `${guide}monitoring-create-alarms.html`,
	stop: `${guide}deployments-stop.html`,
	rollback: `${guide}deployments-rollback-and-redeploy.html`,
	serviceRole: `${guide}getting-started-create-service-role.html`,
	autoScaling: `${guide}troubleshooting-auto-scaling.html`,
	autoScalingIntegration: `${guide}integrations-aws-auto-scaling.html`,
	createBlueGreen: `${guide}deployment-groups-create-blue-green.html`,
	cloudFormation: `${guide}deployments-create-ecs-cfn.html`,
	registerRevision: `${guide}application-revisions-register.html`,
	createApplication: `${guide}applications-create.html`,
	createGroup: `${guide}deployment-groups-create.html`,
} as const;
