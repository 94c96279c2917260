import { parseAgentLog } from '../../domain/agent-log.ts';
import { endOfText } from '../../lib/cut-text.ts';
import { readAgentLog } from '../agent-log.ts';
import { causes } from '../causes.ts';
import { showAgentLog } from '../host.ts';
import { answerOf } from '../knowledge.ts';
import { hostEvidence } from '../rule.ts';
import { remedyOf } from '../rules/agent-trouble.ts';
import { type HostJudge, notApplicable, ok, pending, problem, unanswered, unknown } from './found.ts';

/** What the agent complains of at the end of its own log. */
export const judgeAgentLog: HostJudge = ({ logs, known, target, spot }) => {
	const { agentLog, unread } = logs;
	if (agentLog === undefined) {
		if (answerOf(known.service)?.state === 'not-installed') return notApplicable('there is no agent');
		return unread?.agentLog ? unanswered(unread.agentLog) : pending;
	}
	if (agentLog.trim() === '') return unknown('the log is empty');
	const trouble = readAgentLog(agentLog);
	if (trouble)
		return problem(
			`it complains: ${causes[trouble.cause]}`,
			[hostEvidence(target, trouble.line)],
			remedyOf(spot, trouble.cause) ?? { steps: ['Read its log.'], commands: [showAgentLog(spot)] },
		);
	const lastError = parseAgentLog(endOfText(agentLog, endOfLog)).findLast(({ isError }) => isError);
	return ok(
		'the agent does not complain of itself',
		lastError === undefined ? [] : [hostEvidence(target, `its last error: ${lastError.text}`)],
	);
};

const endOfLog = 64 * 1024;
