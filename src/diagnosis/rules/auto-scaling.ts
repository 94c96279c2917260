import { hasEnded } from '../../domain/deployment.ts';
import { type DiagnosisCase, failedTargets } from '../case.ts';
import { aws, showGroup } from '../commands.ts';
import { docs } from '../docs.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { apiEvidence, type DeploymentRule, type DeploymentVerdict } from '../rule.ts';

/** Deployments that Auto Scaling or CodeDeploy itself started, and what their failure does (AWS: creator). */

export const autoScaling: DeploymentRule = of => {
	const { deployment } = of;
	const hasFailed = deployment.status === 'Failed' || (!hasEnded(deployment) && failedTargets(of).length > 0);
	if (!hasFailed) return undefined;
	switch (deployment.creator) {
		case 'autoscaling':
			return launch(of);
		case 'autoscalingTermination':
			return termination(of);
		case 'CodeDeployAutoUpdate':
			return update(of);
		default:
			return undefined;
	}
};

const launch = (of: DiagnosisCase): DeploymentVerdict => ({
	place: 'consequence',
	cause: 'auto-scaling-launch',
	title: 'Auto Scaling launches and terminates hosts in a loop',
	why: 'Auto Scaling launched this host, and CodeDeploy deploys the last successful revision to it. When that fails the host is terminated and another one launched, without end.',
	confidence: 'certain',
	severity: 'warning',
	evidence: [apiEvidence('creator', 'autoscaling')],
	steps: [
		'Stop the loop: set the desired capacity to what runs, or suspend the Launch process of the Auto Scaling group.',
		'Settle what failed on the host.',
		'See in the activities of the Auto Scaling group why launches were abandoned: ABANDON Result is this failure; Heartbeat Timeout is a quota of deployments, two deployment groups on one Auto Scaling group, or a lifecycle hook that was left over.',
		'If the last good revision no longer deploys and no host is healthy: detach the Auto Scaling group from the deployment group, let one host come up, attach it again and deploy a good revision.',
	],
	commands: [...showGroup(of), ...groupCommands(of)],
	docs: docs.autoScaling,
});

/** With the group's name, which an instance carries that EC2 has told of. */
function groupCommands(of: DiagnosisCase): readonly string[] {
	const name = scalingGroupOf(of);
	if (name === undefined) return [];
	const group = { 'auto-scaling-group-name': name };
	return [
		aws(of, 'autoscaling describe-scaling-activities', { ...group, 'max-items': '20' }),
		aws(of, 'autoscaling suspend-processes', { ...group, 'scaling-processes': 'Launch' }),
	];
}

function scalingGroupOf({ knowledge, targets }: DiagnosisCase): string | undefined {
	for (const { id } of targets.values()) {
		const instance = answerOf(knowledge?.hosts.get(id)?.instance);
		if (instance !== undefined && instance !== nothing && instance.autoScalingGroup !== undefined)
			return instance.autoScalingGroup;
	}
	return undefined;
}

const termination = (of: DiagnosisCase): DeploymentVerdict => ({
	place: 'consequence',
	cause: 'auto-scaling-termination',
	title: 'The host was about to be terminated',
	why: 'Auto Scaling terminates this host, and CodeDeploy runs its last scripts on it. The host goes in any case.',
	confidence: 'certain',
	severity: 'info',
	evidence: [apiEvidence('creator', 'autoscalingTermination')],
	steps: ['Correct the script that stops the application, if its work must not be lost.'],
	commands: showGroup(of),
	docs: docs.autoScalingIntegration,
});

function update(of: DiagnosisCase): DeploymentVerdict {
	const root = of.deployment.related?.autoUpdateRoot;
	return {
		place: 'consequence',
		cause: 'auto-scaling-update',
		title: 'CodeDeploy started this to update new hosts',
		why: `Hosts that were launched while ${root ?? 'another deployment'} ran got the old revision. This deployment was to bring them the new one.`,
		confidence: 'certain',
		severity: 'info',
		evidence: [apiEvidence('creator', 'CodeDeployAutoUpdate')],
		steps: ['Settle what failed, then deploy once more to the hosts that are behind.'],
		commands:
			root === undefined ? showGroup(of) : [aws(of, 'deploy get-deployment', { 'deployment-id': root })],
		docs: docs.autoScalingIntegration,
	};
}
