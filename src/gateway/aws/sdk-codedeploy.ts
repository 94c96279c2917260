/** The part of the CodeDeploy SDK that is used, as one lazily imported module: a bundler drops the other commands. */
export {
	BatchGetDeploymentGroupsCommand,
	BatchGetDeploymentsCommand,
	BatchGetDeploymentTargetsCommand,
	BatchGetOnPremisesInstancesCommand,
	CodeDeployClient,
	ContinueDeploymentCommand,
	GetApplicationRevisionCommand,
	GetDeploymentCommand,
	GetDeploymentConfigCommand,
	GetDeploymentGroupCommand,
	ListApplicationsCommand,
	ListDeploymentGroupsCommand,
	ListDeploymentsCommand,
	ListDeploymentTargetsCommand,
	StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
