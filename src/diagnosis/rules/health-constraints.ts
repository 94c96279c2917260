import type { MinimumHealthyHosts } from '../../domain/deployment-config.ts';
import { shortConfigName } from '../../domain/deployment-config.ts';
import { budgetTally, minimumHealthyCount } from '../../domain/health-budget.ts';
import { tallyTotal } from '../../domain/tally.ts';
import { type DiagnosisCase, failedTargets } from '../case.ts';
import { aws, redeploy } from '../commands.ts';
import { docs } from '../docs.ts';
import { apiEvidence, type DeploymentRule, type DeploymentVerdict } from '../rule.ts';
import { counted, sentence } from '../words.ts';

/** The arithmetic of minimum healthy hosts (AWS user guide: instance health). It follows from what failed on hosts. */

export const healthConstraints: DeploymentRule = of => {
	const { error } = of.deployment;
	if (error?.code !== 'HEALTH_CONSTRAINTS' && !isOldWording(error?.message)) return undefined;
	if (of.deployment.type === 'BLUE_GREEN' && failedTargets(of).some(({ label }) => label === 'Blue'))
		return stuckOriginal(of);
	const sum = reckon(of);
	return {
		place: 'consequence',
		cause: 'health-constraints',
		title: sum ? titleOf(sum) : 'Too many hosts failed, or too few were healthy',
		why: sum
			? explain(of, sum)
			: 'CodeDeploy gives a deployment up when fewer healthy hosts are left than its configuration wants.',
		confidence: 'certain',
		severity: failedTargets(of).length > 0 ? 'warning' : 'error',
		evidence: sum
			? [
					apiEvidence(
						'deploymentOverview',
						`${sum.failed} failed, ${sum.succeeded} succeeded, ${sum.skipped} skipped of ${sum.total}`,
					),
				]
			: [],
		steps: [
			'Settle what failed on the hosts: this finding only says why the deployment as a whole ended.',
			'Hosts that were stopped or unhealthy before count as failed: start them, or take them out of the group.',
			...(sum?.minimum === 0
				? []
				: ['If the service can bear more failures, use a configuration with a lower minimum.']),
		],
		commands: [listFailed(of), ...showConfig(of)],
		docs: docs.health,
	};
};

/** However low the minimum is, one host has to succeed. */
const titleOf = ({ failed, total, minimum }: Sum): string =>
	minimum === 0 && failed === total
		? `All ${total} failed, and one has to succeed`
		: `${failed} of ${total} failed, and ${minimum} have to stay healthy`;

/** Minimum healthy hosts is about the replacement; of the original every host has to leave the load balancer. */
const stuckOriginal = (of: DiagnosisCase): DeploymentVerdict => ({
	place: 'consequence',
	cause: 'health-constraints',
	title: 'A host of the original fleet could not be deregistered',
	why: 'A blue/green deployment fails as a whole when a single host of the original fleet cannot be taken out of the load balancer, however healthy the replacement is.',
	confidence: 'certain',
	severity: 'warning',
	steps: [
		'Settle what failed on the original hosts; the replacement may be fine.',
		'See which fleet the load balancer sends traffic to now.',
	],
	commands: [listFailed(of)],
	docs: docs.health,
});

const listFailed = (of: DiagnosisCase): string =>
	aws(of, 'deploy list-deployment-targets', {
		'deployment-id': of.deployment.id,
		'target-filters': '{"TargetStatus":["Failed"]}',
	});

const isOldWording = (message = ''): boolean => /^Deployment failed: Constraint \w+ violated/.test(message);

export const healthConstraintsInvalid: DeploymentRule = of => {
	if (of.deployment.error?.code !== 'HEALTH_CONSTRAINTS_INVALID') return undefined;
	const sum = reckon(of);
	return {
		place: 'cause',
		cause: 'health-constraints-invalid',
		title: sum
			? `${sum.minimum} of ${sum.total} hosts have to stay healthy: none is left`
			: 'The minimum of healthy hosts can never hold',
		why: `The configuration wants ${sum ? `${ruleOf(of)}, which is ${sum.minimum} of ${sum.total}` : 'as many healthy hosts as there are'}. That leaves no host to deploy to, so the deployment failed before it began. A percentage is rounded up.`,
		confidence: 'certain',
		steps: [
			'Use a configuration with a lower minimum.',
			'Or add hosts, if the fleet is smaller than it should be.',
		],
		commands: [
			...showConfig(of),
			...redeploy(of, { 'deployment-config-name': 'CodeDeployDefault.OneAtATime' }),
		],
		docs: docs.health,
	};
};

type Sum = {
	readonly total: number;
	readonly minimum: number;
	readonly failed: number;
	readonly succeeded: number;
	readonly skipped: number;
};

function reckon(of: DiagnosisCase): Sum | undefined {
	const tally =
		of.deployment.type === 'BLUE_GREEN'
			? budgetTally(of.deployment, of.targets.values())
			: of.deployment.overview;
	const minimum = minimumOf(of);
	const total = tally ? tallyTotal(tally) : 0;
	if (!(tally && minimum) || total === 0) return undefined;
	const healthy = minimumHealthyCount(minimum, total);
	if (healthy === undefined) return undefined;
	const { failed, succeeded, skipped } = tally;
	return { total, minimum: healthy, failed, succeeded, skipped };
}

function explain(of: DiagnosisCase, { total, minimum, failed, skipped }: Sum): string {
	const bearable = Math.max(0, total - Math.max(minimum, 1));
	const wants = `${sentence(ruleOf(of))} of ${counted(total, 'host')} is ${minimum}.`;
	// With hosts still waiting it is over when the healthy ones fall to the minimum; at the end, below it.
	const limit = skipped > 0 ? total - minimum : bearable + 1;
	if (failed >= limit)
		return `${wants} ${counted(failed, 'host')} failed, and ${skipped > 0 ? `at ${limit} CodeDeploy starts no more` : `only ${bearable} may`}${skipped > 0 ? `: ${counted(skipped, 'host')} ${skipped === 1 ? 'was' : 'were'} never deployed to` : ''}.`;
	return `${wants} ${counted(failed, 'host')} failed, fewer than the ${limit} that end it: others were probably not healthy before, which the API does not show.`;
}

/** The configurations that AWS predefines, for when theirs was not read. */
const predefined: Readonly<Record<string, MinimumHealthyHosts>> = {
	'CodeDeployDefault.AllAtOnce': { type: 'HOST_COUNT', value: 0 },
	'CodeDeployDefault.HalfAtATime': { type: 'FLEET_PERCENT', value: 50 },
	'CodeDeployDefault.OneAtATime': { type: 'MOST_CONCURRENCY', value: 1 },
};

const minimumOf = ({ config, deployment }: DiagnosisCase): MinimumHealthyHosts | undefined =>
	config?.minimumHealthyHosts ?? predefined[deployment.configName ?? ''];

/** `the minimum of HalfAtATime (50 %)`. */
function ruleOf(of: DiagnosisCase): string {
	const name = of.deployment.configName ?? of.config?.name;
	const minimum = minimumOf(of);
	const value = minimum?.type === 'FLEET_PERCENT' ? ` (${minimum.value} %)` : '';
	return name === undefined ? `the minimum${value}` : `the minimum of ${shortConfigName(name)}${value}`;
}

const showConfig = (of: DiagnosisCase): readonly string[] =>
	of.deployment.configName === undefined
		? []
		: [aws(of, 'deploy get-deployment-config', { 'deployment-config-name': of.deployment.configName })];
