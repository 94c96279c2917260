import type { LogLine } from '../../domain/log-tail.ts';
import type { Failure } from '../case.ts';
import { type Confidence, confidences } from '../finding.ts';
import { type FailureRule, logEvidence, type Verdict } from '../rule.ts';
import { databaseLogs } from './application-database.ts';
import { healthLogs } from './application-health.ts';
import { hostLogs } from './application-host.ts';
import { moduleLogs } from './application-modules.ts';

/**
 * What programs print that scripts run. A log may hold complaints that the script got over, so the last one that is
 * understood counts, and less so if other errors follow it.
 */

/** What one line of a log tells. */
export type LogRule = {
	readonly patterns: readonly RegExp[];
	/** Undefined: the line means something else here. */
	readonly say: (failure: Failure, match: RegExpExecArray) => LogVerdict | undefined;
};

export type LogVerdict = Omit<Verdict, 'confidence' | 'evidence'> & {
	/** When the line may mean something else. */
	readonly confidence?: Confidence;
};

const logRules: readonly LogRule[] = [...databaseLogs, ...hostLogs, ...moduleLogs, ...healthLogs];

export const applicationLog: FailureRule = failure => {
	if (failure.exit?.code === undefined) return undefined;
	for (let index = failure.lines.length - 1; index >= 0; index--) {
		const line = failure.lines[index];
		if (line === undefined || line.text.trim() === '') continue;
		const verdict = readLine(failure, line);
		if (!verdict) continue;
		return {
			...verdict,
			confidence: weaker(verdict.confidence ?? 'certain', sureness(failure, index, line)),
			evidence: [logEvidence(failure, line)],
		};
	}
	return undefined;
};

function readLine(failure: Failure, line: LogLine): LogVerdict | undefined {
	const text = line.text.trimEnd();
	for (const { patterns, say } of logRules) {
		for (const pattern of patterns) {
			const match = pattern.exec(text);
			const verdict = match && say(failure, match);
			if (verdict) return verdict;
		}
	}
	return undefined;
}

/** Certain only if the script did not go on after it, and nothing that looks like another error was said. */
function sureness({ lines }: Failure, index: number, line: LogLine): Confidence {
	if (line.source === 'stdout') return 'likely';
	return lines.slice(index + 1).some(goesOn) ? 'likely' : 'certain';
}

const goesOn = ({ source, text }: LogLine): boolean =>
	source === 'stdout' ? text.trim() !== '' : /^(?:\S+: )?(?:error|fatal|ERROR|FATAL|E:)\b/.test(text.trim());

const weaker = (a: Confidence, b: Confidence): Confidence =>
	confidences.indexOf(a) > confidences.indexOf(b) ? a : b;
