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
