import type { DeployPurpose } from '../../domain/deploy-plan.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import type { Revision } from '../../domain/revision.ts';

/** What somebody wants to be deployed. */
export type DeployWish = {
	readonly purpose: DeployPurpose;
	readonly application: string;
	readonly group: string;
	/**
	 * The deployment whose revision is wanted. Unset and no `revision`: to roll back, the last that succeeded before the
	 * newest; else the newest.
	 */
	readonly from?: DeploymentId | 'last-successful';
	/** A revision that was named, in the place of `from`. */
	readonly revision?: Revision;
	/** Unset: what `from` was deployed with, or else the group's own. */
	readonly configName?: string;
};

/** What was wished for makes no sense: one line, with what to try. */
export class ImpossibleWishError extends Error {
	override readonly name = 'ImpossibleWishError';
}
