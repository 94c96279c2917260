import type { PingState } from '../../domain/host.ts';
import { formatAge } from '../../lib/duration.ts';
import { aws } from '../commands.ts';
import type { Remedy } from '../finding.ts';
import { nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import {
	type ExaminedHost,
	type Found,
	type HostJudge,
	judgeAnswer,
	notApplicable,
	ok,
	unknown,
	warning,
} from './found.ts';
import { utc } from './instance-state.ts';

/**
 * Whether Systems Manager reaches the host. One that it does not manage may be in order: nothing can be found out on it
 * from here, and that is all. One that it has lost is a sign.
 */
export const judgeReachability: HostJudge = host => {
	if (!host.isManageable) return notApplicable('Systems Manager does not know it by this name');
	return judgeAnswer(host.known.ping, ping => (ping === nothing ? unmanaged(host) : judgePing(host, ping)));
};

function judgePing(host: ExaminedHost, { status, lastPingAt, agentVersion, system }: PingState): Found {
	const seen =
		lastPingAt === undefined ? '' : `, last heard of ${utc(lastPingAt)}${beforeEnd(host, lastPingAt)}`;
	const evidence = [
		apiEvidence('PingStatus', `${status}${seen}`),
		...(agentVersion === undefined ? [] : [apiEvidence('AgentVersion', `SSM Agent ${agentVersion}`)]),
	];
	if (status === 'Online') return ok(system === undefined ? 'Online' : `Online: ${system}`, evidence);
	return warning(`${status}${seen}`, evidence, {
		steps: [
			'See whether the instance runs, and has a way out on port 443: what cuts Systems Manager off often cuts the agent off too.',
			'See whether the SSM Agent runs on it, and has a role that allows it.',
		],
		commands: [
			aws(host.of, 'ssm describe-instance-information', {
				filters: `Key=InstanceIds,Values=${host.target}`,
			}),
		],
	});
}

function beforeEnd({ of }: ExaminedHost, at: number): string {
	const { completedAt } = of.deployment;
	if (completedAt === undefined || at > completedAt) return '';
	return `, ${formatAge(completedAt - at)} before the deployment ended`;
}

function unmanaged(host: ExaminedHost): Found {
	const remedy: Remedy = {
		steps: [
			'Run the SSM Agent on it, and give its role the managed policy AmazonSSMManagedInstanceCore.',
			'Or look at the host by hand.',
		],
		commands: [
			aws(host.of, 'ssm describe-instance-information', {
				filters: `Key=InstanceIds,Values=${host.target}`,
			}),
		],
	};
	return { ...unknown('Systems Manager does not manage it: nothing can be run on it from here'), remedy };
}
