import { errorLineIndexes, isErrorLine, type LogLine, parseLogTail } from './log-tail.ts';

/**
 * The logs that an agent of either generation keeps on its host (AWS CodeDeploy agent): its own, that of all deployments,
 * and scripts.log of one. All text must have been sanitised, and may begin in the middle of a line.
 */

/** A line of one of these logs. Its timestamp is as it was written: the host's local time, but for agent 2's own log. */
export type HostLogLine = LogLine & {
	/** `INFO`, `ERROR`…; what follows a line without a level of its own has none. */
	readonly level?: string;
	readonly deploymentId?: string;
	/** A person who looks for the cause would stop here. */
	readonly isError: boolean;
};

const agentEntry =
	/^(?<timestamp>\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?)\s+(?<level>TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|UNKNOWN)\s+(?<text>.*)$/s;
/** Agent 1 names itself and its process before every message. */
const agent1Prefix = /^\[[\w. -]+\(\d+\)\]:\s*/;
const deploymentInText = /(?<![A-Za-z0-9-])d-[A-Z0-9]{9}(?![A-Za-z0-9-])/;
const errorLevels: ReadonlySet<string> = new Set(['ERROR', 'FATAL']);
/** What fails a command and is written at another level. */
const toldAside =
	/Calling PutHostCommandComplete: "Code Error"|Calling PutHostCommandComplete: 'Failed'|command_status:"Failed"|\bCommand failed\b|Failing the lifecycle event/;

/**
 * `codedeploy-agent.log`. Agent 1: `2024-10-09T22:54:00 INFO  [codedeploy-agent(6273)]: text`, older builds with a
 * space for the `T`, stack traces on lines of their own. Agent 2, in UTC: `2026-08-01 12:34:56  INFO span{…}: text`.
 */
export function parseAgentLog(log: string): readonly HostLogLine[] {
	return linesOf(log).map(line => {
		const groups = agentEntry.exec(line)?.groups;
		const { timestamp, level } = groups ?? {};
		if (groups === undefined || timestamp === undefined || level === undefined) {
			return { source: 'plain', text: line, isError: false };
		}
		const text = (groups.text ?? '').replace(agent1Prefix, '');
		const deploymentId = deploymentInText.exec(text)?.[0];
		return {
			source: 'plain',
			text,
			timestamp,
			level,
			...(deploymentId !== undefined && { deploymentId }),
			isError: errorLevels.has(level) || toldAside.test(text),
		};
	});
}

const deploymentsEntry =
	/^\[(?<timestamp>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)?)\] \[(?<id>[^\]]*)\](?<entry>.*)$/s;

/**
 * `codedeploy-agent-deployments.log`: `[2023-09-25 18:29:44.213] [d-SPB1ONTV1][stderr]text`. A line without such a
 * start goes on where the one before it was written; given `only`, lines of other deployments are left out.
 */
export function parseDeploymentsLog(log: string, only?: string): readonly HostLogLine[] {
	let timestamp: string | undefined;
	let deploymentId: string | undefined;
	const entries = linesOf(log).flatMap(line => {
		if (line.startsWith('# Logfile created on ')) return [];
		const groups = deploymentsEntry.exec(line)?.groups;
		timestamp = groups?.timestamp;
		deploymentId = groups?.id ?? deploymentId;
		if (only !== undefined && deploymentId !== only) return [];
		return [{ entry: groups?.entry ?? line, timestamp, deploymentId }];
	});
	const lines = parseLogTail(entries.map(({ entry }) => entry).join('\n'));
	return lines.map((line, index) => {
		const entry = entries[index];
		return {
			...line,
			...(entry?.timestamp !== undefined && { timestamp: entry.timestamp }),
			...(entry?.deploymentId !== undefined && { deploymentId: entry.deploymentId }),
			isError: isErrorLine(line),
		};
	});
}

/**
 * The log of all deployments as scripts.log has it: the same lines, without the milliseconds and the deployment's id.
 * Lines that are of no deployment are left as they are.
 */
export function asScriptsLog(deploymentsLog: string): string {
	return linesOf(deploymentsLog)
		.map(line => {
			const { timestamp, entry } = deploymentsEntry.exec(line)?.groups ?? {};
			return timestamp === undefined ? line : `${timestamp.slice(0, 19)} ${entry ?? ''}`;
		})
		.join('\n');
}

/** `scripts.log`: `2026-11-23 03:41:29 [stderr]text`, from either generation. */
export const parseScriptsLog = (log: string): readonly HostLogLine[] =>
	parseLogTail(log).map(line => ({ ...line, isError: isErrorLine(line) }));

/** Indexes of the lines to jump between. In a log without levels they are found as in a log tail. */
export function hostErrorIndexes(lines: readonly HostLogLine[]): readonly number[] {
	if (!lines.some(({ level }) => level !== undefined)) return errorLineIndexes(lines);
	return lines.flatMap((line, index) => (line.isError ? [index] : []));
}

function linesOf(log: string): readonly string[] {
	const lines = log.split('\n');
	if (lines.at(-1) === '') lines.pop();
	return lines;
}
