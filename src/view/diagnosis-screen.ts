import type { Finding } from '../diagnosis/finding.ts';
import { counted } from '../diagnosis/words.ts';
import { hasEnded } from '../domain/deployment.ts';
import type { TargetId } from '../domain/ids.ts';
import { tallyTotal } from '../domain/tally.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import type { Screen } from '../monitor/ui-state.ts';
import { selectFindings } from './diagnosis-case.ts';
import { findingsAbout } from './explanations.ts';
import { type FindingLayout, findingRows } from './finding-rows.ts';
import { rosterOf, targetNoun } from './finding-words.ts';
import { describeFailure } from './freshness.ts';
import { selectDifferences } from './host-differences.ts';
import { keyHint } from './keys/hint.ts';
import { bold, dim, type Line, type Segment, segment, spreadCutting } from './line.ts';
import type { PagedScreen } from './paged-screen.ts';
import { type PagerRow, pagerRow } from './pager.ts';

type DiagnosisScreen = Extract<Screen, { type: 'diagnosis' }>;

/** What went wrong and how to mend it, best finding first; with a target, what explains that target. */
export function diagnosisScreen(state: AppState, rollout: Rollout, screen: DiagnosisScreen): PagedScreen {
	const { columns, rows } = state.ui.size;
	const layout: FindingLayout = {
		roster: rosterOf(rollout, screen.targetId),
		columns,
		breakCommandsAt: columns,
		airy: rows >= 20,
	};
	const findings = selectShownFindings(state, rollout, screen.targetId);
	const isEmpty = findings.length === 0 && rollout.deployment.data !== undefined;
	return {
		heading: place => heading(screen.targetId ?? rollout.id, place, columns),
		rows: [...diagnosisRows(state, rollout, screen.targetId, layout), ...(isEmpty ? purposeRows : [])],
		opensAt: 'start',
	};
}

const heading = (id: string, place: string, columns: number): Line =>
	spreadCutting([bold('Diagnosis'), segment(`  ${id}`)], [dim(place)], columns);

/** The findings that the screen shows, in its order. */
export function selectShownFindings(
	state: AppState,
	rollout: Rollout,
	targetId: TargetId | undefined,
): readonly Finding[] {
	const findings = selectFindings(state, rollout);
	if (targetId === undefined) return findings;
	return rollout.targets.get(targetId)?.status === 'Failed' ? findingsAbout(findings, targetId) : [];
}

/** The whole diagnosis as rows: how much there is, then finding after finding. */
export function diagnosisRows(
	state: AppState,
	rollout: Rollout,
	targetId: TargetId | undefined,
	layout: FindingLayout,
): readonly PagerRow[] {
	const findings = selectShownFindings(state, rollout, targetId);
	const unread = unreadSegments(state, rollout);
	if (findings.length === 0) return nothingRows(state, rollout, targetId, unread);
	const overview = overviewWords(findings, rollout, targetId, layout.columns >= 72);
	return [
		pagerRow([bold(overview), ...unread, ...runningSegments(rollout)]),
		...findings.flatMap((finding, index) => [
			...(layout.airy || index > 0 ? [pagerRow([])] : []),
			...findingRows(
				finding,
				index + 1,
				layout,
				selectDifferences(rollout, finding.targets).map(({ text }) => text),
			),
		]),
	];
}

/** `3 findings: 2 on 6 of 24 hosts, one about the deployment as a whole`; in short `3 findings on 6 of 24 hosts`. */
function overviewWords(
	findings: readonly Finding[],
	rollout: Rollout,
	targetId: TargetId | undefined,
	isLong: boolean,
): string {
	const noun = targetNoun(rollout);
	const count = counted(findings.length, 'finding');
	const whole = findings.filter(({ targets }) => targets.length === 0).length;
	if (whole === findings.length) {
		const none = targetId === undefined ? '' : `, none on this ${noun} alone`;
		return `${count} about the deployment as a whole${none}`;
	}
	if (targetId !== undefined) return `${count} on this ${noun}`;
	const ids = new Set(findings.flatMap(({ targets }) => targets));
	const hosts = `${ids.size} of ${counted(totalOf(rollout), noun)}`;
	if (!isLong || whole === 0) return `${count} on ${hosts}`;
	const rest = `, ${whole === 1 ? 'one' : whole} about the deployment as a whole`;
	return `${count}: ${findings.length - whole} on ${hosts}${rest}`;
}

const totalOf = ({ deployment, targetIds, targets }: Rollout): number =>
	Math.max(
		targets.size,
		targetIds.length,
		deployment.data?.overview ? tallyTotal(deployment.data.overview) : 0,
	);

/** What has not been read yet: the diagnosis is made of the rest. */
function unreadSegments(state: AppState, rollout: Rollout): readonly Segment[] {
	const { listing, reading, targets } = rollout;
	const total = totalOf(rollout);
	const failure = listing.failure ?? reading.failure;
	if (targets.size >= total || failure?.kind === 'not-started') return [];
	const why = failure ? `: ${describeFailure(failure, state.session.profile)}` : '';
	return [segment(`  ${targets.size} of ${counted(total, 'target')} read${why}`, 'attention')];
}

/** Whether the diagnosis is of something that still goes on. */
const runningSegments = ({ deployment: { data } }: Rollout): readonly Segment[] =>
	data && !hasEnded(data) ? [dim('  still running')] : [];

/** Nothing has failed: what is so then, and what would be here. */
function nothingRows(
	state: AppState,
	rollout: Rollout,
	targetId: TargetId | undefined,
	unread: readonly Segment[],
): readonly PagerRow[] {
	const { data, failure } = rollout.deployment;
	if (!data) {
		const why = failure ? `: ${describeFailure(failure, state.session.profile)}` : '';
		return [pagerRow([segment(`The deployment has not been read yet${why}.`)])];
	}
	const status = targetId === undefined ? data.status : (rollout.targets.get(targetId)?.status ?? 'unknown');
	const who = targetId === undefined ? 'the deployment' : `this ${targetNoun(rollout)}`;
	const others = targetId === undefined ? 0 : selectFindings(state, rollout).length;
	return [
		pagerRow([
			bold(nothingWords(status, hasEnded(data), unread.length > 0)),
			dim(`  ${who} is ${status}`),
			...unread,
		]),
		...(others === 0
			? []
			: [
					pagerRow([
						segment(
							`${counted(others, 'finding')} about the others: ${keyHint(state, 'diagnosis')} shows them.`,
						),
					]),
				]),
	];
}

/** What the screen is for, where there is nothing on it yet. */
const purposeRows: readonly PagerRow[] = [
	pagerRow([]),
	{
		...pagerRow([
			dim(
				'When something fails, this is where you read why: the cause in plain words, the hosts, what the log says, what to do, and the commands with the ids of this deployment, to be copied with y.',
			),
		]),
		measure: 92,
	},
];

/** Without a finding, but with a failure, nobody has said why; or it has not been read yet. */
function nothingWords(status: string, isOver: boolean, isUnread: boolean): string {
	if (status === 'Failed' || status === 'Stopped')
		return isUnread ? 'No failure has been read yet' : 'AWS gives no reason';
	return isOver ? 'Nothing has failed' : 'Nothing has failed so far';
}
