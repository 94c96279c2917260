import type { Finding } from '../diagnosis/finding.ts';
import { type DeploymentSnapshot, hasEnded } from '../domain/deployment.ts';
import { interruptedWord } from '../domain/failure-cluster.ts';
import { failureWord } from '../domain/failure-reason.ts';
import { failedEvent, type TargetSnapshot } from '../domain/target.ts';
import { formatTimeOfDay } from '../lib/duration.ts';
import type { AppState } from '../monitor/state.ts';
import type { Change } from './changes.ts';
import { causeText } from './finding-words.ts';
import { describeFailure } from './freshness.ts';
import { markOf } from './glyphs.ts';
import { tallyWords } from './summary.ts';
import { formatPercent, movedPercent } from './traffic-lines.ts';

/** A change for somebody who reads lines instead of a screen: each stands for itself. */
export const changeLine = (change: Change, state: AppState): string =>
	timed(state.now, changeWords(change, state));

/** A line with its time of day. */
export const timed = (at: number, text: string): string => `${formatTimeOfDay(at)}  ${text}`;

function changeWords(change: Change, { session }: AppState): string {
	switch (change.type) {
		case 'status':
			return statusWords(change.deployment, movedPercent(change.rollout));
		case 'failure': {
			const { target, interrupted, finding } = change;
			return interrupted
				? `■ ${target.id} ${interruptedWord}`
				: `✗ ${target.id} ${failureWords(target)}${causeSuffix(finding)}`;
		}
		case 'alarm': {
			const { name, state, reason } = change.alarm;
			return `${markOf(state).glyph} ${state} ${name}: ${reason}`;
		}
		case 'connection':
			return change.failure ? `? ${describeFailure(change.failure, session.profile)}` : 'AWS answers again';
	}
}

function statusWords(deployment: DeploymentSnapshot, moved: number | undefined): string {
	const { id, status, overview, error } = deployment;
	const counts = overview ? `  ${tallyWords(overview)}` : '';
	const traffic = moved === undefined ? '' : `  ${formatPercent(moved)} of the traffic moved`;
	const code = error && hasEnded(deployment) ? `  ${error.code}` : '';
	return `${markOf(status).glyph} ${id} ${status}${traffic}${counts}${code}`;
}

const causeSuffix = (finding: Finding | undefined): string =>
	finding === undefined ? '' : `: ${causeText(finding)}`;

function failureWords(target: TargetSnapshot): string {
	const event = failedEvent(target);
	if (!event) return 'Failed';
	const diagnostics = event.diagnostics;
	const words = [event.name, diagnostics?.scriptName ?? '', diagnostics ? failureWord(diagnostics) : ''];
	return words.filter(word => word !== '').join(' ');
}
