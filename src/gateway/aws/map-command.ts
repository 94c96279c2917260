import type { GetCommandInvocationCommandOutput } from '@aws-sdk/client-ssm';
import type { HostCommandResult, HostScript } from '../../domain/host-command.ts';
import { finite, line, present, text, word } from './fields.ts';

/** AWS: what GetCommandInvocation keeps of either output, from its start. */
const stdoutLimit = 24_000;
const stderrLimit = 8_000;

/** What the agent of Systems Manager puts where it cuts an output off. */
const cutMark = /-+(output|error) truncated-+\s*$/i;

/** AWS: GetCommandInvocation, of a command that reads at most the last `tailBytes` of a file. */
export function mapInvocation(
	answer: Partial<GetCommandInvocationCommandOutput>,
	{ tailBytes }: Pick<HostScript, 'tailBytes'>,
): HostCommandResult {
	const status = word(answer.Status) ?? 'Unknown';
	const stdout = text(answer.StandardOutputContent) ?? '';
	const exitCode = finite(answer.ResponseCode);
	return present({
		status,
		detail: line(answer.StatusDetails) ?? status,
		exitCode: exitCode === -1 ? undefined : exitCode,
		stdout,
		stderr: text(answer.StandardErrorContent) ?? '',
		stdoutCut: isCut(answer.StandardOutputContent, stdoutLimit),
		stderrCut: isCut(answer.StandardErrorContent, stderrLimit),
		startCut: tailBytes !== undefined && bytesOf(answer.StandardOutputContent) >= tailBytes,
		startedAt: isoTime(answer.ExecutionStartDateTime),
		endedAt: isoTime(answer.ExecutionEndDateTime),
	});
}

const isCut = (output: unknown, limit: number): boolean =>
	typeof output === 'string' && (output.length >= limit || cutMark.test(output.slice(-100)));

const bytesOf = (output: unknown): number => (typeof output === 'string' ? Buffer.byteLength(output) : 0);

/** Systems Manager writes these times as text, and an empty one for what has not happened. */
function isoTime(value: unknown): number | undefined {
	return typeof value === 'string' && /^\d{4}-/.test(value) ? finite(Date.parse(value)) : undefined;
}
