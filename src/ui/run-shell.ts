import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ShellEnd } from '../actions/shell-end.ts';
import type { Clock } from '../lib/clock.ts';

/** Runs a program that has the terminal meanwhile. Never rejects. When `signal` aborts, the program is ended. */
export type ShellProgram = (
	words: readonly [program: string, ...args: string[]],
	signal: AbortSignal,
) => Promise<ShellEnd>;

export type ShellProgramParts = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly platform: string;
	readonly clock: Clock;
	/** What the program complains of is shown there, and kept to be explained. */
	readonly stdout: { write(text: Uint8Array): unknown };
};

/** How long programs that are told to end may take. */
const endMs = 700;
/** A program that has ended may have left another one behind that holds its standard error. */
const lastWordsMs = 200;
/** Of what the program complains of, the end is kept. */
const complaintBytes = 16_384;

export function createShellProgram(parts: ShellProgramParts): ShellProgram {
	return async (words, signal) => {
		if (parts.platform === 'win32') return runOnce(words, signal, parts);
		// A program that is killed leaves the terminal as it has made it: raw, without an echo.
		const modes = (await stty(['-g'], parts.env)).trim();
		try {
			return await runOnce(words, signal, parts);
		} finally {
			if (modes !== '') await stty([modes], parts.env);
		}
	};
}

type Exited = { readonly problem?: string; readonly exitCode?: number };

async function runOnce(
	[program, ...args]: readonly [string, ...string[]],
	signal: AbortSignal,
	{ env, stdout, clock }: ShellProgramParts,
): Promise<ShellEnd> {
	if (signal.aborted) return { type: 'cut-short' };
	const child = spawn(program, args, { env, stdio: ['inherit', 'inherit', 'pipe'] });
	const stderr = keepEnd(child.stderr, stdout);
	const over = new AbortController();
	const closed = new Promise<void>(resolve => child.on('close', () => resolve()));
	const exited = new Promise<Exited>(resolve => {
		child.on('error', error => resolve({ problem: codeOf(error) }));
		child.on('exit', code => resolve(code === null ? {} : { exitCode: code }));
	});
	const end = () => void endAll(child.pid, env, clock, over.signal);
	signal.addEventListener('abort', end, { once: true });
	const { problem, ...how } = await exited;
	over.abort();
	signal.removeEventListener('abort', end);
	if (problem !== undefined) return { type: 'not-started', code: problem };
	const heard = new AbortController();
	await Promise.race([closed, clock.sleep(lastWordsMs, heard.signal)]);
	heard.abort();
	child.stderr.destroy();
	return signal.aborted ? { type: 'cut-short' } : { type: 'ended', ...how, stderr: stderr() };
}

/** Shows what comes, and keeps its end. */
function keepEnd(stream: Readable, stdout: ShellProgramParts['stdout']): () => string {
	let kept = Buffer.alloc(0);
	stream.on('data', (chunk: Buffer) => {
		stdout.write(chunk);
		kept = Buffer.concat([kept, chunk]).subarray(-complaintBytes);
	});
	stream.on('error', () => {});
	return () => kept.toString('utf8');
}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : error.message);

/** Ends a program and all that it has started: the AWS CLI leaves its plugin behind when it is killed. */
async function endAll(
	pid: number | undefined,
	env: ShellProgramParts['env'],
	clock: Clock,
	over: AbortSignal,
): Promise<void> {
	if (pid === undefined) return;
	const all = await withDescendants(pid, env);
	for (const each of all) kill(each, 'SIGTERM');
	await clock.sleep(endMs, over);
	if (!over.aborted) for (const each of all) kill(each, 'SIGKILL');
}

function kill(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch {
		// It has ended by itself.
	}
}

async function withDescendants(pid: number, env: ShellProgramParts['env']): Promise<readonly number[]> {
	const parents = (await run('ps', ['-A', '-o', 'pid=', '-o', 'ppid='], env))
		.split('\n')
		.map(line => line.trim().split(/\s+/).map(Number));
	const found = [pid];
	for (const parent of found) {
		for (const [id = 0, of = 0] of parents) if (of === parent && !found.includes(id)) found.push(id);
	}
	return found;
}

const stty = (args: readonly string[], env: ShellProgramParts['env']): Promise<string> =>
	run('stty', args, env);

/** What a small program prints; nothing when there is none, or it fails. */
function run(program: string, args: readonly string[], env: ShellProgramParts['env']): Promise<string> {
	return new Promise(resolve => {
		const child = spawn(program, args, { env, stdio: ['inherit', 'pipe', 'ignore'] });
		let text = '';
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
			text += chunk;
		});
		child.on('error', () => resolve(''));
		child.on('close', code => resolve(code === 0 ? text : ''));
	});
}
