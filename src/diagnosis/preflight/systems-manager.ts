import type { PingState } from '../../domain/host.ts';
import { judgeAnswer, notApplicable, ok, pending, unanswered } from '../checks/found.ts';
import { utc } from '../checks/instance-state.ts';
import { aws } from '../commands.ts';
import { nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import { counted } from '../words.ts';
import { instancesToPing } from './facts.ts';
import { hostNames } from './fleet.ts';
import { type Fault, isServer, type PreflightJudge, tellFaults } from './found.ts';

/**
 * Whether Systems Manager reaches the hosts (AWS: DescribeInstanceInformation). CodeDeploy does not need it: one that it
 * has never known is only one that nothing can be looked at on. One that it has lost may have lost CodeDeploy as well.
 */
export const judgeSystemsManager: PreflightJudge = ({ facts, group, next }) => {
	if (!isServer(group)) return notApplicable('nothing is deployed to hosts');
	const { instances } = facts;
	if (instances === undefined) return pending;
	if ('unanswered' in instances) return unanswered(instances);
	const asked = instances.answer === nothing ? [] : instancesToPing(instances.answer);
	if (asked.length === 0) return notApplicable('no EC2 instance of the group runs');
	return judgeAnswer(facts.pings, pings => {
		const known: readonly PingState[] = pings === nothing ? [] : pings;
		const byId = new Map(known.map(ping => [ping.id, ping]));
		const lost = known.filter(({ status }) => status !== 'Online');
		const unmanaged = asked.filter(({ id }) => !byId.has(id));
		const faults: Fault[] = [];
		if (lost.length > 0)
			faults.push({
				severity: 'warning',
				summary: `no longer heard of: ${hostNames(asked.filter(({ id }) => lost.some(ping => ping.id === id)))}`,
				evidence: lost.slice(0, 8).map(pingEvidence),
				steps: [
					'See whether they have a way out on port 443: what cuts Systems Manager off often cuts the agent off too.',
					'See whether the SSM Agent runs on them, and has a role that allows it.',
				],
				commands: [
					showPings(
						next,
						lost.map(({ id }) => id),
					),
				],
			});
		if (unmanaged.length > 0)
			faults.push({
				severity: 'info',
				summary: `${unmanaged.length} of ${counted(asked.length, 'instance')} never known to it: ${hostNames(unmanaged)}`,
				evidence: [apiEvidence('DescribeInstanceInformation', `without ${hostNames(unmanaged)}`)],
				steps: [
					'Deployments do not need it; logs and agents of these hosts cannot be looked at from here.',
					'Run the SSM Agent on them, and give their role the managed policy AmazonSSMManagedInstanceCore.',
				],
				commands: [
					showPings(
						next,
						unmanaged.map(({ id }) => id),
					),
				],
			});
		return tellFaults(faults, () => ok(`${counted(asked.length, 'instance')} online`));
	});
};

function pingEvidence({ id, status, lastPingAt }: PingState) {
	const seen = lastPingAt === undefined ? '' : `, last heard of ${utc(lastPingAt)}`;
	return apiEvidence(`PingStatus ${id}`, `${status}${seen}`);
}

const showPings = (next: Parameters<typeof aws>[0], ids: readonly string[]): string =>
	aws(next, 'ssm describe-instance-information', {
		filters: `Key=InstanceIds,Values=${ids.slice(0, 20).join()}`,
	});
