import { type DeploymentSnapshot, hasEnded } from '../deployment.ts';
import { purposeOf } from '../history.ts';
import type { DeploymentId } from '../ids.ts';

/** From a release that went wrong until something worked again. Times are epoch milliseconds. */
export type Outage = {
	/** The first of the releases that failed or were stopped in a row. */
	readonly brokenBy: DeploymentId;
	readonly brokenAt: number;
	/** The next release, or rollback, that succeeded; missing while there is none. */
	readonly mendedBy?: DeploymentId;
	/** From the end of the first failure to the end of what mended it. */
	readonly tookMs?: number;
};

export type Recovery = {
	/** Newest first. */
	readonly outages: readonly Outage[];
	/** Over those that are over; missing without any. */
	readonly meanMs?: number;
};

/**
 * How long the group stayed broken. What Auto Scaling deploys neither breaks nor mends it: that goes to single machines,
 * and installs what was there before.
 */
export function measureRecovery(deployments: readonly DeploymentSnapshot[]): Recovery {
	const ended = deployments
		.filter(each => hasEnded(each) && each.completedAt !== undefined && purposeOf(each) !== 'scaling')
		.toSorted((a, b) => endOf(a) - endOf(b));
	const outages: Outage[] = [];
	let open: Outage | undefined;
	for (const each of ended) {
		if (each.status === 'Succeeded') {
			if (open) outages.push({ ...open, mendedBy: each.id, tookMs: endOf(each) - open.brokenAt });
			open = undefined;
		} else if (purposeOf(each) === 'release') open ??= { brokenBy: each.id, brokenAt: endOf(each) };
	}
	if (open) outages.push(open);
	const took = outages.flatMap(({ tookMs }) => tookMs ?? []);
	return {
		outages: outages.toReversed(),
		...(took.length > 0 && { meanMs: took.reduce((sum, ms) => sum + ms, 0) / took.length }),
	};
}

const endOf = ({ completedAt = 0 }: DeploymentSnapshot): number => completedAt;
