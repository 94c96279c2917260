import { showDisk } from '../host.ts';
import { agentDisk, describeDisk, disks, fullerThan } from '../host-facts.ts';
import { hostEvidence } from '../rule.ts';
import { remedyOf } from '../rules/agent-trouble.ts';
import { type HostJudge, judgeAnswer, ok, problem, unknown, warning } from './found.ts';

/** Whether there is room: for the agent's files, for the bundle, and for what scripts write. */
export const judgeDisk: HostJudge = ({ known, target, spot }) =>
	judgeAnswer(known.disk, usage => {
		const full = fullerThan(usage, disks.full);
		const [fullest] = full;
		if (fullest !== undefined) {
			const evidence = full.map(disk => hostEvidence(target, describeDisk(disk)));
			const remedy = remedyOf(spot, 'no-space-left') ?? {
				steps: ['Free space.'],
				commands: [showDisk(spot)],
			};
			const own = agentDisk(usage, disks.full);
			return own
				? problem(describeDisk(own), evidence, remedy)
				: warning(describeDisk(fullest), evidence, remedy);
		}
		const [most] = fullerThan(usage, 0);
		if (most === undefined) return unknown('the host did not say how full its disks are');
		const nearly = most.usedPercent >= disks.mention ? 'nearly full: ' : '';
		return ok(`${nearly}${describeDisk(most)}`, [hostEvidence(target, describeDisk(most))]);
	});
