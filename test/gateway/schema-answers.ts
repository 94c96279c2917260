import fc from 'fast-check';
import { isRecord } from './mangled.ts';

/**
 * Answers made from the SDK's own model of an operation: of the right shape by and large, but with what a field must
 * not hold here and there, and with words that look like those AWS has.
 */

/** How the service writes its answers. */
export type Wire = 'json' | 'query' | 'ec2';

export type WireAnswer = { readonly raw: string; readonly texts: ReadonlySet<string> };

/** Words that are known of, each of them somewhere: none may be shown unless AWS has sent it to the letter. */
export const knownWords = [
	'Created',
	'Queued',
	'InProgress',
	'Ready',
	'Succeeded',
	'Failed',
	'Stopped',
	'Pending',
	'Skipped',
	'OK',
	'ALARM',
	'INSUFFICIENT_DATA',
	'healthy',
	'unhealthy',
	'draining',
	'running',
	'stopped',
	'terminated',
	'impaired',
	'Online',
	'ConnectionLost',
	'Server',
	'ECS',
	'Lambda',
	'IN_PLACE',
	'BLUE_GREEN',
	'Blue',
	'Green',
	'DEPLOYMENT_FAILURE',
	'KEY_ONLY',
	'HOST_COUNT',
	'AllAtOnce',
] as const;

/** Words that the mappers turn into words of their own. */
const translatedWords = [
	'InstanceTarget',
	'ECSTarget',
	'LambdaTarget',
	'WITH_TRAFFIC_CONTROL',
	'allowed',
	'S3',
];

const word = fc.constantFrom<string>(...knownWords, ...translatedWords);
const nearWord = fc
	.tuple(word, fc.constantFrom('lower', 'zero width', 'escape', 'marks', 'longer', 'other'))
	.map(([known, change]) => {
		if (change === 'lower') return known.toLowerCase() === known ? known.toUpperCase() : known.toLowerCase();
		if (change === 'zero width') return `${known.slice(0, 2)}\u200b${known.slice(2)}`;
		if (change === 'escape') return `\u001b[32m${known}\u001b[0m`;
		if (change === 'marks') return `\u202e${known}`;
		return change === 'longer' ? `${known}Maybe` : 'Simmering';
	});

const instanceId = fc.constant('i-00251908fcdce4b31');
const id = fc.constantFrom(
	'i-00251908fcdce4b31',
	'd-75I7MBT7C',
	'cluster:service',
	'arn:aws:iam::123456789012:role/web',
);
const huge = fc.constantFrom(
	'x'.repeat(50_000),
	'\u0301'.repeat(20_000),
	`${'😀'.repeat(9000)}\ud83d`,
	'\n'.repeat(20_000),
);
const plain = fc.constantFrom(
	'web',
	'checkout-5xx',
	'aws:autoscaling:groupName',
	'{"newState":{"stateValue":"Simmering"}}',
	'',
);
const strange = fc.oneof(
	fc.constantFrom(
		'\u001b]52;c;ZXZpbA==\u0007',
		'\u009b31m',
		'a\nb\r\nc',
		'\u202egnp.exe',
		'\ud800',
		'\udc00\ud800',
		'\ufeff',
		'__proto__',
	),
	fc.string({ unit: 'binary', maxLength: 10 }),
);
/** What may stand where AWS documents text. */
export const text = fc.oneof(
	{ arbitrary: word, weight: 20 },
	{ arbitrary: nearWord, weight: 20 },
	{ arbitrary: id, weight: 25 },
	{ arbitrary: plain, weight: 15 },
	{ arbitrary: strange, weight: 15 },
	{ arbitrary: huge, weight: 1 },
);
const number = fc.constantFrom<unknown>(0, 1, 2, 25, -1, 0.5, 1e21, '7', 1_700_000_000);
const time = fc.constantFrom<unknown>(1_700_000_000, 1_446_744_188.711, 0, -1, 1e15, 1e300);
const isoTime = fc.constantFrom('2026-11-23T12:00:00.000Z', '2026-11-23T12:00:00Z');
/** What does not belong where it is. */
const stray = fc.oneof(
	{
		arbitrary: fc.constantFrom<unknown>(null, true, [], {}, [null], [[]], 7, Number.NaN, { x: { y: [] } }),
		weight: 3,
	},
	{ arbitrary: text, weight: 1 },
);

export type Model =
	| { readonly kind: 'simple'; readonly code: number }
	| { readonly kind: 'list'; readonly of: Field }
	| Structure;
type Structure = { readonly kind: 'structure'; readonly fields: readonly Field[] };
export type Field = { readonly name: string; readonly tag: string; readonly model: () => Model };

/** What is read of the one structure that is too large to be told of in full (AWS: EC2 Instance). */
const readOfLarge: ReadonlySet<string> = new Set([
	'InstanceId',
	'ImageId',
	'State',
	'InstanceType',
	'LaunchTime',
	'Placement',
	'PlatformDetails',
	'PrivateIpAddress',
	'PublicIpAddress',
	'IamInstanceProfile',
	'Tags',
]);
const large = 40;

/** An answer to the operation of this schema. */
export function answerTo(operation: readonly unknown[], wire: Wire): fc.Arbitrary<WireAnswer> {
	const output = modelOf(operation[5]);
	const shortName = String(operation[2]);
	return anyValue(output, wire, 0).map(value => {
		const fields = isRecord(value) ? value : {};
		const raw = wire === 'json' ? JSON.stringify(value) : toXml(shortName, output, fields, wire);
		return { raw: raw ?? '', texts: textsIn(value) };
	});
}

/** A schema of the SDK: a number for what is simple, a list that begins with its kind for the rest, or a function to it. */
export function modelOf(schema: unknown): Model {
	if (typeof schema === 'function') return modelOf(schema());
	if (typeof schema === 'number') {
		const isList = (schema & 64) > 0;
		return isList ? { kind: 'list', of: fieldOf('', schema & ~64) } : { kind: 'simple', code: schema };
	}
	if (!Array.isArray(schema)) return { kind: 'simple', code: 0 };
	if (typeof schema[0] !== 'number' || schema.length === 2) return modelOf(schema[0]);
	if (schema[0] === 1) return { kind: 'list', of: fieldOf('', schema[4]) };
	if (schema[0] === 3 || schema[0] === 4) {
		const names: readonly string[] = schema[4];
		const fields = names.map((name, index) => fieldOf(name, schema[5][index]));
		return {
			kind: 'structure',
			fields: names.length > large ? fields.filter(({ name }) => readOfLarge.has(name)) : fields,
		};
	}
	return { kind: 'simple', code: 0 };
}

function fieldOf(name: string, schema: unknown): Field {
	const traits: unknown = Array.isArray(schema) && schema.length === 2 ? schema[1] : undefined;
	const tag = isRecord(traits) && typeof traits.xmlName === 'string' ? traits.xmlName : name;
	return { name, tag, model: () => modelOf(schema) };
}

const deepest = 8;

function anyValue(model: Model, wire: Wire, depth: number): fc.Arbitrary<unknown> {
	if (depth > deepest) return fc.constant(null);
	const right = rightValue(model, wire, depth);
	if (depth === 0) return right;
	return fc.oneof({ arbitrary: right, weight: patience(model, wire) }, { arbitrary: stray, weight: 1 });
}

/** The SDK chokes on a time or a number that is none, and on all that is not as it should be in XML. */
const patience = (model: Model, wire: Wire): number =>
	wire !== 'json' || (model.kind === 'simple' && model.code > 0) ? 150 : 24;

/** Fields that AWS documents words of an enumeration for, or a word that is like one. */
const wordName =
	/^(status|state|statevalue|name|deploymenttype|type|action|instancelabel|computeplatform|pingstatus|fileexistsbehavior)$/i;

/** Without an id that is one, most of what is around it is left out. */
function textOf(name: string, wire: Wire): fc.Arbitrary<unknown> {
	if (wordName.test(name)) return fc.oneof(word, nearWord, nearWord, text);
	if (/^instanceid$/i.test(name)) return fc.oneof(instanceId, instanceId, text);
	return anyValue({ kind: 'simple', code: 0 }, wire, 1);
}

/** Few answers have another page, or nothing else would be seen. */
function fieldValue(field: Field, wire: Wire, depth: number): fc.Arbitrary<unknown> {
	const model = field.model();
	const value =
		model.kind === 'simple' && model.code === 0 ? textOf(field.name, wire) : anyValue(model, wire, depth);
	if (!/token$|^marker$|^istruncated$/i.test(field.name)) return value;
	return fc.oneof({ arbitrary: fc.constant(null), weight: 4 }, { arbitrary: value, weight: 1 });
}

function rightValue(model: Model, wire: Wire, depth: number): fc.Arbitrary<unknown> {
	switch (model.kind) {
		case 'list':
			return fc.array(anyValue(model.of.model(), wire, depth + 1), { minLength: 1, maxLength: 2 });
		case 'structure':
			return fc.record(
				Object.fromEntries(model.fields.map(field => [field.name, fieldValue(field, wire, depth + 1)])),
				{ requiredKeys: [] },
			);
		case 'simple':
			return simpleValue(model.code, wire);
	}
}

/** The SDK's codes for simple types. */
function simpleValue(code: number, wire: Wire): fc.Arbitrary<unknown> {
	if (code === 1) return number;
	if (code === 2) return fc.boolean();
	if (code >= 4 && code <= 7) return wire === 'json' ? time : isoTime;
	return text;
}

function textsIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
	if (typeof value === 'string') found.add(value).add(value.trim());
	else if (Array.isArray(value)) for (const item of value) textsIn(item, found);
	else if (isRecord(value)) for (const item of Object.values(value)) textsIn(item, found);
	return found;
}

export function toXml(operation: string, model: Model, value: unknown, wire: Wire): string {
	const inner = children(model, value, wire);
	const result = wire === 'query' ? element(`${operation}Result`, inner) : inner;
	return element(`${operation}Response`, result);
}

function children(model: Model | undefined, value: unknown, wire: Wire): string {
	if (value === null || value === undefined) return '';
	if (Array.isArray(value)) {
		const of = model?.kind === 'list' ? model.of : undefined;
		const tag = of?.tag || (wire === 'ec2' ? 'item' : 'member');
		return value.map(item => element(tag, children(of?.model(), item, wire))).join('');
	}
	if (isRecord(value)) {
		const fields = model?.kind === 'structure' ? model.fields : [];
		return Object.entries(value)
			.map(([name, item]) => {
				const field = fields.find(each => each.name === name);
				return element(field?.tag ?? name, children(field?.model(), item, wire));
			})
			.join('');
	}
	// Raw, controls would be the end of most answers: how entities get them through is seen instead.
	return String(value).replaceAll(/[&<>]|[\x00-\x1f]/g, sign => `&#${sign.charCodeAt(0)};`);
}

const element = (tag: string, inner: string): string => `<${tag}>${inner}</${tag}>`;
