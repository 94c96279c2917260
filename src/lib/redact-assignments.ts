/** What stands in the place of a secret. */
export const redacted = '[redacted]';

/** What every name of a secret contains: `DB_PASSWORD`, `client-secret`, `apiKey`. */
const keyword =
	/pass[_-]?(?:word|wd|phrase|code)|secret|token|(?:api|access|private|account|signing|encryption|auth)[_-]?key|(?<![a-z])pwd(?=\s?=)|(?<![a-z])pass(?=(?:\\?["'])?\s{0,8}[:=]|[ \t]{1,8}[^\s-])(?<=[_-]pass)/gi;

/** `=`, `:`, `=>`, after the quote that closes a name in JSON. */
const separator = /(\\?["'])?[ \t]{0,8}(?:=>|:=|==?|:)[ \t]{0,8}/y;
/** Between an option and its value. */
const space = /[ \t]{1,8}(?![-|>&;])/y;

const quoted = /(\\")(?:[^"\\\n]|\\[^"\n])*|(["'`])(?:(?!\2)[^\\\n]|\\.)*/y;
const untilSpace = /\S+/y;
/** In the query of a URL. */
const untilAmpersand = /[^\s&]+/y;
const untilComma = /\[redacted\]|[^\s,}\]]+/y;
const untilEnd = /[^\n]+/y;

/** No name is longer. */
const nameLimit = 64;

/** Takes the values out of assignments to names of secrets: `KEY=v`, `key: v`, `"key": "v"`, `--key v`, `?key=v&`. */
export function redactAssignments(text: string): string {
	let safe = '';
	let done = 0;
	for (const { 0: word, index } of text.matchAll(keyword)) {
		if (index < done) continue;
		const value = secretAfter(text, nameAround(text, index, word));
		if (value === undefined) continue;
		safe += text.slice(done, value.from) + redacted;
		done = value.to;
	}
	return done === 0 ? text : safe + text.slice(done);
}

type Name = { readonly text: string; readonly from: number; readonly to: number; readonly rest: string };

function nameAround(text: string, index: number, word: string): Name {
	const before = /[\w.-]*$/.exec(text.slice(Math.max(0, index - nameLimit), index))?.[0] ?? '';
	const after = index + word.length;
	const rest = /^[\w.-]*/.exec(text.slice(after, after + nameLimit))?.[0] ?? '';
	const to = after + rest.length;
	return { text: before + word + rest, from: index - before.length, to, rest };
}

type Span = { readonly from: number; readonly to: number };

/** Where the secret is that a name introduces; undefined when there is none. */
function secretAfter(text: string, name: Name): Span | undefined {
	if (!namesSecret(text, name)) return undefined;
	const assigned = matchAt(separator, text, name.to);
	const introduced = assigned ?? (isOption(text, name) ? matchAt(space, text, name.to) : undefined);
	if (!introduced) return undefined;
	const [sign, closingQuote] = introduced;
	// The message about a file: `/etc/passwd: no such file`.
	if (sign.startsWith(':') && /[\\/]/.test(text[name.from - 1] ?? '')) return undefined;
	const from = name.to + sign.length;
	// The working directory of a shell; in a connection string it is a password.
	if (/^pwd$/i.test(name.text) && text[from] === '/') return undefined;
	const plain = sign.includes(':') ? ordinary : constants;
	const inQuotes = matchAt(quoted, text, from);
	if (inQuotes) {
		const quote = inQuotes[1] ?? inQuotes[2] ?? '';
		return secretIn(text, { from: from + quote.length, to: from + inQuotes[0].length }, plain);
	}
	const isPhrase = /phrase/i.test(name.text) && sign.trim() === ':';
	const untilBlank = /[?&]/.test(text[name.from - 1] ?? '') ? untilAmpersand : untilSpace;
	const bare = closingQuote === undefined ? (isPhrase ? untilEnd : untilBlank) : untilComma;
	const to = from + (matchAt(bare, text, from)?.[0].length ?? 0);
	return secretIn(text, { from, to }, plain);
}

/** `--db-password`, or `-password` where a word begins. */
const isOption = (text: string, name: Name): boolean =>
	name.text.includes('--') || (name.text.startsWith('-') && /^[\s"'`(]?$/.test(text[name.from - 1] ?? ''));

/** `sticky` has the flag `y`. */
function matchAt(sticky: RegExp, text: string, index: number): RegExpExecArray | undefined {
	sticky.lastIndex = index;
	return sticky.exec(text) ?? undefined;
}

/** A value that could be a secret: not a word that people write after a colon, nor a mask. */
function secretIn(text: string, span: Span, plain: ReadonlySet<string>): Span | undefined {
	const { from, to } = span;
	const start = text.slice(from, Math.min(to, from + 40));
	if (!/[A-Za-z0-9]/.test(text.slice(from, Math.min(to, from + 4096)))) return undefined;
	if (start.startsWith('arn:')) return undefined;
	const word = /^[\w']+/.exec(start)?.[0] ?? '';
	const isPlain = word.length >= to - from - 1 && plain.has(word.toLowerCase());
	return isPlain ? undefined : span;
}

/** Parts of a name that make it the name of something else. */
const otherThings = new RegExp(
	`(?:^|[_.-]|(?<=[a-z0-9])(?=[A-Z]))(?:${[
		...['file', 'path', 'dir', 'folder', 'url', 'uri', 'endpoint', 'arn', 'name', 'type', 'policy'],
		...[
			'length',
			'len',
			'size',
			'expir\\w*',
			'ttl',
			'count',
			'limit',
			'budget',
			'store',
			'version',
			'format',
		],
		...['exception', 'error', 'fault', 'failure', 'handler', 'service', 'provider', 'manager', 'filter'],
		...['factory', 'parser', 'validator', 'generator', 'required', 'enabled', 'rotation', 'header', 'prefix'],
		...['js', 'ts', 'mjs', 'cjs', 'py', 'rb', 'java', 'go', 'php', 'rs', 'cs', 'sh', 'ya?ml', 'json', 'conf'],
	].join('|')})(?![a-z])`,
	'i',
);

/** An operation of an API: `GetSecretValue`. */
const operation = /^(?:Get|Put|List|Describe|Create|Update|Delete|Rotate|Batch)[A-Z]/;

function namesSecret(text: string, { text: name, rest, to }: Name): boolean {
	if (operation.test(name) || otherThings.test(rest)) return false;
	// Another word begins like one of these: tokens, secretary, passwordless.
	const last = text[to - rest.length - 1] ?? '';
	const sameCase =
		(/[a-z]/.test(last) && /^[a-z]/.test(rest)) || (/[A-Z]/.test(last) && /^[A-Z]{2}/.test(rest));
	return !sameCase;
}

/** Values that are no secrets. */
const constants: ReadonlySet<string> = new Set('yes no true false null none nil undefined'.split(' '));

/** Words that stand behind a colon where a value would stand, but are none. */
const ordinary: ReadonlySet<string> = new Set(
	[
		...constants,
		'unset empty on off ok',
		'required missing invalid incorrect expired wrong unexpected unknown failed failure error denied',
		'a an the this that it its your our you we he she they there',
		'is are was were be been has have had does did do can cannot could should would must may will',
		'not too and or of to in on at by for from with without than as if when while after before',
		'access authentication authorization permission please string',
	].flatMap(words => words.split(' ')),
);
