import type { Finding } from '../diagnosis/finding.ts';
import { hasEnded } from '../domain/deployment.ts';
import { interruptedWord, isInterrupted } from '../domain/failure-cluster.ts';
import { failureWord } from '../domain/failure-reason.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import { linkedDeployment } from '../domain/rollback.ts';
import { failedEvent, type TargetSnapshot } from '../domain/target.ts';
import { formatTimeOfDay } from '../lib/duration.ts';
import { type AppState, type Rollout, rolloutOf } from '../monitor/state.ts';
import { selectExplanations } from './explanations.ts';
import { causeText, isUnknown } from './finding-words.ts';
import { describeFailure } from './freshness.ts';
import { markOf } from './glyphs.ts';
import { isStopped } from './problem-lines.ts';
import { tallyWords } from './summary.ts';

/** What has changed for somebody who reads lines instead of a screen: each line stands for itself. */
export function changeLines(
	before: AppState | undefined,
	after: AppState,
	id: DeploymentId,
): readonly string[] {
	const was = before && rolloutOf(before, id);
	const is = rolloutOf(after, id);
	const link = linkedDeployment(is.deployment.data);
	const other = link && rolloutOf(after, link.id);
	const lines = [
		...statusChange(was, is),
		...failureChanges(was, is, after),
		...alarmChanges(was, is),
		...connectionChange(was, is, after.session.profile),
		...(other ? statusChange(before && rolloutOf(before, other.id), other) : []),
	];
	const time = formatTimeOfDay(after.now);
	return lines.map(text => `${time}  ${text}`);
}

function statusChange(was: Rollout | undefined, is: Rollout): readonly string[] {
	const words = statusWords(is);
	return words === undefined || (was && statusWords(was) === words) ? [] : [words];
}

function statusWords({ id, deployment: { data } }: Rollout): string | undefined {
	if (!data) return undefined;
	const counts = data.overview ? `  ${tallyWords(data.overview)}` : '';
	const error = data.error && hasEnded(data) ? `  ${data.error.code}` : '';
	return `${markOf(data.status).glyph} ${id} ${data.status}${counts}${error}`;
}

function failureChanges(was: Rollout | undefined, is: Rollout, after: AppState): readonly string[] {
	if (was?.targets === is.targets) return [];
	const lines: string[] = [];
	const causeWords = (id: TargetId) => causeSuffix(selectExplanations(after, is).get(id));
	for (const target of is.targets.values()) {
		if (target.status !== 'Failed' || was?.targets.get(target.id)?.status === 'Failed') continue;
		lines.push(
			isInterrupted(target, isStopped(is))
				? `■ ${target.id} ${interruptedWord}`
				: `✗ ${target.id} ${failureWords(target)}${causeWords(target.id)}`,
		);
	}
	return lines;
}

const causeSuffix = (finding: Finding | undefined): string =>
	finding === undefined || isUnknown(finding) ? '' : `: ${causeText(finding)}`;

function failureWords(target: TargetSnapshot): string {
	const event = failedEvent(target);
	if (!event) return 'Failed';
	const diagnostics = event.diagnostics;
	const words = [event.name, diagnostics?.scriptName ?? '', diagnostics ? failureWord(diagnostics) : ''];
	return words.filter(word => word !== '').join(' ');
}

function alarmChanges(was: Rollout | undefined, is: Rollout): readonly string[] {
	const before = new Map(was?.alarms.data?.map(alarm => [alarm.name, alarm.state]));
	return (is.alarms.data ?? [])
		.filter(alarm => {
			const known = before.get(alarm.name);
			return known === undefined ? alarm.state === 'ALARM' : known !== alarm.state;
		})
		.map(alarm => `${markOf(alarm.state).glyph} ${alarm.state} ${alarm.name}: ${alarm.reason}`);
}

function connectionChange(
	was: Rollout | undefined,
	is: Rollout,
	profile: string | undefined,
): readonly string[] {
	const before = was?.deployment.failure;
	const now = is.deployment.failure;
	if (now && before?.code !== now.code) return [`? ${describeFailure(now, profile)}`];
	return before && !now ? ['AWS answers again'] : [];
}
