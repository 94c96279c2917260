import type { Finding } from '../diagnosis/finding.ts';
import { counted } from '../diagnosis/words.ts';
import { hasEnded } from '../domain/deployment.ts';
import { clusterFailures, type FailureCluster } from '../domain/failure-cluster.ts';
import { archivePath } from '../domain/host-paths.ts';
import { errorLineIndexes, parseLogTail } from '../domain/log-tail.ts';
import { memoOne } from '../lib/memo.ts';
import type { AppState, Rollout, Targets } from '../monitor/state.ts';
import { explainCluster, restatesFailure, selectExplanations } from './explanations.ts';
import { markOf } from './glyphs.ts';
import { keyHint } from './keys/hint.ts';
import { bold, dim, gap, type Line, type Segment, segment, segmentsWidth, spreadCutting } from './line.ts';
import { isStopped } from './stopping.ts';

const clustersOf = memoOne((targets: Targets, stopped: boolean) =>
	clusterFailures(targets.values(), stopped),
);

/** Equal failures of a rollout, the largest group first. */
export const selectClusters = (rollout: Rollout): readonly FailureCluster[] =>
	clustersOf(rollout.targets, isStopped(rollout));

/** When the first target failed; one that a stop has cut short counts only where none has failed by itself. */
export function firstFailureAt(rollout: Rollout): number | undefined {
	const clusters = selectClusters(rollout);
	const own = clusters.filter(({ interrupted }) => !interrupted);
	const times = (own.length > 0 ? own : clusters).flatMap(({ firstFailedAt }) => firstFailedAt ?? []);
	return times.length === 0 ? undefined : Math.min(...times);
}

/** The key that explains a problem stands at the end of its line. */
const whyHint = (state: AppState): readonly Segment[] => [bold(keyHint(state, 'diagnosis')), dim(' why')];

/** Why the deployment as a whole ended, in AWS's words. */
export function errorLine(state: AppState, rollout: Rollout, columns: number): Line | undefined {
	const deployment = rollout.deployment.data;
	if (!deployment?.error || !hasEnded(deployment)) return undefined;
	const { code, message } = deployment.error;
	const hint = columns >= 72 ? whyHint(state) : [];
	const mark = markOf(deployment.status);
	return spreadCutting(
		[segment(`${mark.glyph} `, mark.tone), bold(code), dim(`  ${message}`)],
		hint,
		columns,
	);
}

/** Failures first: one line for each group of equal ones; the last one counts the groups there is no room for. */
export function clusterLines(
	state: AppState,
	rollout: Rollout,
	columns: number,
	room: number,
): readonly Line[] {
	const clusters = selectClusters(rollout);
	if (clusters.length === 0) return [];
	const explanations = selectExplanations(state, rollout);
	const shown = clusters.slice(0, Math.max(0, room));
	const hidden = clusters.length - shown.length;
	return shown.map((cluster, index) => {
		const more = hidden > 0 && index === shown.length - 1 ? [segment(`+${hidden} more`, 'failed')] : [];
		const hint = index === 0 && columns >= 72 ? whyHint(state) : [];
		const between = more.length > 0 && hint.length > 0 ? [gap(3)] : [];
		const reason = explainCluster(cluster, explanations);
		return clusterLine(cluster, reason, columns, [...more, ...between, ...hint]);
	});
}

function clusterLine(
	cluster: FailureCluster,
	reasons: readonly Finding[],
	columns: number,
	right: readonly Segment[],
): Line {
	const tone = cluster.interrupted ? 'attention' : 'failed';
	const mark = bold(`${cluster.interrupted ? '■' : '✗'} ${cluster.targets.length}×`, tone);
	const event = bold(cluster.event === '' ? '' : `  ${cluster.event}`);
	const script = columns >= 72 && cluster.script ? [segment(`  ${cluster.script}`)] : [];
	const word = segment(`  ${cluster.word}`, tone);
	const log = firstErrorLine(cluster);
	const [reason] = reasons;
	if (reason === undefined || (log !== '' && restatesFailure(reason)))
		return spreadCutting([mark, event, ...script, word, dim(`   ${log}`)], right, columns);
	const cause = causeSegments(reason, reasons.length - 1);
	// Where there is no room for all of it, the cause says more than how the script ended, and than its name.
	const saysWord = reason.title.toLowerCase().includes(cluster.word.toLowerCase());
	const shorter = [
		...(saysWord ? [] : [[mark, event, ...script, word, ...cause]]),
		[mark, event, ...script, ...cause],
	];
	const room = columns - 2 - segmentsWidth(right) - 2;
	const left = shorter.find(each => segmentsWidth(each) <= room) ?? [mark, event, ...cause];
	return spreadCutting(left, right, columns);
}

/** The cause in plain words. */
function causeSegments({ title, confidence }: Finding, others: number): readonly Segment[] {
	const more = others === 0 ? '' : `, and ${counted(others, 'other reason')}`;
	return [segment(`   ${title}`), dim(confidence === 'possible' ? `  possible${more}` : more)];
}

/** What the log says about it, if it says anything. */
export function firstErrorLine(cluster: FailureCluster): string {
	const lines = parseLogTail(cluster.diagnostics?.logTail ?? '');
	const [index] = errorLineIndexes(lines);
	return index === undefined ? '' : withoutArchivePath(lines[index]?.text.trim() ?? '');
}

/** Where a bundle is unpacked differs from host to host, and the script's name stands beside already. */
const withoutArchivePath = (text: string): string =>
	text.replaceAll(archivePath, '').replace(/^\S+: line \d+: /, '');
