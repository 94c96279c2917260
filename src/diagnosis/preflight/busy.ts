import { judgeAnswer, ok } from '../checks/found.ts';
import { utc } from '../checks/instance-state.ts';
import { aws, rollcall } from '../commands.ts';
import { nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import { type PreflightJudge, tellFault } from './found.ts';

/** Whether the group is free: it has one deployment at a time (AWS: quotas; CreateDeployment, DeploymentLimitExceeded). */
export const judgeBusy: PreflightJudge = ({ facts, next }) =>
	judgeAnswer(facts.active, active => {
		if (active === nothing) return ok('no deployment has it now');
		const { id, status, createdAt, creator } = active;
		const since = createdAt === undefined ? '' : ` since ${utc(createdAt)}`;
		return tellFault({
			severity: 'error',
			summary: `${id} has it${since}: ${status}`,
			evidence: [
				apiEvidence(`GetDeployment ${id}`, status),
				...(creator === undefined ? [] : [apiEvidence('creator', creator)]),
			],
			steps: [
				'Wait until it has ended, or stop it: a group has one deployment at a time.',
				'Until then AWS refuses another one (DeploymentLimitExceededException).',
			],
			commands: [rollcall(next, `watch ${id}`), aws(next, 'deploy get-deployment', { 'deployment-id': id })],
		});
	});
