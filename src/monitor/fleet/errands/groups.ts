import { maxGroupsPerCall } from '../../../gateway/gateway.ts';
import type { RolloutEvent } from '../../events.ts';
import { failedPart, type Lookout } from '../lookout.ts';
import { activeRollouts, type Errand, entryAfter, type KnownRollout } from './errand.ts';

/** In the schedule: all groups, those of an application, each one. */
const allGroups = 'groups';
const applicationEntry = (application: string): string => `groups ${application}`;
const groupEntry = (application: string, name: string): string => `group ${application}/${name}`;

type Member = { readonly rollout: KnownRollout; readonly application: string; readonly name: string };

/**
 * The deployment groups of what is active, an application at a time: of a deployment that is newer first. `unread`: only
 * where one of them is not known at all.
 */
export function groupErrand(lookout: Lookout, want: 'unread' | 'any'): Errand | undefined {
	const { schedule } = lookout;
	if (!schedule.isDue(allGroups)) return undefined;
	const members = activeRollouts(lookout).flatMap((rollout): Member[] => {
		const { application, group: name } = rollout.data;
		return application && name ? [{ rollout, application, name }] : [];
	});
	const isWanted = ({ rollout, application, name }: Member) =>
		schedule.isDue(applicationEntry(application)) &&
		schedule.isDue(groupEntry(application, name)) &&
		(want === 'any' || rollout.group.data === undefined);
	const application = members.find(isWanted)?.application;
	if (application === undefined) return undefined;
	const all = members.filter(each => each.application === application);
	// A call has room for so many: those that are wanted come first.
	const names = new Set([...all.filter(isWanted), ...all].map(({ name }) => name));
	const asked = new Set([...names].slice(0, maxGroupsPerCall));
	const concerned = all.filter(({ name }) => asked.has(name));
	return { cost: 1, run: signal => readGroups(lookout, application, concerned, signal) };
}

async function readGroups(
	lookout: Lookout,
	application: string,
	members: readonly Member[],
	signal: AbortSignal,
): Promise<void> {
	const { schedule, plan, clock } = lookout;
	const names = [...new Set(members.map(({ name }) => name))];
	const ids = members.map(({ rollout }) => rollout.id);
	const outcome = await lookout.attempt(
		{
			entry: entryAfter(applicationEntry(application), allGroups),
			operation: 'BatchGetDeploymentGroups',
			usualMs: plan.groupMs,
			told: failedPart(lookout, ids, 'group'),
		},
		() =>
			lookout.ask(
				'BatchGetDeploymentGroups',
				({ codeDeploy }, inner) => codeDeploy.getDeploymentGroups(application, names, inner),
				signal,
			),
		signal,
	);
	if (!outcome.ok) return;
	const at = clock.now();
	const events = members.flatMap(({ rollout: { id }, name }): RolloutEvent[] => {
		const group = outcome.value.find(each => each.name === name);
		return group ? [{ type: 'group.received', id, group, at }] : [];
	});
	lookout.tellRollouts(events);
	for (const entry of [allGroups, applicationEntry(application)]) schedule.answered(entry, 0);
	for (const name of names) schedule.answered(groupEntry(application, name), plan.groupMs);
}
