import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { sanitizeLine } from '../../lib/sanitize.ts';
import type { Entry, Located, LocatedScalar, Place, Problem } from './located.ts';

/** What a YAML text holds, or what is wrong with it. */
export type Parsed = { readonly root: Located | undefined; readonly problems: readonly Problem[] };

/** Parts that a file may have once its aliases are followed: a few of them can stand for billions. */
const mostParts = 10_000;
/** Nothing of ours is nested deeper than half of this. */
const deepest = 20;

const start: Place = { line: 1, column: 1 };

/**
 * Reads YAML 1.2. Never throws: a text that is no YAML, or one that would grow without end, is a problem. `root` is
 * undefined when the text says nothing.
 */
export function parseYaml(text: string): Parsed {
	const lines = new LineCounter();
	try {
		// Keys that stand twice are told with the lines of both, so they are looked for here.
		const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
		const faults = [...document.errors, ...document.warnings].map(({ code, message, pos: [offset] }) => ({
			at: placeAt(lines, offset),
			text: message === overflow ? tooDeep : `not valid YAML: ${explain(code, message)}`,
		}));
		// One fault leads to others, which say nothing more.
		const deep = faults.find(({ text: said }) => said === tooDeep);
		if (faults.length > 0) return { root: undefined, problems: deep ? [deep] : faults };
		if (document.contents === null || saysNothing(document.contents))
			return { root: undefined, problems: [] };
		return new Walk(lines).read(document.contents);
	} catch (error) {
		// The parser calls itself for each level.
		if (!(error instanceof RangeError)) throw error;
		return { root: undefined, problems: [{ at: start, text: tooDeep }] };
	}
}

/** What an engine says when a program calls itself too often. */
const overflow = 'Maximum call stack size exceeded';

const tooDeep = `it is nested too deeply: expected at most ${deepest} levels`;

const saysNothing = (node: Node): boolean => isScalar(node) && node.value === null;

const explanations: Readonly<Record<string, string>> = {
	MULTIPLE_DOCS: 'expected one document, and a second one begins here',
	TAB_AS_INDENT: 'expected spaces before the first word of a line, not tabs',
	BLOCK_AS_IMPLICIT_KEY:
		'expected one key and one value on a line: a value that is a sign, or has a colon in it, needs quotes',
	TAG_RESOLVE_FAILED: 'expected a value without a tag: one that begins with ! needs quotes',
	BAD_SCALAR_START: 'expected quotes around a value that begins with @, ` or %',
};

function explain(code: string, message: string): string {
	const known = explanations[code];
	if (known !== undefined) return known;
	const closing = /end with a (\S)$/.exec(message)?.[1];
	if (closing !== undefined)
		return `expected a ${closing} before this, or more spaces at the beginning of the line`;
	return `${sanitizeLine(message).replace(/\.$/, '')}: expected YAML 1.2`;
}

function placeAt(lines: LineCounter, offset: number): Place {
	const { line, col } = lines.linePos(offset);
	return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** One way through a document, in its order. */
class Walk {
	readonly #problems: Problem[] = [];
	/** What each anchor stands for, once all of it has been read, and how many parts that has. */
	readonly #anchors = new Map<string, { readonly value: Located; readonly parts: number }>();
	#parts = 0;

	constructor(private readonly lines: LineCounter) {}

	read(contents: Node): Parsed {
		const root = this.#value(contents, start, 0);
		if (this.#parts > mostParts) {
			return { root: undefined, problems: [{ at: start, text: `it is too large: expected ${limit}` }] };
		}
		return { root, problems: this.#problems };
	}

	#value(node: unknown, at: Place, depth: number): Located {
		const before = this.#parts;
		this.#parts += 1;
		if (depth > deepest) throw new RangeError(tooDeep);
		const value = this.#content(node, this.#placeOf(node, at), depth);
		if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) {
			this.#anchors.set(node.anchor, { value, parts: this.#parts - before });
		}
		return value;
	}

	#content(node: unknown, at: Place, depth: number): Located {
		if (isMap(node)) return { kind: 'map', at, entries: this.#entries(node, at, depth) };
		if (isSeq(node)) {
			return { kind: 'list', at, items: node.items.map(item => this.#value(item, at, depth + 1)) };
		}
		if (isAlias(node)) return this.#alias(node.source, at);
		return isScalar(node) ? scalarOf(node.value, node.source, at) : scalarOf(null, '', at);
	}

	#alias(name: string, at: Place): Located {
		const anchor = this.#anchors.get(name);
		if (!anchor) {
			const shown = sanitizeLine(name);
			this.#problems.push({
				at,
				text: `*${shown}: expected the name of an anchor (&${shown}) that ends before it`,
			});
			return scalarOf(null, '', at);
		}
		this.#parts += anchor.parts;
		return anchor.value;
	}

	#entries(map: YAMLMap, at: Place, depth: number): readonly Entry[] {
		const entries = new Map<string, Entry>();
		for (const { key, value } of map.items) {
			const place = this.#placeOf(key, at);
			const name = isScalar(key) ? (key.source ?? String(key.value)) : undefined;
			if (name === undefined) {
				this.#problems.push({ at: place, text: 'expected the name of a setting before the colon' });
				continue;
			}
			const known = entries.get(name);
			if (known) {
				const text = `“${sanitizeLine(name)}” stands twice, on line ${known.at.line} already: expected it once`;
				this.#problems.push({ at: place, text });
				continue;
			}
			entries.set(name, { key: name, at: place, value: this.#value(value, place, depth + 1) });
		}
		return [...entries.values()];
	}

	#placeOf(node: unknown, otherwise: Place): Place {
		const hasRange = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node);
		return hasRange && node.range ? placeAt(this.lines, node.range[0]) : otherwise;
	}
}

const limit = `at most ${mostParts.toLocaleString('en')} values, with all aliases followed`;

/** Numbers that JavaScript has no exact value for, and what a tag has made of a text, stay as they are written. */
function scalarOf(value: unknown, source: string | undefined, at: Place): LocatedScalar {
	const isKnown =
		value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	const written = source ?? '';
	return { kind: 'scalar', value: isKnown ? value : written, written, at };
}
