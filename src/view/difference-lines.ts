import type { FailureCluster } from '../domain/failure-cluster.ts';
import type { Rollout } from '../monitor/state.ts';
import { selectDifferences } from './host-differences.ts';
import { dim, type Line, segment, spread } from './line.ts';

/** What sets the hosts of a group of equal failures apart; undefined where nothing does, or a stop cut them short. */
export function differenceLine(
	rollout: Rollout,
	cluster: FailureCluster | undefined,
	columns: number,
): Line | undefined {
	const [first, ...others] = selectClusterDifferences(rollout, cluster);
	if (!first) return undefined;
	const more = others.length === 0 ? [] : [dim(`+${others.length} more in common`)];
	return spread([segment(`  ${first.text}`, 'attention')], more, columns);
}

/** The same, in words for plain lines. */
export const differenceWords = (rollout: Rollout, cluster: FailureCluster): readonly string[] =>
	selectClusterDifferences(rollout, cluster).map(({ text }) => text);

const selectClusterDifferences = (rollout: Rollout, cluster: FailureCluster | undefined) =>
	cluster === undefined || cluster.interrupted ? [] : selectDifferences(rollout, cluster.targets);
