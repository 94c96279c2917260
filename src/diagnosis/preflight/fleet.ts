import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { InstanceFacts } from '../../domain/host.ts';
import { literalFilterValue, type TagFilter, type TagSet, tagFilterType } from '../../domain/tag-filter.ts';
import type { DiagnosisCase } from '../case.ts';
import { aws } from '../commands.ts';
import type { Evidence } from '../finding.ts';
import { instanceEnd } from '../host-facts.ts';
import { type Asked, nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import type { PreflightFacts } from './facts.ts';

/** The hosts that a group means now. */
export type Fleet = {
	/** Instances that are there, whether or not they run. */
	readonly present: readonly InstanceFacts[];
	/** Of those, the ones that are stopped. */
	readonly stopped: readonly InstanceFacts[];
	/** Terminated ones, which EC2 tells of for an hour. */
	readonly gone: readonly InstanceFacts[];
	/** Registered machines. */
	readonly machines: readonly string[];
	/** All that can be deployed to. */
	readonly size: number;
};

/** The fleet, once both kinds of hosts have been asked for. */
export function fleetOf({ instances, onPremises }: PreflightFacts): Asked<Fleet> | undefined {
	if (instances === undefined || onPremises === undefined) return undefined;
	if ('unanswered' in instances) return instances;
	if ('unanswered' in onPremises) return onPremises;
	const all = instances.answer === nothing ? [] : instances.answer;
	const machines = onPremises.answer === nothing ? [] : onPremises.answer;
	const endOf = (instance: InstanceFacts) => instanceEnd({ instance: { answer: instance } });
	const present = all.filter(instance => endOf(instance) !== 'terminated');
	const stopped = present.filter(instance => endOf(instance) === 'stopped');
	const gone = all.filter(instance => endOf(instance) === 'terminated');
	return { answer: { present, stopped, gone, machines, size: present.length + machines.length } };
}

/** Hosts by their names and ids, a few of them. */
export function hostNames(instances: readonly Pick<InstanceFacts, 'id' | 'name'>[]): string {
	const names = instances.map(({ id, name }) => (name === undefined ? id : `${name} (${id})`));
	return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

/** How the group finds its hosts; empty where it does not. */
export function searchEvidence(group: DeploymentGroupSnapshot): readonly Evidence[] {
	const { ec2Tags, onPremisesTags, autoScalingGroups } = group;
	return [
		...(ec2Tags ? [apiEvidence('ec2TagSet', tagWords(ec2Tags))] : []),
		...(onPremisesTags ? [apiEvidence('onPremisesTagSet', tagWords(onPremisesTags))] : []),
		...(autoScalingGroups ? [apiEvidence('autoScalingGroups', autoScalingGroups.join(', '))] : []),
	];
}

/** AWS: EC2TagSet. `role=web or role=api, and env=prod`. */
const tagWords = (tags: TagSet): string =>
	tags.map(filters => filters.map(filterWords).join(' or ')).join(', and ');

function filterWords(filter: TagFilter): string {
	const { key = '', value = '' } = filter;
	const type = tagFilterType(filter);
	if (type === 'KEY_ONLY') return `a tag ${key}`;
	return type === 'VALUE_ONLY' ? `a tag with the value ${value}` : `${key}=${value}`;
}

/** Commands that show what the group's tags and Auto Scaling groups find now. */
export function showFleet(of: DiagnosisCase, group: DeploymentGroupSnapshot): readonly string[] {
	return [
		...(group.ec2Tags ?? [])
			.flat()
			.map(filter => aws(of, 'ec2 describe-instances', { ...instancesWith(filter), output: 'text' })),
		...(group.autoScalingGroups
			? [
					aws(of, 'autoscaling describe-auto-scaling-groups', {
						'auto-scaling-group-names': group.autoScalingGroups,
					}),
				]
			: []),
		...(group.onPremisesTags ? [aws(of, 'deploy list-on-premises-instances')] : []),
	];
}

/**
 * AWS: DescribeInstances. It has no filter for a value under any key: all instances are asked for, and looked through. A
 * filter is JSON, as the short form would split a value at its commas.
 */
function instancesWith(filter: TagFilter): { readonly filters?: string; readonly query: string } {
	const { key = '', value = '' } = filter;
	const told = '[InstanceId,State.Name]';
	const named = (Name: string, literal: string) => ({
		filters: JSON.stringify([{ Name, Values: [literalFilterValue(literal)] }]),
		query: `Reservations[].Instances[].${told}`,
	});
	switch (tagFilterType(filter)) {
		case 'KEY_ONLY':
			return named('tag-key', key);
		case 'VALUE_ONLY':
			return { query: `Reservations[].Instances[?Tags[?Value==${rawString(value)}]][].${told}` };
		default:
			return named(`tag:${key}`, value);
	}
}

/** A text in a JMESPath expression. */
const rawString = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
