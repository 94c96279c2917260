import type { GroupSettings, TagFilter } from './deployment-group.ts';
import type { Host } from './host.ts';
import type { Fleet } from './workload.ts';

export type Tags = Readonly<Record<string, string>>;

/** Whether one of the filters fits these tags. */
export function fitsTags(filters: readonly TagFilter[], tags: Tags): boolean {
	return filters.some(filter => fits(filter, tags));
}

function fits({ Key = '', Value, Type }: TagFilter, tags: Tags): boolean {
	switch (Type) {
		case 'KEY_ONLY':
			return Object.hasOwn(tags, Key);
		case 'VALUE_ONLY':
			return Object.values(tags).some(value => value === Value);
		case 'KEY_AND_VALUE':
			return Object.hasOwn(tags, Key) && tags[Key] === Value;
	}
}

/** The machines of a fleet that the settings of its group find, by Auto Scaling group or by tags. */
export function hostsMeant({ hosts }: Fleet, settings: GroupSettings): readonly Host[] {
	return hosts.filter(({ machine }) => {
		const { name, autoScalingGroup = '' } = machine;
		const tags = { ...machine.tags, Name: name };
		if (machine.registeredAt !== undefined) return fitsTags(settings.onPremisesTagFilters, tags);
		const { autoScalingGroups, tagSet } = settings;
		if (autoScalingGroups.includes(autoScalingGroup)) return true;
		if (tagSet.length > 0) return tagSet.every(filters => fitsTags(filters, tags));
		return fitsTags(settings.tagFilters, tags);
	});
}
