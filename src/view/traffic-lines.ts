import type { LambdaVersions, TargetSnapshot, TaskSet } from '../domain/target.ts';
import { shiftedPercent } from '../domain/traffic-shift.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { countdown, deadlinesOf } from './deadlines.ts';
import { bold, cell, dim, gap, type Line, type Segment, segment, spread } from './line.ts';

/** How much of the traffic has moved, 0-100, where that is what the rollout does: then it tells more than a count of one. */
export function movedPercent(rollout: Rollout): number | undefined {
	if (rollout.targets.size !== 1) return undefined;
	const [target] = rollout.targets.values();
	return target && shiftedPercent(target);
}

/** Where the traffic goes: the task sets of an ECS service, the versions of a Lambda alias. */
export function trafficLines(state: AppState, rollout: Rollout): readonly Line[] {
	const lines: Line[] = [];
	for (const target of rollout.targets.values()) {
		if (target.taskSets.length === 0 && !target.lambda) continue;
		lines.push(...weightLines(target, state.ui.size.columns));
		const next = nextShiftLine(state, rollout, target);
		if (next) lines.push(next);
		if (lines.length > 0) break;
	}
	return lines;
}

function weightLines(target: TargetSnapshot, columns: number): readonly Line[] {
	if (target.lambda) return [lambdaLine(target.lambda, columns)];
	return target.taskSets.map(set => taskSetLine(set, columns));
}

function taskSetLine(set: TaskSet, columns: number): Line {
	const tone = set.label === 'Green' ? 'succeeded' : 'plain';
	return spread(
		[
			cell(set.label ?? set.status, 8, tone, true),
			...weightBar(set.weight, columns),
			bold(`${formatPercent(set.weight).padStart(6)}`),
			segment(`  ${set.running}/${set.desired} running`),
			dim(set.pending > 0 ? `  ${set.pending} starting` : ''),
			dim(`  ${set.status}`),
			dim(set.targetGroup === undefined ? '' : `  ${set.targetGroup}`),
		],
		[],
		columns,
	);
}

function lambdaLine(lambda: LambdaVersions, columns: number): Line {
	const alias = lambda.alias === undefined ? '' : `:${lambda.alias}`;
	return spread(
		[
			bold(`${lambda.functionName}${alias}`),
			segment(`  version ${lambda.current ?? '?'} → ${lambda.target ?? '?'}  `),
			...weightBar(lambda.weight, columns),
			bold(`${formatPercent(lambda.weight).padStart(6)}`),
			dim(` on version ${lambda.target ?? '?'}`),
		],
		[],
		columns,
	);
}

const weightBar = (weight: number, columns: number): readonly Segment[] =>
	percentBar(weight, Math.max(6, Math.min(30, Math.floor(columns / 5))));

/** A solid bar for a share of the traffic. */
export function percentBar(weight: number, width: number): readonly Segment[] {
	const full = Math.round((Math.max(0, Math.min(100, weight)) * width) / 100);
	return [segment('█'.repeat(full), 'succeeded'), dim('░'.repeat(width - full))];
}

/** `30 %`. */
export const formatPercent = (percent: number): string =>
	`${Number.isInteger(percent) ? percent : percent.toFixed(1)} %`;

function nextShiftLine(state: AppState, rollout: Rollout, target: TargetSnapshot): Line | undefined {
	const next = deadlinesOf(rollout).find(({ kind, target: id }) => kind === 'shift' && id === target.id);
	if (!next) return undefined;
	const to = next.percent === undefined ? '' : `to ${formatPercent(next.percent)} `;
	const words = [dim(`next shift ${to}`), segment(countdown(next, state.now))];
	return spread([gap(8), ...words], [], state.ui.size.columns);
}
