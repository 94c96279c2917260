import type { TagFilter as SdkTagFilter } from '@aws-sdk/client-codedeploy';
import type { Filter } from '@aws-sdk/client-ec2';
import { literalFilterValue, type TagFilter, tagFilterType } from '../../domain/tag-filter.ts';
import { GatewayFailure } from '../failure.ts';
import { list } from './fields.ts';
import type { Originals } from './originals.ts';

/** A tag to look for, as AWS spells it: one of the keys, one of the values; unset: any. */
export type TagQuestion = { readonly keys?: readonly string[]; readonly values?: readonly string[] };

/**
 * What one filter of a group asks for; undefined for one that no tag fits, as one without a key. Without a type it is
 * what it has that counts. Throws GatewayFailure for a type that is not known: whom it means cannot be told.
 */
export function tagQuestion(filter: TagFilter, names: Originals, operation: string): TagQuestion | undefined {
	const { key, value } = filter;
	const keys = key === undefined ? undefined : names.all(key);
	const values = value === undefined ? undefined : value === '' ? [''] : names.all(value);
	switch (tagFilterType(filter)) {
		case 'KEY_ONLY':
			return keys && { keys };
		case 'VALUE_ONLY':
			return values && { values };
		case 'KEY_AND_VALUE':
			return keys && { keys, values: values ?? [''] };
		default:
			throw new GatewayFailure({
				kind: 'invalid',
				operation,
				code: 'UnknownTagFilter',
				detail: `whom the group's tags mean is not known: its filter is of the type ${filter.type}`,
			});
	}
}

/**
 * AWS: DescribeInstances, whose filters are all to fit, and of whose values one. It has none for a value under any key:
 * then all instances are asked for, and looked through here.
 */
export function ec2Filters({ keys, values }: TagQuestion): readonly (readonly Filter[])[] {
	if (keys === undefined) return [[]];
	if (values === undefined) return [[{ Name: 'tag-key', Values: keys.map(literalFilterValue) }]];
	return keys.map(key => [{ Name: `tag:${key}`, Values: values.map(literalFilterValue) }]);
}

/** Whether one of these tags, as AWS sent them, is the one that was asked for. */
export function fits({ keys, values }: TagQuestion, tags: readonly unknown[] | null | undefined): boolean {
	return list(tags).some(tag => {
		const key: unknown = Reflect.get(Object(tag), 'Key');
		const value: unknown = Reflect.get(Object(tag), 'Value') ?? '';
		return isOneOf(keys, key) && isOneOf(values, value);
	});
}

const isOneOf = (wanted: readonly string[] | undefined, value: unknown): boolean =>
	wanted === undefined || wanted.some(each => each === value);

/** AWS: ListOnPremisesInstances. */
export function onPremisesFilters({ keys, values }: TagQuestion): readonly SdkTagFilter[] {
	if (keys === undefined) return (values ?? []).map(Value => ({ Value, Type: 'VALUE_ONLY' }));
	if (values === undefined) return keys.map(Key => ({ Key, Type: 'KEY_ONLY' }));
	return keys.flatMap(Key => values.map(Value => ({ Key, Value, Type: 'KEY_AND_VALUE' as const })));
}
