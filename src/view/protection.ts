import type { AppState, Rollout, Session } from '../monitor/state.ts';

/** Whether the group, or the profile, is one that nobody may change by one key. */
export function isProtected(session: Session, rollout: Rollout): boolean {
	const names = [rollout.deployment.data?.group, session.profile];
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
