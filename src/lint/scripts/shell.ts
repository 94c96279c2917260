import {
	type Command,
	forEachChild,
	type ParsedScript,
	parse,
	type Statement,
	type SyntaxNode,
} from 'unbash';
import { bashism } from './bashisms.ts';
import { type Open, openAfter, openOutputs } from './outputs.ts';

/** What a look at a shell script's syntax finds. Offsets are characters from the beginning. */
export type ShellFacts = {
	/** The first thing that bash cannot read. */
	readonly syntaxError?: { readonly offset: number; readonly message: string };
	/** Syntax that POSIX does not have, each kind once. */
	readonly bashisms: readonly { readonly offset: number; readonly name: string }[];
	/** Whether anything makes it stop at a failure. */
	readonly hasErrexit: boolean;
	/** Simple commands, assignments left out. */
	readonly commands: number;
	/** What goes to the background with standard output or standard error as they are. */
	readonly openBackgrounds: readonly { readonly offset: number; readonly open: Exclude<Open, undefined> }[];
};

/** Reads a script as bash does, without running it. Undefined for one that is nested too deeply. */
export function shellFacts(source: string): ShellFacts | undefined {
	try {
		return new Reading(source).facts();
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

class Reading {
	readonly #source: string;
	readonly #bashisms = new Map<string, number>();
	readonly #backgrounds: { readonly statement: Statement; readonly offset: number }[] = [];
	readonly #errors: { readonly offset: number; readonly message: string }[] = [];
	#hasErrexit = false;
	#commands = 0;
	/** It waits for what it has sent to the background, or has redirected everything from then on. */
	#isCovered = false;

	constructor(source: string) {
		this.#source = source;
		this.#visit(parse(source), undefined);
	}

	facts(): ShellFacts {
		const [first] = this.#errors.sort((a, b) => a.offset - b.offset);
		return {
			...(first && { syntaxError: first }),
			bashisms: [...this.#bashisms].map(([name, offset]) => ({ name, offset })),
			hasErrexit: this.#hasErrexit,
			commands: this.#commands,
			openBackgrounds: this.#isCovered ? [] : this.#backgrounds.flatMap(opened),
		};
	}

	/** `at` is where a script between backticks stands: offsets in it are its own. */
	#visit(node: SyntaxNode, at: number | undefined): void {
		const offset = at ?? node.pos;
		const name = bashism(node, this.#source);
		if (name !== undefined && !this.#bashisms.has(name)) this.#bashisms.set(name, offset);
		if (node.type === 'Statement' && node.background) this.#backgrounds.push({ statement: node, offset });
		if (node.type === 'Command') this.#command(node);
		if (node.type === 'Script') this.#script(node, at);
		else if (node.type === 'CommandExpansion' && node.script?.source !== undefined)
			this.#visit(node.script, offset);
		else forEachChild(node, child => this.#visit(child, at));
	}

	#script(script: ParsedScript, at: number | undefined): void {
		for (const { message, pos } of script.errors ?? []) this.#errors.push({ message, offset: at ?? pos });
		forEachChild(script, child => this.#visit(child, at));
	}

	#command({ name, args, redirects }: Command): void {
		if (!name || name.text === '') return;
		this.#commands += 1;
		if (name.text === 'set' && args.some(({ text }) => /^-[a-z]*e|^errexit$/.test(text)))
			this.#hasErrexit = true;
		const redirectsItself = name.text === 'exec' && args.length === 0 && openAfter(redirects) === undefined;
		if (name.text === 'wait' || redirectsItself) this.#isCovered = true;
	}
}

function opened({ statement, offset }: { readonly statement: Statement; readonly offset: number }) {
	const open = openOutputs(statement.command);
	return open === undefined ? [] : [{ offset, open }];
}
