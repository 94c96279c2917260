import { hasEnded } from '../domain/deployment.ts';
import { clusterFailures, type FailureCluster } from '../domain/failure-cluster.ts';
import { errorLineIndexes, parseLogTail } from '../domain/log-tail.ts';
import { memoOne } from '../lib/memo.ts';
import type { Rollout, Targets } from '../monitor/state.ts';
import { bold, dim, type Line, line, type Segment, segment, spread } from './line.ts';

/** Equal failures of a rollout, the largest group first. */
export const selectClusters = memoOne((targets: Targets): readonly FailureCluster[] =>
	clusterFailures(targets.values()),
);

/** Why the deployment as a whole ended, in AWS's words. */
export function errorLine(rollout: Rollout, columns: number): Line | undefined {
	const deployment = rollout.deployment.data;
	if (!deployment?.error || !hasEnded(deployment)) return undefined;
	const { code, message } = deployment.error;
	return spread([segment('✗ ', 'failed'), bold(code), segment(`  ${message}`, 'dim')], [], columns);
}

/** Failures first: one line for each group of equal ones, as many as there is room for. */
export function clusterLines(rollout: Rollout, columns: number, room: number): readonly Line[] {
	const clusters = selectClusters(rollout.targets);
	const shown = clusters.length <= room ? clusters : clusters.slice(0, Math.max(0, room - 1));
	const lines = shown.map((cluster, index) => clusterLine(cluster, columns, index === 0));
	const left = clusters.length - shown.length;
	if (left > 0 && room > 0) {
		const targets = clusters.slice(shown.length).reduce((sum, cluster) => sum + cluster.targets.length, 0);
		lines.push(
			line(dim(`   and ${left} other ${left === 1 ? 'kind' : 'kinds'} of failure on ${targets} targets`)),
		);
	}
	return lines;
}

function clusterLine(cluster: FailureCluster, columns: number, isFirst: boolean): Line {
	const wide = columns >= 72;
	const script = wide && cluster.script ? [segment(`  ${cluster.script}`)] : [];
	const left: readonly Segment[] = [
		bold(`✗ ${cluster.targets.length}×`, 'failed'),
		bold(`  ${cluster.event || 'unknown event'}`),
		...script,
		segment(`  ${cluster.word}`, 'failed'),
		dim(`   ${firstErrorLine(cluster)}`),
	];
	return spreadCutting(left, isFirst ? [bold('l'), dim(' log')] : [], columns);
}

/** Like `spread`, but the left part is cut to leave the right one its place. */
function spreadCutting(left: readonly Segment[], right: readonly Segment[], columns: number): Line {
	if (right.length === 0) return spread(left, [], columns);
	const rightWidth = right.reduce((sum, part) => sum + part.text.length, 0);
	const cut = spread(left, [], columns - rightWidth - 2);
	return spread(cut.segments.slice(1), right, columns);
}

/** What the log says about it, if it says anything. */
export function firstErrorLine(cluster: FailureCluster): string {
	const lines = parseLogTail(cluster.diagnostics?.logTail ?? '');
	const [index] = errorLineIndexes(lines);
	return index === undefined ? '' : (lines[index]?.text.trim() ?? '');
}
