import type { DeploymentId, InstanceId } from './ids.ts';

/** The deployment's page in the AWS console, in the partition that the region belongs to. */
export function deploymentConsoleUrl(region: string, id: DeploymentId): string {
	return `https://${consoleHost(region)}/codesuite/codedeploy/deployments/${id}?region=${encodeURIComponent(region)}`;
}

/** The page of an EC2 instance. */
export function instanceConsoleUrl(region: string, id: InstanceId): string {
	return `https://${consoleHost(region)}/ec2/home?region=${encodeURIComponent(region)}#InstanceDetails:instanceId=${id}`;
}

function consoleHost(region: string): string {
	if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
	if (region.startsWith('us-gov-')) return `${region}.console.amazonaws-us-gov.com`;
	return `${region}.console.aws.amazon.com`;
}
