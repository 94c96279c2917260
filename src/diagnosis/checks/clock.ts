import { clocks, describeClock, isClockRefused } from '../host-facts.ts';
import { nothing } from '../knowledge.ts';
import { hostEvidence } from '../rule.ts';
import { remedyOf } from '../rules/agent-trouble.ts';
import { type HostJudge, judgeAnswer, ok, problem, unknown } from './found.ts';

/** Whether AWS would take what the host signs for new enough. */
export const judgeClock: HostJudge = ({ known, target, spot }) =>
	judgeAnswer(known.clock, clock => {
		if (clock === nothing || !Number.isFinite(clock.aheadMs))
			return unknown('the host did not say what time it is');
		const off = describeClock(clock);
		const evidence = [hostEvidence(target, `the clock is ${off}`)];
		if (isClockRefused(clock))
			return problem(
				`the clock is ${off}: AWS refuses what is signed more than 5 min off`,
				evidence,
				remedyOf(spot, 'clock-skew') ?? { steps: ['Synchronise the clock.'], commands: [] },
			);
		const sync = clock.synchronized === false ? ', and nothing keeps it right' : '';
		if (Math.abs(clock.aheadMs) > clocks.mention) return ok(`the clock is ${off}${sync}`, evidence);
		return ok(`the clock is right${sync}`, evidence);
	});
