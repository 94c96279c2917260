import { type DeploymentConfig, shortConfigName } from '../../domain/deployment-config.ts';
import { minimumHealthyCount } from '../../domain/health-budget.ts';
import { judgeAnswer, notApplicable, ok, pending, unanswered, unknown } from '../checks/found.ts';
import { aws, updateGroup } from '../commands.ts';
import type { Evidence } from '../finding.ts';
import { nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import { counted } from '../words.ts';
import { type Fleet, fleetOf, hostNames } from './fleet.ts';
import { isServer, type PreflightFound, type PreflightJudge, type Scene, tellFault } from './found.ts';

/**
 * Whether as many hosts as have to can stay healthy, and whether any have to (AWS user guide: about the minimum number of
 * healthy instances). For ECS and Lambda the configuration says how the traffic moves instead.
 */
export const judgeMinimumHealthy: PreflightJudge = scene =>
	judgeAnswer(scene.facts.config, config => {
		if (config === nothing) return unknown('the group names no deployment configuration');
		return isServer(scene.group) ? judgeConfig(scene, config) : judgeTraffic(scene, config);
	});

function judgeTraffic({ group, next }: Scene, { name, trafficRouting }: DeploymentConfig): PreflightFound {
	if (trafficRouting === undefined) return notApplicable('there are no hosts');
	const words = `there are no hosts; traffic moves as ${shortConfigName(name)} says`;
	if (trafficRouting.type !== 'AllAtOnce') return notApplicable(words);
	const isEcs = group.platform === 'ECS';
	const gentle = `CodeDeployDefault.${isEcs ? 'ECSCanary10Percent5Minutes' : 'LambdaCanary10Percent5Minutes'}`;
	return tellFault({
		severity: 'info',
		summary: 'all traffic moves at once: every user meets a fault before an alarm does',
		evidence: [apiEvidence('trafficRoutingConfig', `${name}: AllAtOnce`)],
		steps: ['Move a part of the traffic first, so that an alarm has time to stop the deployment.'],
		commands: updateGroup(next, { 'deployment-config-name': gentle }),
	});
}

function judgeConfig(scene: Scene, config: DeploymentConfig): PreflightFound {
	const { minimumHealthyHosts: minimum } = config;
	if (minimum === undefined) return unknown(`${config.name} names no minimum`);
	const words = `${minimum.type} ${minimum.value}`;
	const evidence = [apiEvidence(`minimumHealthyHosts of ${config.name}`, words)];
	const fleet = fleetOf(scene.facts);
	const size = fleet && 'answer' in fleet ? fleet.answer.size : undefined;
	// Whatever the size of the fleet is, none of it has to stay.
	if (minimumHealthyCount(minimum, 100) === 0 && size === undefined)
		return fleet === undefined ? pending : allAtOnce(scene, undefined, evidence);
	if (fleet === undefined) return pending;
	if ('unanswered' in fleet) return unanswered(fleet, `${words} of a fleet that is not known`);
	const count = minimumHealthyCount(minimum, fleet.answer.size);
	if (count === undefined) return unknown(`what ${words} comes to is not known`, evidence);
	return judgeCount(scene, fleet.answer, count, evidence);
}

function judgeCount(
	scene: Scene,
	{ size, present, stopped }: Fleet,
	count: number,
	evidence: readonly Evidence[],
): PreflightFound {
	const { next } = scene;
	if (size === 0) return notApplicable('there are no hosts');
	if (count > size || (count === size && size > 1))
		return tellFault({
			severity: 'error',
			summary: `${count} of ${counted(size, 'host')} have to stay healthy: the deployment cannot start`,
			evidence: [...evidence, apiEvidence('hosts that the group means', String(size))],
			steps: [
				'Choose a configuration that lets at least one host be deployed to, or add hosts.',
				'AWS rounds percentages up: 95 % of 10 hosts are all 10.',
			],
			commands: oneAtATime(scene),
		});
	if (size > 1 && count === 0) return allAtOnce(scene, size, evidence);
	if (count === size)
		return unknown(
			'the only host has to stay healthy: AWS does not say what becomes of a deployment to it',
			evidence,
		);
	const running = size - stopped.length;
	if (stopped.length > 0 && running <= count)
		return tellFault({
			severity: 'warning',
			summary: `${running} of ${counted(size, 'host')} run and ${count} have to stay healthy: none can be spared`,
			evidence: [...evidence, apiEvidence('stopped', hostNames(stopped))],
			steps: ['Start the hosts that are stopped, or take the tags of the group away from them.'],
			commands: [
				aws(next, 'ec2 describe-instances', {
					'instance-ids': present.slice(0, 20).map(({ id }) => id),
					query: 'Reservations[].Instances[].[InstanceId,State.Name]',
					output: 'text',
				}),
			],
		});
	if (size === 1) return ok('there is one host: it is out of service while it is deployed to', evidence);
	return ok(`${count} of ${size} hosts stay healthy, ${counted(size - count, 'host')} at a time`, evidence);
}

const allAtOnce = (scene: Scene, size: number | undefined, evidence: readonly Evidence[]): PreflightFound =>
	tellFault({
		severity: 'warning',
		summary: `no host has to stay healthy: ${size === undefined ? 'all hosts are' : `all ${size} hosts are`} deployed to at once`,
		evidence,
		steps: [
			'Deploy to some hosts at a time, so that others still serve when the revision is bad.',
			'With this one the deployment fails only when every host does.',
		],
		commands: oneAtATime(scene),
	});

function oneAtATime({ next }: Scene): readonly string[] {
	return updateGroup(next, { 'deployment-config-name': 'CodeDeployDefault.OneAtATime' });
}
