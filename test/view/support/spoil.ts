import { sanitizeLine, sanitizeText } from '../../../src/lib/sanitize.ts';
import { VersionedMap } from '../../../src/lib/versioned-map.ts';
import { multiLine } from '../../gateway/mangled.ts';

/** States in which every text that somebody can have written is another. */

/**
 * Members that hold words of Rollcall's own or of AWS's enumerations, which code decides by. All others are taken for
 * text, those of later too.
 */
const words = new Set([
	'type',
	'kind',
	'status',
	'seenStatus',
	'state',
	'tone',
	'platform',
	'label',
	'colour',
	'bundleType',
	'comparison',
	'action',
	'purpose',
	'wait',
	'show',
	'sort',
	'order',
	'grouping',
	'source',
	'sources',
	'way',
	'via',
	'openedFrom',
	'list',
	'what',
	'verdict',
	'onReadyTimeout',
	'onSuccess',
	'greenFleet',
	'fileExistsBehavior',
	'deploymentMode',
	'keys',
	'userKeys',
	// What the user is in the middle of choosing.
	'chosen',
	'cursor',
]);

/** A label of a context is the user's own. */
const isWord = (path: readonly string[]): boolean => {
	const name = path.findLast(step => step !== '[]') ?? '';
	return (
		path.includes('keys') ||
		path.includes('userKeys') ||
		(words.has(name) && !(name === 'label' && path.includes('context')))
	);
};

const idLike = /^(?:d|i|mi)-|^arn:/;

export type Spoiling = {
	/** Fragments of hostile text. */
	readonly pool: readonly string[];
	/** What looks like an id of AWS's own too, and who began: much of what those refer to is nowhere then. */
	readonly ids: boolean;
};

/**
 * The same state with hostile text in every member that can hold any, after the gateway has had it. What was equal is
 * equal again, so that what refers to something still does.
 */
export function spoil<State>(state: State, spoiling: Spoiling): State {
	// The walk keeps every shape, and text is text.
	return walk(state, [], spoiling) as State;
}

function walk(value: unknown, path: readonly string[], spoiling: Spoiling): unknown {
	if (typeof value === 'string') return spoilText(value, path, spoiling);
	if (Array.isArray(value)) return value.map(each => walk(each, [...path, '[]'], spoiling));
	if (value instanceof Map || value instanceof VersionedMap) {
		return new Map(
			[...value].map(([key, each]) => [
				typeof key === 'string' ? spoilText(key, [...path, '[]'], spoiling) : key,
				walk(each, [...path, '[]'], spoiling),
			]),
		);
	}
	if (value instanceof Set) return new Set([...value].map(each => walk(each, [...path, '[]'], spoiling)));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, each]) => [name, walk(each, [...path, name], spoiling)]),
	);
}

function spoilText(text: string, path: readonly string[], spoiling: Spoiling): string {
	if (isWord(path) || text === '') return text;
	const [, log, rest] = /^(scripts|agent|deployments) (.+)$/.exec(text) ?? [];
	if (path.includes('logs') && rest !== undefined) return `${log} ${spoilText(rest, path, spoiling)}`;
	const { pool, ids } = spoiling;
	const hostile = pick(pool, text);
	if (path.at(-1) === 'creator' && !ids) return text;
	if (idLike.test(text)) return ids ? `${text}${sanitizeLine(hostile).trim()}` : text;
	// JSON has a way of its own to write what cannot be seen.
	if (text.startsWith('{')) return JSON.stringify({ [hostile]: text }).replace(/[^\x20-\x7e]/g, escaped);
	const at = hash(text) % 3;
	const spoilt = at === 0 ? hostile + text : at === 1 ? hostile : text + hostile;
	return (hasLines(path) ? sanitizeText : sanitizeLine)(spoilt) || text;
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Whether the text may have several lines. */
function hasLines(path: readonly string[]): boolean {
	const name = path.findLast(step => step !== '[]') ?? '';
	if (name === 'text') return path.includes('logs');
	return multiLine.has(name) || /Log$/.test(name) || path.includes('appSpec') || path.includes('appSpecs');
}

const pick = (pool: readonly string[], text: string): string => pool[hash(text) % pool.length] ?? '';

/** The same for the same text, and nothing more is wanted of it. */
const hash = (text: string): number =>
	[...text].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521, 7);
