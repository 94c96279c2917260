import { judgeAnswer, notApplicable, ok } from '../checks/found.ts';
import { aws } from '../commands.ts';
import { apiEvidence } from '../rule.ts';
import { counted } from '../words.ts';
import { type Fleet, fleetOf, hostNames, searchEvidence, showFleet } from './fleet.ts';
import { type Fault, isServer, type PreflightJudge, type Scene, tellFault, tellFaults } from './found.ts';

/** AWS: quotas, instances in one deployment. It can be raised. */
const mostInstances = 1000;

/**
 * Whether there is anybody to deploy to, and whether they can work (AWS user guide: error codes, NO_INSTANCES; tagging
 * instances; create an instance profile). Of a blue/green group it is the original fleet: the replacement is chosen, or
 * copied from the Auto Scaling group, when it is deployed.
 */
export const judgeTargets: PreflightJudge = scene => {
	if (!isServer(scene.group)) return notApplicable('nothing is deployed to hosts');
	return judgeAnswer(fleetOf(scene.facts), fleet =>
		fleet.size === 0
			? tellFault(nobody(scene, fleet))
			: tellFaults(faultsOf(scene, fleet), () => ok(describe(scene, fleet), searchEvidence(scene.group))),
	);
};

const isBlueGreen = ({ group }: Scene): boolean => group.type === 'BLUE_GREEN';

function describe(scene: Scene, { present, machines }: Fleet): string {
	const parts = [
		...(present.length > 0 ? [`${counted(present.length, 'instance')}`] : []),
		...(machines.length > 0 ? [`${counted(machines.length, 'registered machine')}`] : []),
	];
	return `${parts.join(' and ')}${isBlueGreen(scene) ? ' in the original fleet' : ''}`;
}

function nobody(scene: Scene, { gone }: Fleet): Fault {
	const { group, next } = scene;
	const search = searchEvidence(group);
	const isChosenLater = isBlueGreen(scene);
	return {
		severity: isChosenLater ? 'warning' : 'error',
		summary:
			search.length === 0 ? 'the group names no hosts' : 'no host is found: there is nothing to deploy to',
		evidence: [
			...(search.length > 0 ? search : [apiEvidence('GetDeploymentGroup', 'no tags, no Auto Scaling group')]),
			...(gone.length > 0 ? [apiEvidence('terminated', hostNames(gone))] : []),
		],
		steps: [
			'Compare the tags of the group with those of the hosts: keys and values are case-sensitive.',
			'See that the Auto Scaling group has instances in service.',
			...(isChosenLater ? ['A blue/green deployment needs an original fleet to take over from.'] : []),
		],
		commands: showFleet(next, group),
	};
}

function faultsOf(scene: Scene, fleet: Fleet): readonly Fault[] {
	return [
		...stoppedFault(scene, fleet),
		...profileFault(scene, fleet),
		...pendingFault(fleet),
		...sizeFault(fleet),
	];
}

function stoppedFault({ next }: Scene, { stopped, size }: Fleet): readonly Fault[] {
	if (stopped.length === 0) return [];
	const ids = stopped.slice(0, 20).map(({ id }) => id);
	return [
		{
			severity: stopped.length === size ? 'error' : 'warning',
			summary: `${stopped.length} of ${counted(size, 'host')} stopped: ${hostNames(stopped)}`,
			evidence: [apiEvidence('DescribeInstances', `stopped: ${hostNames(stopped)}`)],
			steps: [
				'Start them, or take the tags of the group away from them: their agents cannot answer, and they count as unhealthy.',
			],
			commands: [aws(next, 'ec2 start-instances', { 'instance-ids': ids })],
		},
	];
}

/** Without one the agent has no credentials to speak to CodeDeploy with. */
function profileFault({ next }: Scene, { present, size }: Fleet): readonly Fault[] {
	const without = present.filter(({ instanceProfileArn }) => instanceProfileArn === undefined);
	if (without.length === 0) return [];
	return [
		{
			severity: without.length === size ? 'error' : 'warning',
			summary: `${counted(without.length, 'instance')} without an instance profile: ${hostNames(without)}`,
			evidence: [apiEvidence('IamInstanceProfile', `none on ${hostNames(without)}`)],
			steps: ['Attach an instance profile whose role may read the bundles, then restart the agent.'],
			commands: [
				aws(next, 'ec2 describe-iam-instance-profile-associations', {
					filters: `Name=instance-id,Values=${without
						.slice(0, 20)
						.map(({ id }) => id)
						.join()}`,
				}),
			],
		},
	];
}

function pendingFault({ present }: Fleet): readonly Fault[] {
	const starting = present.filter(({ state }) => state === 'pending');
	if (starting.length === 0) return [];
	return [
		{
			severity: 'info',
			summary: `${counted(starting.length, 'instance')} not running yet`,
			evidence: [apiEvidence('DescribeInstances', `pending: ${hostNames(starting)}`)],
			steps: ['Wait until they run, and their agents too.'],
		},
	];
}

function sizeFault({ size }: Fleet): readonly Fault[] {
	if (size <= mostInstances) return [];
	return [
		{
			severity: 'warning',
			summary: `${size} hosts: AWS deploys to ${mostInstances} at a time unless the quota was raised`,
			evidence: [apiEvidence('hosts that the group means', String(size))],
			steps: ['Narrow the tags of the group, or have the quota of instances per deployment raised.'],
		},
	];
}
