import type { TagFilter, TagSet } from '../../domain/tag-filter.ts';
import { line, list, present, word } from './fields.ts';

/** AWS: EC2TagFilter and TagFilter, which are the same but for their names. */
export type SdkTagFilter = {
	readonly Key?: string | undefined;
	readonly Value?: string | undefined;
	readonly Type?: string | undefined;
};

type SdkTagFilters = readonly SdkTagFilter[] | null | undefined;

/** All filters of a group, those of one list and of a set of lists (AWS: EC2TagFilters, EC2TagSet). */
export function tagLists(filters: SdkTagFilters, sets: readonly SdkTagFilters[] | null | undefined) {
	return [list(filters), ...list(sets).map(each => list(each))].filter(each => each.length > 0);
}

/** Whom a group's tags mean; absent when it has none. A group has one list, or a set of them. */
export function mapTagSet(
	filters: SdkTagFilters,
	sets: readonly SdkTagFilters[] | null | undefined,
): TagSet | undefined {
	const lists = tagLists(filters, sets);
	return lists.length === 0 ? undefined : lists.map(each => each.map(mapTagFilter));
}

/** A tag may have an empty value, and be looked for by it. */
function mapTagFilter({ Key, Value, Type }: SdkTagFilter): TagFilter {
	return present({
		key: line(Key),
		value: typeof Value === 'string' ? (line(Value) ?? '') : undefined,
		type: word(Type),
	});
}
