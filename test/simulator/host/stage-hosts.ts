import { runOnHost } from '../../../src/simulator/host/run-on-host.ts';
import { findScenario, type ScenarioName } from '../../../src/simulator/scenarios/scenarios.ts';
import { stageScenario } from '../../../src/simulator/scenarios/stage-scenario.ts';
import type { Host } from '../../../src/simulator/world/host.ts';
import type { World } from '../../../src/simulator/world/world.ts';
import { startAt } from '../support.ts';

export type Staged = {
	readonly world: World;
	readonly deploymentId: string;
	readonly groupId: string;
	readonly hosts: readonly Host[];
	/** Lets `ms` pass in the world. */
	pass(ms: number): void;
	/** Runs a command on a host; `$GROUP` and `$DEPLOYMENT` stand for the ids of the story. */
	run(host: number, command: string): ReturnType<typeof runOnHost>;
};

/** A story without a server: its machines are at hand. */
export function stageHosts(name: ScenarioName, speed = 1): Staged {
	const { world, deployment } = stageScenario(findScenario(name), {
		accountId: '123456789012',
		region: 'eu-west-1',
		seed: 1,
		speed,
		startAt,
	});
	const { workload, id: groupId } = deployment.group;
	if (workload.type !== 'fleet') throw new Error('this story has no machines');
	const { hosts } = workload;
	return {
		world,
		deploymentId: deployment.id,
		groupId,
		hosts,
		pass: ms => world.clockwork.advanceTo(world.clockwork.now + ms),
		run(number, command) {
			const host = hosts[number];
			if (host === undefined) throw new Error(`there is no host ${number}`);
			const told = command.replaceAll('$GROUP', groupId).replaceAll('$DEPLOYMENT', deployment.id);
			return runOnHost(world, host, host.machine.platform === 'windows' ? 'powershell' : 'sh', [told]);
		},
	};
}

export const agentLogPath = '/var/log/aws/codedeploy-agent/codedeploy-agent.log';
export const scriptsLogPath = '/opt/codedeploy-agent/deployment-root/$GROUP/$DEPLOYMENT/logs/scripts.log';
export const sharedLogPath =
	'/opt/codedeploy-agent/deployment-root/deployment-logs/codedeploy-agent-deployments.log';
