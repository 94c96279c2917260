import { type Finding, finding, type Place, quoted } from '../finding.ts';
import { type Field, kindOf, type SpecValue, textOf } from './document.ts';
import { unknownKeys } from './keys.ts';

/** What a value has to be. Names are compared without case: the documentation itself has both. */
export type Shape =
	| { readonly type: 'text'; readonly oneOf?: readonly string[] }
	| { readonly type: 'number'; readonly from: number; readonly to: number }
	| { readonly type: 'list'; readonly of: Shape; readonly min: number }
	| { readonly type: 'map'; readonly fields: Readonly<Record<string, Shape & { readonly required?: true }>> };

/** A key whatever its case; the last one, where it stands more than once. */
export function fieldNamed(map: SpecValue | undefined, key: string): Field | undefined {
	if (map?.type !== 'map') return undefined;
	return map.fields.findLast(field => field.key.toLowerCase() === key.toLowerCase());
}

/** What is wrong with a value that should have a shape. `name` is what it is called in a sentence. */
export function lintShape(value: SpecValue, shape: Shape, name: string): readonly Finding[] {
	const wrong = (expected: string): readonly Finding[] => [
		finding(
			'serverless-property-value',
			value.place,
			`${name} is ${kindOf(value)} where ${expected} is expected`,
		),
	];
	switch (shape.type) {
		case 'text': {
			const text = textOf(value);
			if (text === undefined || text === '') return wrong('a text');
			return !shape.oneOf || shape.oneOf.includes(text) ? [] : wrong(shape.oneOf.join(' or '));
		}
		case 'number': {
			const number =
				value.type === 'scalar' && !/^\s*$/.test(value.source) ? Number(value.value) : Number.NaN;
			const fits = Number.isInteger(number) && number >= shape.from && number <= shape.to;
			return fits ? [] : wrong(`a number from ${shape.from} to ${shape.to}`);
		}
		case 'list':
			if (value.type !== 'list' || value.items.length < shape.min) return wrong('a list');
			return value.items.flatMap(item => lintShape(item, shape.of, `an entry of ${name}`));
		case 'map':
			return value.type === 'map' ? lintFields(value, shape, name) : wrong('a mapping');
	}
}

function lintFields(
	map: SpecValue,
	{ fields }: Extract<Shape, { type: 'map' }>,
	name: string,
): readonly Finding[] {
	const found = Object.entries(fields).flatMap(([key, shape]) => {
		const field = fieldNamed(map, key);
		if (field && field.value.type !== 'null') return lintShape(field.value, shape, key);
		return shape.required ? [missing(map.place, key, name)] : [];
	});
	return [...found, ...unknownNames(map, Object.keys(fields), name)];
}

export const missing = (place: Place, key: string, name: string): Finding =>
	finding('serverless-property-missing', place, `${name} has no ${key}`);

/** Keys that are known by none of their spellings. */
export function unknownNames(map: SpecValue, known: readonly string[], name: string): readonly Finding[] {
	if (map.type !== 'map') return [];
	const spelt = known.map(key => key.toLowerCase());
	const strange = map.fields.filter(({ key }) => !spelt.includes(key.toLowerCase()));
	return unknownKeys({ ...map, fields: strange }, known, name, 'serverless-unknown-key');
}

/** AWS: the version of every AppSpec, as a number or a text. */
export function lintServerlessVersion(root: SpecValue): readonly Finding[] {
	const version = fieldNamed(root, 'version');
	if (!version) return [missing(root.place, 'version', 'the AppSpec')];
	const text = textOf(version.value);
	if (text !== undefined && text !== '' && Number(text) === 0) return [];
	return [
		finding(
			'serverless-property-value',
			version.value.place,
			`version is ${kindOf(version.value)} where 0.0 is expected`,
		),
	];
}

/** `Hooks`: a list of events, each with the function that is called in it. */
export function lintFunctions(
	root: SpecValue,
	events: readonly string[],
	nearestEvent: (name: string) => string,
) {
	const hooks = fieldNamed(root, 'Hooks');
	if (!hooks || hooks.value.type === 'null') {
		return [finding('serverless-no-hooks', hooks?.place ?? root.place, 'the AppSpec has no hooks')];
	}
	const { value } = hooks;
	if (value.type !== 'list') {
		return [
			finding('serverless-structure', value.place, `Hooks is ${kindOf(value)} where a list is expected`),
		];
	}
	return value.items.flatMap(item => {
		if (item.type !== 'map') {
			const what = `an entry of Hooks is ${kindOf(item)} where an event and a function are expected`;
			return [finding('serverless-structure', item.place, what)];
		}
		return item.fields.flatMap(({ key, place, value: name }) => {
			if (!events.includes(key)) {
				const what = `no function runs in ${quoted(key)}${nearestEvent(key)}`;
				return [finding('serverless-unknown-event', place, what)];
			}
			return lintShape(name, { type: 'text' }, key);
		});
	});
}
