import { hostEvidence } from '../rule.ts';
import { describeService, serviceRemedy } from '../rules/agent-service.ts';
import { type HostJudge, judgeAnswer, ok, problem, unknown, warning } from './found.ts';

/** Whether the agent runs, and starts by itself when the host does. */
export const judgeService: HostJudge = ({ known, target, spot }) =>
	judgeAnswer(known.service, service => {
		const { state, lastWords } = service;
		const words = `the agent is ${describeService(service)}`;
		const evidence = [
			hostEvidence(target, words),
			...(lastWords === undefined ? [] : [hostEvidence(target, lastWords)]),
		];
		if (state === 'unknown') return unknown('the answer of the service manager was not understood');
		const remedy = serviceRemedy(spot, service);
		if (remedy === undefined) return ok(words, evidence);
		const isMinor = state === 'running' || state === 'starting';
		return (isMinor ? warning : problem)(words, evidence, remedy);
	});
