import { hasEnded } from '../domain/deployment.ts';
import { linkedDeployment } from '../domain/rollback.ts';
import { tallyTotal } from '../domain/tally.ts';
import { truncateEnd } from '../lib/width.ts';
import { type AppState, type Rollout, rolloutOf, watchedRollout } from '../monitor/state.ts';
import { isStale } from './freshness.ts';
import { markOf } from './glyphs.ts';
import { howFarOf, howFarWords } from './how-far.ts';
import { movedPercent } from './traffic-lines.ts';

/** What a terminal shows of a rollout outside of its pane: in the title, on a tab, in the task bar. */
export type Outside = {
	readonly title: string;
	readonly progress: Progress;
	/** Epoch milliseconds. */
	readonly at: number;
};

/** As OSC 9;4 has it: how far, and in which colour. */
export type Progress =
	| { readonly state: 'none' }
	| { readonly state: 'normal' | 'error' | 'paused'; readonly percent: number };

/** Longer titles are cut by tabs and status lines anyway; the important part comes first. */
const titleCells = 60;

/** The watched deployment, or its rollback while that runs. */
export function selectOutside(state: AppState): Outside {
	const watched = watchedRollout(state);
	return { title: titleOf(state, watched), progress: progressOf(state, watched), at: state.now };
}

/** `✗2 17/40 checkout-api` while it runs, `◆ Ready checkout-api` when it waits, `✓ checkout-api` at the end. */
function titleOf(state: AppState, watched: Rollout): string {
	const { data } = watched.deployment;
	const name = data?.application ?? watched.id;
	if (!data) return title('rollcall', name);
	const problems = problemWords(watched);
	// A picture that is out of date must not look like good news.
	const doubt = isStale(state, watched) ? '?' : '';
	if (hasEnded(data)) return title(markOf(data.status).glyph, rollbackWords(state, watched), name);
	if (data.status === 'Ready') return title(doubt, problems, `${markOf(data.status).glyph} Ready`, name);
	const sign = doubt === '' && problems === '' ? markOf(data.status).glyph : '';
	return title(doubt, problems, sign, howFarWords(howFarOf(watched)) || data.status, name);
}

const title = (...words: readonly string[]): string =>
	truncateEnd(words.filter(word => word !== '').join(' '), titleCells);

function problemWords({ deployment, alarms }: Rollout): string {
	const failed = deployment.data?.overview?.failed ?? 0;
	const alarming = alarms.data?.filter(alarm => alarm.state === 'ALARM').length ?? 0;
	return [failed > 0 ? `✗${failed}` : '', alarming > 0 ? `▲${alarming}` : '']
		.filter(word => word !== '')
		.join(' ');
}

/** `↩ 12/40` while it is being taken back, `↩✓` when it has been. */
export function rollbackWords(state: AppState, watched: Rollout): string {
	const rollback = rollbackOf(state, watched);
	const { data } = rollback?.deployment ?? {};
	if (!rollback || !data) return '';
	return hasEnded(data) ? `↩${markOf(data.status).glyph}` : `↩ ${howFarWords(howFarOf(rollback))}`.trimEnd();
}

function rollbackOf(state: AppState, watched: Rollout): Rollout | undefined {
	const link = linkedDeployment(watched.deployment.data);
	return link?.role === 'rollback' ? rolloutOf(state, link.id) : undefined;
}

function progressOf(state: AppState, watched: Rollout): Progress {
	const { data } = watched.deployment;
	if (!data) return { state: 'none' };
	if (!hasEnded(data)) {
		const percent = percentOf(watched);
		if (data.status === 'Ready') return { state: 'paused', percent };
		return { state: (data.overview?.failed ?? 0) > 0 ? 'error' : 'normal', percent };
	}
	const rollback = rollbackOf(state, watched);
	const undoing = rollback?.deployment.data;
	if (!rollback || !undoing || hasEnded(undoing)) return { state: 'none' };
	return { state: 'error', percent: percentOf(rollback) };
}

/** Of the targets, those nothing more is expected of; a failed one is done, too. */
function percentOf(rollout: Rollout): number {
	const moved = movedPercent(rollout);
	if (moved !== undefined) return Math.round(Math.max(0, Math.min(100, moved)));
	const tally = rollout.deployment.data?.overview;
	const total = tally ? tallyTotal(tally) : 0;
	if (!tally || total === 0) return 0;
	return Math.floor((100 * (total - tally.pending - tally.inProgress)) / total);
}
