import type { LogAilment } from '../world/ailment.ts';
import type { HookRun } from './hook-run.ts';
import { bytesFile, type HostFile, joinedFile, repeatedFile, textFile } from './host-file.ts';
import { plainTime, preciseTime } from './moments.ts';

/** What the scripts of one deployment printed; undefined as long as none has run. */
export function scriptsLog(
	runs: readonly HookRun[],
	clockOffsetMs: number,
	ailment: LogAilment | undefined,
): HostFile | undefined {
	const written = runs.flatMap(({ output }) => output);
	if (written.length === 0) return ailment?.type === 'empty' ? textFile('') : undefined;
	const text = written.map(({ at, text: line }) => `${plainTime(at + clockOffsetMs)} ${line}\n`).join('');
	return afflicted(text, ailment, plainTime((written[0]?.at ?? 0) + clockOffsetMs));
}

/** What the scripts of all deployments printed; each line names its deployment. */
export function deploymentsLog(
	runs: readonly HookRun[],
	clockOffsetMs: number,
	ailment: LogAilment | undefined,
): HostFile | undefined {
	const firstAt = runs.find(({ output }) => output.length > 0)?.output[0]?.at;
	if (firstAt === undefined) return ailment?.type === 'empty' ? textFile('') : undefined;
	const title = `${deploymentsLogTitle(firstAt + clockOffsetMs)}\n`;
	const lines = runs.flatMap(run =>
		run.output.map(({ at, text }) => `${deploymentsLogLine(run, at + clockOffsetMs, text)}\n`),
	);
	const id = runs.at(-1)?.deployment.id ?? '';
	return afflicted(title + lines.join(''), ailment, `[${preciseTime(firstAt + clockOffsetMs)}] [${id}]`);
}

/** What stands at the head of a file that is shared. */
export function deploymentsLogTitle(at: number): string {
	return `# Logfile created on ${plainTime(at)} +0000 by logger.rb/v1.5.0`;
}

/** The agent strips the blanks at both ends of what it hands to this log. */
export function deploymentsLogLine({ deployment }: HookRun, at: number, text: string): string {
	return `[${preciseTime(at)}] [${deployment.id}]${text.trim()}`;
}

/** A line of a script that talks too much. */
export function chatter(index: number): string {
	return `[stdout]copied asset ${String(index).padStart(5, '0')} of 99999, 1843 bytes, no change`;
}

const chatterLines = 512;

function afflicted(text: string, ailment: LogAilment | undefined, prefix: string): HostFile {
	if (ailment?.type === 'huge') {
		const block = Array.from({ length: chatterLines }, (_, index) => `${prefix} ${chatter(index)}\n`).join(
			'',
		);
		return joinedFile([repeatedFile(Buffer.from(block), ailment.bytes), textFile(`\n${text}`)]);
	}
	if (ailment?.type === 'binary') return joinedFile([bytesFile(noise), textFile(`\n${text}`)]);
	return textFile(text);
}

/** What is left of that when it is sent on as text. */
export function noiseLines(): readonly string[] {
	return noise.toString('utf8').split('\n');
}

/** The beginning of an image, as a script prints it that was told the wrong file. */
const noise = Buffer.concat([
	Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
	Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 73 + (index >> 3) * 151) % 256)),
]);
