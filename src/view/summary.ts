import { deploymentElapsedMs, hasEnded } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { linkedDeployment } from '../domain/rollback.ts';
import { type Tally, tallyTotal } from '../domain/tally.ts';
import { formatDuration } from '../lib/duration.ts';
import { type AppState, type Rollout, rolloutOf } from '../monitor/state.ts';
import { selectFindings } from './diagnosis-case.ts';
import { differenceWords } from './difference-lines.ts';
import { explainCluster, selectExplanations } from './explanations.ts';
import { causeText, isUnknown } from './finding-words.ts';
import { markOf } from './glyphs.ts';
import { mixedWords, selectMixedFleet } from './host-revision.ts';
import { firstErrorLine, selectClusters } from './problem-lines.ts';

/** Hosts that are named for a failure; the others are counted. */
const namedHosts = 3;
const namedDifferences = 2;

/** What is left on the normal screen after the end: status, counts, root failure with hosts and log line, rollback. */
export function summaryLines(state: AppState, id: DeploymentId): readonly string[] {
	const rollout = rolloutOf(state, id);
	const deployment = rollout.deployment.data;
	if (!deployment) return [];
	const mixed = selectMixedFleet(state, rollout);
	return [
		headline(state, rollout),
		...(deployment.overview ? [`  ${tallyWords(deployment.overview)}`] : []),
		...causeLines(state, rollout),
		...rollbackLines(state, rollout),
		...(mixed ? [`  revision now: ${mixedWords(mixed)}`] : []),
	];
}

/** Why it has failed or is failing, indented; none while nothing has. */
export function causeLines(state: AppState, rollout: Rollout): readonly string[] {
	const deployment = rollout.deployment.data;
	const error = deployment && hasEnded(deployment) ? deployment.error : undefined;
	return [
		...(error ? [`  ${error.code}: ${error.message}`] : []),
		...wholeCause(state, rollout),
		...rootFailure(state, rollout),
	];
}

/** The deployment at the other end of its rollback, or why there is none, indented. */
export function rollbackLines(state: AppState, { deployment: { data } }: Rollout): readonly string[] {
	const link = linkedDeployment(data);
	if (!link) return data?.rollback?.message ? [`  ${data.rollback.message}`] : [];
	const words = link.role === 'rollback' ? 'rolled back by' : 'rolls back';
	return [`  ${words} ${otherEnd(state, rolloutOf(state, link.id))}`];
}

/** `▸ d-…  checkout-api / prod-blue  InProgress for 4m12s`. */
export function headline(state: AppState, rollout: Rollout): string {
	const deployment = rollout.deployment.data;
	if (!deployment) return rollout.id;
	const elapsed = deploymentElapsedMs(deployment, state.now);
	const time =
		elapsed === undefined ? '' : ` ${hasEnded(deployment) ? 'after' : 'for'} ${formatDuration(elapsed)}`;
	const name =
		deployment.application === undefined ? '' : `  ${deployment.application} / ${deployment.group ?? '?'}`;
	return `${markOf(deployment.status).glyph} ${rollout.id}${name}  ${deployment.status}${time}`;
}

/** `29/60 succeeded · 5 failed · 14 running`: what is not there is not named. */
export function tallyWords(tally: Tally): string {
	const counts: readonly (readonly [number, string])[] = [
		[tally.failed, 'failed'],
		[tally.inProgress, 'running'],
		[tally.ready, 'ready'],
		[tally.pending, 'pending'],
		[tally.skipped, 'skipped'],
	];
	const others = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
	return [`${tally.succeeded}/${tallyTotal(tally)} succeeded`, ...others].join(' · ');
}

/** Why the deployment as a whole ended, where that is not what failed on its targets. */
function wholeCause(state: AppState, rollout: Rollout): readonly string[] {
	const [first] = selectFindings(state, rollout);
	return first && first.targets.length === 0 && !isUnknown(first) ? [`      ${causeText(first)}`] : [];
}

function rootFailure(state: AppState, rollout: Rollout): readonly string[] {
	const [root, ...others] = selectClusters(rollout);
	if (!root) return [];
	const [reason] = explainCluster(root, selectExplanations(state, rollout));
	const more = root.targets.length - namedHosts;
	const hosts = root.targets.slice(0, namedHosts).join(', ') + (more > 0 ? ` and ${more} more` : '');
	const what = [root.event, root.script, root.word].filter(word => word !== '').join(' ');
	const log = firstErrorLine(root);
	return [
		`  ✗ ${what} on ${root.targets.length} ${root.targets.length === 1 ? 'target' : 'targets'}: ${hosts}`,
		...(reason === undefined ? [] : [`      ${causeText(reason)}`]),
		...(log === '' ? [] : [`      ${log}`]),
		...(reason?.remedy.steps[0] === undefined ? [] : [`      → ${reason.remedy.steps[0]}`]),
		...differenceWords(rollout, root)
			.slice(0, namedDifferences)
			.map(words => `      ${words}`),
		...(others.length === 0
			? []
			: [`    and ${others.length} other ${others.length === 1 ? 'kind' : 'kinds'} of failure`]),
	];
}

function otherEnd(state: AppState, rollout: Rollout): string {
	const deployment = rollout.deployment.data;
	if (!deployment) return rollout.id;
	const elapsed = deploymentElapsedMs(deployment, state.now);
	const counts = deployment.overview ? ` · ${tallyWords(deployment.overview)}` : '';
	const time =
		elapsed === undefined ? '' : ` ${hasEnded(deployment) ? 'after' : 'for'} ${formatDuration(elapsed)}`;
	return `${rollout.id}  ${deployment.status}${time}${counts}`;
}
