import { bytesFile, type HostFile } from '../host-file.ts';
import { linuxPrograms } from './linux-programs.ts';
import { failed, type Outcome, type Surroundings } from './outcome.ts';
import { lastCode, parseShell, type Step } from './parse-shell.ts';

/** What a shell script wrote, and how it ended. */
export type ScriptOutcome = {
	readonly stdout: string;
	readonly stderr: string;
	readonly code: number;
	readonly tookMs: number;
};

/** Runs a script with the few programs that only look. */
export function runShell(script: string, surroundings: Surroundings): ScriptOutcome {
	const { condition, then, otherwise } = choice.exec(script)?.groups ?? {};
	if (condition === undefined || then === undefined || otherwise === undefined)
		return runSteps(script, surroundings);
	const asked = runSteps(condition, surroundings);
	const chosen = runSteps(asked.code === 0 ? then : otherwise, surroundings);
	return {
		stdout: asked.stdout + chosen.stdout,
		stderr: asked.stderr + chosen.stderr,
		code: chosen.code,
		tookMs: asked.tookMs + chosen.tookMs,
	};
}

/** The one form in which this shell knows a choice. */
const choice = /^if (?<condition>[^;\n]+); then (?<then>[^;\n]+); else (?<otherwise>[^;\n]+); fi\s*$/;

function runSteps(script: string, surroundings: Surroundings): ScriptOutcome {
	const steps = parseShell(script);
	if (steps === undefined) return { stdout: '', stderr: 'sh: 1: Syntax error\n', code: 2, tookMs: 0 };
	const output: Buffer[] = [];
	const errors: string[] = [];
	let code = 0;
	let tookMs = 0;
	let piped: HostFile | undefined;
	let isSkipping = false;
	for (const [index, step] of steps.entries()) {
		// What a skipped program would have piped, nobody reads.
		isSkipping = step.isPiped ? isSkipping : !isDue(step, code);
		if (isSkipping) continue;
		const words = step.words.map(word => word.replaceAll(lastCode, String(code)));
		const ran = runStep({ ...step, words }, surroundings, step.isPiped ? piped : undefined);
		code = ran.code ?? 0;
		tookMs += ran.tookMs ?? 0;
		const { stdout, stderr } = directed(step, ran);
		if (steps[index + 1]?.isPiped) piped = bytesFile(stdout);
		else output.push(stdout);
		errors.push(stderr);
	}
	return { stdout: Buffer.concat(output).toString('utf8'), stderr: errors.join(''), code, tookMs };
}

function isDue({ when }: Step, code: number): boolean {
	return when === 'always' || (when === 'after-success') === (code === 0);
}

function runStep({ words, line }: Step, surroundings: Surroundings, input: HostFile | undefined): Outcome {
	const [name = '', ...args] = withoutSudo(words);
	const program = Object.hasOwn(linuxPrograms, name) ? linuxPrograms[name] : undefined;
	return program ? program(args, surroundings, input) : failed(`sh: ${line}: ${name}: not found`, 127);
}

/** Systems Manager runs commands as root: sudo changes nothing. */
function withoutSudo(words: readonly string[]): readonly string[] {
	if (words[0] !== 'sudo') return words;
	let at = 1;
	// The name of a user follows its flag.
	while (words[at]?.startsWith('-')) at += words[at] === '-u' ? 2 : 1;
	return words.slice(at);
}

function directed({ dropsOutput, errors }: Step, { stdout = '', stderr = '' }: Outcome) {
	const written = Buffer.from(stdout);
	const joined = errors === 'as-output' ? Buffer.concat([written, Buffer.from(stderr)]) : written;
	return {
		stdout: dropsOutput ? Buffer.alloc(0) : joined,
		stderr: errors === 'shown' ? stderr : '',
	};
}
