import type { Finding } from '../diagnosis/finding.ts';
import type { FailureCluster } from '../domain/failure-cluster.ts';
import { isInstanceId, type TargetId } from '../domain/ids.ts';
import { memoOne } from '../lib/memo.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { selectFindings } from './diagnosis-case.ts';
import { isUnknown } from './finding-words.ts';

/** Which finding explains which target: the first one that names it, since the best findings come first. */
export const selectExplanations = (state: AppState, rollout: Rollout): ReadonlyMap<TargetId, Finding> =>
	explanationsOf(selectFindings(state, rollout));

const explanationsOf = memoOne((findings: readonly Finding[]): ReadonlyMap<TargetId, Finding> => {
	const found = new Map<TargetId, Finding>();
	for (const finding of findings)
		for (const id of finding.targets) if (!found.has(id)) found.set(id, finding);
	return found;
});

/** What explains the targets of a cluster, the largest share first; without what no rule recognises. */
export function explainCluster(
	{ targets }: FailureCluster,
	explanations: ReadonlyMap<TargetId, Finding>,
): readonly Finding[] {
	const shares = new Map<Finding, number>();
	for (const id of targets) {
		const finding = explanations.get(id);
		if (finding && !isUnknown(finding)) shares.set(finding, (shares.get(finding) ?? 0) + 1);
	}
	return [...shares].sort(([, a], [, b]) => b - a).map(([finding]) => finding);
}

const restating: ReadonlySet<string> = new Set(['script-exit-nonzero', 'script-timeout']);

/** Whether a finding's title says no more than how the script ended: then a line of the log says more. */
export const restatesFailure = ({ cause }: Finding): boolean => restating.has(cause);

/**
 * The findings that explain one target, best first, with commands for that target. Where none names it, what explains
 * the deployment as a whole: that is what has kept it from being deployed to.
 */
export function findingsAbout(findings: readonly Finding[], id: TargetId): readonly Finding[] {
	const own = findings.filter(({ targets }) => targets.includes(id));
	if (own.length === 0) return findings.filter(({ targets }) => targets.length === 0);
	return own.map(finding => aimedAt(finding, id));
}

/** Commands are made out for the first of the targets. An instance id stands unquoted in them, and for itself only. */
function aimedAt(finding: Finding, id: TargetId): Finding {
	const [first] = finding.targets;
	if (first === undefined || first === id || !isInstanceId(first) || !isInstanceId(id)) return finding;
	const { steps, commands } = finding.remedy;
	return { ...finding, remedy: { steps, commands: commands.map(each => each.replaceAll(first, id)) } };
}
