import {
	type AutoRollback,
	type DeploymentSnapshot,
	deploymentElapsedMs,
	hasEnded,
} from '../domain/deployment.ts';
import { shortConfigName } from '../domain/deployment-config.ts';
import { effectiveAutoRollback } from '../domain/deployment-group.ts';
import { budgetTally, type HealthBudget, healthBudget } from '../domain/health-budget.ts';
import { nameRevision } from '../domain/revision.ts';
import { emptyTally, tallyDone, tallyTotal } from '../domain/tally.ts';
import { describeRouting } from '../domain/traffic-shift.ts';
import { formatAge, formatDuration } from '../lib/duration.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { rolloutBar } from './bars.ts';
import { etaCell, etaOf, etaWords } from './eta.ts';
import { markOf } from './glyphs.ts';
import {
	bold,
	dim,
	fitParts,
	gap,
	joinParts,
	type Line,
	line,
	type Part,
	type Segment,
	segment,
	segmentsWidth,
	spread,
} from './line.ts';
import { isStopping } from './stopping.ts';
import { formatPercent, movedPercent, percentBar } from './traffic-lines.ts';
import { waitingParts } from './waiting.ts';

/** Status, overall bar, counts and elapsed time. The counts are the overview's, never those of the rows read so far. */
export function statusLine(state: AppState, rollout: Rollout): Line {
	const deployment = rollout.deployment.data;
	const { columns } = state.ui.size;
	if (!deployment) return askingLine(state, rollout);
	const stopping = isStopping(rollout);
	const mark = stopping ? markOf('Stopped') : markOf(deployment.status);
	const name = stopping ? 'Stopping' : deployment.status;
	const word = columns < narrow ? mark.glyph : `${mark.glyph} ${name}`;
	const status: Part = { segments: [bold(word, mark.tone)], keep: 9 };
	const elapsed = deploymentElapsedMs(deployment, state.now);
	const time: Part = { segments: elapsed === undefined ? [] : [bold(formatDuration(elapsed))], keep: 5 };
	const left: Part = { segments: timeLeft(state, rollout), keep: 4.5 };
	const counts = fitParts(
		[status, ...countParts(state, rollout, deployment), time, left],
		columns - 2 - minimumBar(columns),
		2,
	);
	const [first, ...rest] = counts;
	const tail = rest.filter(part => part !== time && part !== left);
	const right = joinParts(
		[time, left].filter(part => counts.includes(part)),
		columns < narrow ? 1 : 2,
	);
	const between = columns < 100 ? 2 : 3;
	const taken = segmentsWidth(joinParts(counts, 2)) + 2 + Math.max(0, tail.length - 1) * (between - 2);
	const bar = Math.min(Math.max(minimumBar(columns), Math.floor(columns * 0.38)), columns - 2 - taken);
	const start: readonly Segment[] = [
		...(first?.segments ?? []),
		gap(columns < narrow ? 1 : 2),
		...progressBar(rollout, deployment, bar),
		gap(2),
		...joinParts(tail, between),
	];
	return spreadTight(start, right, columns);
}

/** What is left of it, where that can be told. */
function timeLeft({ now, ui }: AppState, rollout: Rollout): readonly Segment[] {
	const eta = etaOf(rollout, now);
	if (!eta) return [];
	const { columns } = ui.size;
	if (columns < narrow) return [segment(etaCell(eta).replace(' ', ''))];
	return [segment(columns < 90 ? etaCell(eta) : etaWords(eta))];
}

function progressBar(rollout: Rollout, deployment: DeploymentSnapshot, width: number): readonly Segment[] {
	const moved = movedPercent(rollout);
	return moved === undefined
		? rolloutBar(deployment.overview ?? emptyTally, width)
		: percentBar(moved, width);
}

/** Below this many columns the glyph stands for the status; its word is the first to go. */
const narrow = 64;

/** The bar is what the eye goes to: counts give way before it gets shorter than this. */
const minimumBar = (columns: number): number => Math.max(10, Math.floor(columns / 4));

/** Like {@link spread}, but the right part may come as near as one cell. */
function spreadTight(left: readonly Segment[], right: readonly Segment[], width: number): Line {
	const room = width - 2 - segmentsWidth(left) - segmentsWidth(right);
	return room >= 1 ? line(gap(1), ...left, gap(room), ...right) : spread(left, [], width);
}

function askingLine(state: AppState, rollout: Rollout): Line {
	const since = formatAge(state.now - state.watchedSince);
	return line(gap(1), dim(`asking CodeDeploy for ${rollout.id} · ${since}`));
}

function countParts(state: AppState, rollout: Rollout, deployment: DeploymentSnapshot): readonly Part[] {
	const moved = movedPercent(rollout);
	if (moved !== undefined) {
		return [
			{
				segments: [
					bold(formatPercent(moved), 'succeeded'),
					dim(state.ui.size.columns < narrow ? ' moved' : ' of the traffic moved'),
				],
				keep: 8,
			},
		];
	}
	const overview = deployment.overview;
	if (!overview) return [{ segments: [dim('fleet not known yet')], keep: 3 }];
	const total = tallyTotal(overview);
	const done = tallyDone(overview);
	const read = rollout.targets.size;
	const isReading = read < total && !(hasEnded(deployment) && rollout.listing.data === read);
	const reading = isReading ? `${read}/${total} read` : '';
	return [
		{ segments: [bold(String(done), 'succeeded'), dim(`/${total}`)], keep: 8 },
		{ segments: overview.failed > 0 ? [bold(`${overview.failed} failed`, 'failed')] : [], keep: 7 },
		{ segments: overview.inProgress > 0 ? [segment(`${overview.inProgress} running`)] : [], keep: 4 },
		{ segments: overview.skipped > 0 ? [dim(`${overview.skipped} skipped`)] : [], keep: 3 },
		{ segments: reading === '' ? [] : [segment(reading, 'attention')], keep: 6 },
	];
}

/** What it waits for, health budget, configuration, automatic rollback; the revision at the right edge. */
export function configLine(state: AppState, rollout: Rollout): Line {
	const deployment = rollout.deployment.data;
	const { columns } = state.ui.size;
	if (!deployment) return line();
	const revision = deployment.revision ? [dim(nameRevision(deployment.revision))] : [];
	const phrases = fitParts(configPhrases(state, rollout, deployment), columns - 4, dot.length);
	const left = phrases.flatMap(({ segments }, index) => (index === 0 ? segments : [dim(dot), ...segments]));
	return spread([gap(2), ...left], revision, columns);
}

const dot = ' · ';

function configPhrases(state: AppState, rollout: Rollout, deployment: DeploymentSnapshot): readonly Part[] {
	const ended = hasEnded(deployment);
	const { trafficRouting, minimumHealthyHosts } = rollout.config.data ?? {};
	const routing =
		trafficRouting && deployment.platform !== 'Server' ? [dim(describeRouting(trafficRouting))] : [];
	const stopping = isStopping(rollout);
	// What a stop cuts short counts as failed, and would make the budget a fiction.
	const tally = ended || stopping ? undefined : budgetTally(deployment, rollout.targets.values());
	const budget = describeBudget(healthBudget(minimumHealthyHosts, tally));
	const rollback = ended || stopping ? undefined : effectiveAutoRollback(deployment, rollout.group.data);
	return [
		...(stopping ? [{ segments: stoppingPhrase(state, rollout), keep: 10 }] : waitingParts(state, rollout)),
		{ segments: [dim(shortConfigName(deployment.configName ?? ''))], keep: 4 },
		{ segments: routing, keep: 3 },
		{ segments: budget ?? [], keep: 8 },
		{
			segments: rollback ? [dim(rollbackPhrase(rollback))] : [],
			keep: 5,
		},
	];
}

function stoppingPhrase(state: AppState, { stopAskedAt = state.now }: Rollout): readonly Segment[] {
	const ago = formatAge(state.now - stopAskedAt);
	return [segment(`stop accepted ${ago} ago`, 'attention'), dim(' · hooks that run end first')];
}

/** When it rolls back without being asked: on failure is what one expects, so that is the short form. */
export function rollbackPhrase({ enabled, events }: AutoRollback): string {
	if (!enabled || events.length === 0) return 'no automatic rollback';
	if (events.includes('DEPLOYMENT_FAILURE')) return 'rolls back by itself';
	return events.includes('DEPLOYMENT_STOP_ON_ALARM') ? 'rolls back on alarm only' : 'rolls back on stop only';
}

/** The health budget in words a person would say. */
export function describeBudget(budget: HealthBudget): readonly Segment[] | undefined {
	switch (budget.type) {
		case 'unknown':
			return undefined;
		case 'left':
			return [
				dim('fails after '),
				bold(
					`≈ ${budget.failures} more ${budget.failures === 1 ? 'failure' : 'failures'}`,
					nearEnd(budget.failures),
				),
			];
		case 'safe':
			return [dim('cannot fail on host health any more')];
		case 'exhausted':
			return [segment('no failures left: it is failing', 'failed')];
	}
}

const nearEnd = (failures: number) => (failures <= 2 ? 'attention' : 'plain');
