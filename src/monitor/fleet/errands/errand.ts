import type { DeploymentSnapshot } from '../../../domain/deployment.ts';
import type { DeploymentId } from '../../../domain/ids.ts';
import type { FailureKind } from '../../../gateway/failure.ts';
import type { Rollout } from '../../state.ts';
import type { Lookout } from '../lookout.ts';

/** Something that would be good to know beside how deployments stand, and is asked when it can be afforded. */
export type Errand = {
	/** How many calls of CodeDeploy it takes at most. */
	readonly cost: number;
	run(signal: AbortSignal): Promise<void>;
};

/** A rollout of which the deployment is known. */
export type KnownRollout = Rollout & { readonly data: DeploymentSnapshot };

/** Those that are active, the newest first. */
export function activeRollouts(lookout: Lookout): readonly KnownRollout[] {
	const { active } = lookout.state();
	return (active.data ?? [])
		.flatMap(id => knownRollout(lookout, id) ?? [])
		.toSorted((a, b) => (b.data.createdAt ?? 0) - (a.data.createdAt ?? 0));
}

export function knownRollout(lookout: Lookout, id: DeploymentId): KnownRollout | undefined {
	const rollout = lookout.rollout(id);
	const { data } = rollout.deployment;
	return data && { ...rollout, data };
}

const ownTroubles: ReadonlySet<FailureKind> = new Set(['missing', 'not-started', 'invalid', 'service']);

/** What waits after a failure: one thing, where that has trouble of its own, else everything of its kind. */
export const entryAfter =
	(own: string, all: string) =>
	({ kind }: { readonly kind: FailureKind }): string =>
		ownTroubles.has(kind) ? own : all;
