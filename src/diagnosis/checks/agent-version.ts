import { installAgent } from '../commands.ts';
import { showAgentVersion } from '../host.ts';
import { isAgentTooOld, knowsRestart } from '../host-facts.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { hostEvidence } from '../rule.ts';
import { type HostJudge, judgeAnswer, notApplicable, ok, problem, unknown } from './found.ts';

/** Which agent it is, and whether that one can do what is asked of it. */
export const judgeVersion: HostJudge = ({ known, target, spot, of }) => {
	if (answerOf(known.service)?.state === 'not-installed') return notApplicable('there is no agent');
	return judgeAnswer(known.version, version => {
		if (version === nothing) return unknown('the host does not say which agent it has');
		const words = `agent ${version.version}`;
		const evidence = [hostEvidence(target, `agent_version: ${version.version}`)];
		const remedy = {
			steps: ['Update the agent, and build the update into the image.'],
			commands: [showAgentVersion(spot), ...installAgent(spot)],
		};
		if (isAgentTooOld(version))
			return problem(
				`${words} is years older than what AWS supports, and may not verify what the service signs`,
				evidence,
				remedy,
			);
		if (of.deployment.deploymentMode === 'RESTART' && !knowsRestart(version))
			return problem(`${words} cannot run a restart: that takes 2.1`, evidence, remedy);
		return ok(words, evidence);
	});
};
