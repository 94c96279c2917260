import {
	type HostLogLine,
	hostErrorIndexes,
	parseAgentLog,
	parseDeploymentsLog,
	parseScriptsLog,
} from '../domain/agent-log.ts';
import type { DeploymentId } from '../domain/ids.ts';
import type { HostLog } from '../domain/shipped-log.ts';
import { startOfText } from '../lib/cut-text.ts';
import { memoOne } from '../lib/memo.ts';
import { dim, type Segment, segment, type Tone } from './line.ts';
import type { PagerRow } from './pager.ts';

/** A host's own log as rows. */
export type HostLogRows = {
	readonly rows: readonly PagerRow[];
	readonly errors: number;
	/** Lines of other deployments, which are left out. */
	readonly leftOut: number;
	/** Some of it is no text. */
	readonly isBinary: boolean;
};

/** Worked out once for a text, not once for a frame: it may have ten thousand lines. */
export const hostLogRows: (source: HostLog, text: string, id: DeploymentId) => HostLogRows = memoOne(
	(source, text, id) => {
		const lines = parse(source, text, id);
		const errors = new Set(hostErrorIndexes(lines));
		const focus = source === 'agent' ? agentFocus(lines, errors, id) : undefined;
		const digits = String(lines.length).length;
		const rows = lines.map((each, index) => ({
			...logRow(each, index, digits, errors.has(index)),
			...(index === focus && { isFocus: true }),
		}));
		const leftOut = source === 'deployments' ? parseDeploymentsLog(text).length - lines.length : 0;
		return { rows, errors: errors.size, leftOut, isBinary: isBinary(text) };
	},
);

function parse(source: HostLog, text: string, id: DeploymentId): readonly HostLogLine[] {
	if (text === '') return [];
	switch (source) {
		case 'scripts':
			return parseScriptsLog(text);
		case 'agent':
			return parseAgentLog(text);
		case 'deployments':
			return parseDeploymentsLog(text, id);
	}
}

/**
 * The agent complains of many things over the days. What is looked for is its first error since it got to this
 * deployment; if it never names that, or all went well since, what it complained of last. Lines are told apart by what they
 * name: their times are the host's own, and only good for comparing them with each other.
 */
function agentFocus(
	lines: readonly HostLogLine[],
	errors: ReadonlySet<number>,
	id: DeploymentId,
): number | undefined {
	const begins = lines.findIndex(({ text }) => text.includes(id) || commandIn(text).includes(id));
	const all = [...errors];
	const since = begins < 0 ? undefined : all.find(index => index >= begins);
	return since ?? firstOfBurst(lines, all);
}

/** What agent 1 says of a command: an identifier that is JSON in base64, with the deployment's ARN in it. */
function commandIn(text: string): string {
	const identifier = /host_command_identifier:"(?<base64>[A-Za-z0-9+/=]+)"/.exec(text)?.groups?.base64;
	return identifier === undefined ? '' : decode(identifier);
}

function decode(base64: string): string {
	try {
		return atob(base64);
	} catch {
		return '';
	}
}

/** Of errors that follow each other closely, the first is the cause and the others what came of it. */
const burstMs = 30_000;

function firstOfBurst(lines: readonly HostLogLine[], errors: readonly number[]): number | undefined {
	const last = errors.at(-1);
	if (last === undefined) return undefined;
	const timeOf = (index: number) => Date.parse(`${lines[index]?.timestamp?.slice(0, 19).replace(' ', 'T')}Z`);
	return errors.find(index => timeOf(last) - timeOf(index) <= burstMs) ?? last;
}

const levelTones: Readonly<Record<string, Tone>> = {
	ERROR: 'failed',
	FATAL: 'failed',
	WARN: 'attention',
	WARNING: 'attention',
};

const levelWidth = 5;
/** A single line may be a megabyte long; who needs all of it looks at it on the host. */
const longestLine = 4000;

function logRow(logLine: HostLogLine, index: number, digits: number, isError: boolean): PagerRow {
	const { timestamp, level, source } = logLine;
	return {
		gutter: [
			dim(`${String(index + 1).padStart(digits)} `),
			segment(source === 'stderr' ? '▌ ' : '  ', 'failed'),
		],
		text: [
			...(timestamp === undefined ? [] : [dim(`${timestamp} `)]),
			...(level === undefined ? [] : [segment(`${level.padEnd(levelWidth)} `, levelTones[level] ?? 'dim')]),
			...textSegments(logLine, isError),
		],
		isError,
	};
}

function textSegments({ text, source }: HostLogLine, isError: boolean): readonly Segment[] {
	const shown = startOfText(text, longestLine);
	const rest = text.length - shown.length;
	const tone = source === 'header' ? 'dim' : 'plain';
	const told: Segment = { text: shown, tone, bold: isError && source !== 'header' };
	return rest === 0 ? [told] : [told, dim(` … ${rest} more characters`)];
}

/** What stands for bytes that are no character: one may slip in, more do not. */
const isBinary = (text: string): boolean => (text.match(/\ufffd/g)?.length ?? 0) >= 8;
