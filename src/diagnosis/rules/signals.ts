import type { Failure } from '../case.ts';
import { docs } from '../docs.ts';
import { onLinux, showKills, showScriptsLog } from '../host.ts';
import { type FailureRule, logEvidence, type Verdict } from '../rule.ts';
import { scriptName, sentence } from '../words.ts';
import { lastMatch } from './shell-errors.ts';

/** A script or a program that was killed, and the memory that is the usual reason. */

/** Signals that end programs; a shell reports them as 128 + number. */
const signals: Readonly<Record<number, string>> = {
	1: 'HUP',
	2: 'INT',
	3: 'QUIT',
	6: 'ABRT',
	8: 'FPE',
	9: 'KILL',
	11: 'SEGV',
	13: 'PIPE',
	15: 'TERM',
};

/** Said by runtimes and by the kernel when memory runs out. */
const noMemory = [
	/JavaScript heap out of memory/,
	/java\.lang\.OutOfMemoryError/,
	/\bOut of memory: Kill(?:ed)? process\b/,
	/\bCannot allocate memory\b/,
	/^MemoryError\b/,
	/\bfatal error: runtime: (?:out of memory|cannot allocate memory)/,
	/\bAllowed memory size of \d+ bytes exhausted/,
	/\bvirtual memory exhausted\b/,
	/\bstd::bad_alloc\b/,
	/\bfatal error: Killed signal terminated program\b/,
	/\bfailed to allocate memory \(NoMemoryError\)/,
];

export const outOfMemory: FailureRule = failure => {
	const found = failure.exit && lastMatch(failure.lines, ...noMemory);
	if (!found) return undefined;
	const isHeap = /JavaScript heap|OutOfMemoryError|Allowed memory size/.test(found.line.text);
	return {
		cause: 'out-of-memory',
		title: isHeap ? 'A program used up its heap' : 'The host ran out of memory',
		why: isHeap
			? `A program that ${scriptName(failure.script)} runs reached the limit of memory that it is allowed.`
			: `A program that ${scriptName(failure.script)} runs asked for memory that the host does not have.`,
		confidence: found.line.source === 'stdout' ? 'likely' : 'certain',
		evidence: [logEvidence(failure, found.line)],
		steps: [
			isHeap
				? 'Raise the limit (NODE_OPTIONS=--max-old-space-size, -Xmx, memory_limit), if the host has the memory.'
				: 'Use a larger instance, or add swap.',
			'Better, build before deploying: hosts should install what is built already.',
		],
		commands: memoryChecks(failure),
		docs: docs.troubleshootHosts,
	};
};

const memoryChecks = (failure: Failure): readonly string[] => [
	...onLinux(failure, 'free -m'),
	...showKills(failure),
];

/** No code at all, or that of a signal that others send: what the programs said before does not matter. */
export const killedBySignal: FailureRule = failure => {
	const code = failure.exit?.code;
	return failure.exit && (code === undefined || sentByOthers.has(code)) ? killed(failure) : undefined;
};

/** A signal that a program brings on itself: what it said explains it better. */
export const crashedBySignal: FailureRule = failure =>
	failure.exit?.code === undefined || signals[failure.exit.code - 128] === undefined
		? undefined
		: killed(failure);

/** KILL and TERM. */
const sentByOthers: ReadonlySet<number> = new Set([137, 143]);

function killed(failure: Failure): Verdict {
	const { exit = {}, script, lines } = failure;
	const name = exit.code === undefined ? undefined : signals[exit.code - 128];
	const said = lastMatch(lines, /\b\d+ Killed\b/, /^Killed$/, /\bTerminated\b/, /\bSegmentation fault\b/);
	return {
		cause: 'killed-by-signal',
		title: `${sentence(scriptName(script))} was killed${name ? ` (signal ${name})` : ' by a signal'}`,
		why: explain(exit.code, name),
		confidence: exit.code === undefined || said ? 'certain' : 'likely',
		evidence: said ? [logEvidence(failure, said.line)] : [],
		steps: [
			'See whether the kernel killed a process for lack of memory.',
			'See whether the script itself, or another deployment, stops processes by name and hits its own (pkill, killall).',
			'See whether something restarted the agent or the host meanwhile.',
		],
		commands: [...memoryChecks(failure), showScriptsLog(failure)],
		docs: docs.troubleshootHosts,
	};
}

function explain(code: number | undefined, name: string | undefined): string {
	if (code === undefined)
		return 'The script did not end by itself: a signal killed it, so it has no exit code. The kernel does that when memory runs out.';
	if (name === 'KILL')
		return `Exit code ${code} means that the script or a program it ran was killed outright. That is what the kernel does when memory runs out.`;
	if (name === 'TERM')
		return `Exit code ${code} means that something asked the script, or a program it ran, to end: a service manager, a shutdown, or a script that stops processes by name.`;
	if (name === 'SEGV') return `Exit code ${code} means that a program crashed while accessing memory.`;
	return `Exit code ${code} means that signal ${name ?? ''} ended the script or a program it ran.`;
}
