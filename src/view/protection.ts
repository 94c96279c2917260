import type { AppState, Rollout, Session } from '../monitor/state.ts';

/** Whether the group of a rollout, or the profile, is one that nobody may change by one key. */
export const isProtected = (session: Session, rollout: Rollout): boolean =>
	isGroupProtected(session, rollout.deployment.data?.group);

/** The same of a group by its name. */
export function isGroupProtected(session: Session, group: string | undefined): boolean {
	const names = [group, session.profile];
	return session.protectedPatterns.some(pattern =>
		names.some(name => name !== undefined && matchesGlob(pattern, name)),
	);
}

/** `*` stands for anything; everything else for itself, whatever the case. */
export function matchesGlob(pattern: string, name: string): boolean {
	const parts = pattern.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 'i').test(name);
}

/** The name that has to be typed before an action on `rollout`, if it is protected. */
export function confirmationToken(state: AppState, rollout: Rollout): string | undefined {
	if (!isProtected(state.session, rollout)) return undefined;
	// A group that AWS does not name still has to be meant: then the deployment's id is typed.
	return rollout.deployment.data?.group ?? rollout.id;
}
