import type { Open } from './open.ts';

/** AWS: EC2TagFilter, TagFilter. */
export type TagFilter = {
	readonly key?: string;
	readonly value?: string;
	readonly type?: Open<'KEY_ONLY' | 'VALUE_ONLY' | 'KEY_AND_VALUE'>;
};

/**
 * Whom a group's tags mean: of each of these lists one filter has to match (AWS: EC2TagSet; `ec2TagFilters` is a single
 * list).
 */
export type TagSet = readonly (readonly TagFilter[])[];

/** What a filter goes by: its type or, without one, what it has. A tag's value may be empty, a filter's then counts as none. */
export function tagFilterType({ key, value = '', type }: TagFilter): NonNullable<TagFilter['type']> {
	if (type !== undefined) return type;
	if (value === '') return 'KEY_ONLY';
	return key === undefined ? 'VALUE_ONLY' : 'KEY_AND_VALUE';
}

/** AWS: the values of EC2's filters take wildcards, and a backslash before what is none. */
export const literalFilterValue = (value: string): string => value.replaceAll(/[\\*?]/g, '\\$&');
