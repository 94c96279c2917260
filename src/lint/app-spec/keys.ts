import { nearest } from '../../lib/nearest.ts';
import { type Finding, finding, perhaps, quoted } from '../finding.ts';
import type { RuleId } from '../rules.ts';
import type { Field, SpecValue } from './document.ts';

/** Keys of a mapping that nobody reads, with what was probably meant. */
export function unknownKeys(
	map: SpecValue,
	known: readonly string[],
	where: string,
	rule: RuleId = 'appspec-unknown-key',
): readonly Finding[] {
	if (map.type !== 'map') return [];
	return map.fields
		.filter(({ key }) => !known.includes(key))
		.map(({ key, place }) =>
			finding(rule, place, `${where} has no ${quoted(key)}${perhaps(nearest(key, known))}`),
		);
}

/** Keys that stand more than once in one mapping, each told where it stands again. */
export function duplicateKeys(map: SpecValue, where: string): readonly Finding[] {
	if (map.type !== 'map') return [];
	const seen = new Map<string, Field>();
	return map.fields.flatMap(field => {
		const first = seen.get(field.key);
		seen.set(field.key, field);
		if (!first) return [];
		const what = `${where} has ${quoted(field.key)} again, after line ${first.place.line ?? 1}`;
		return [finding('appspec-duplicate-key', field.place, what)];
	});
}
