import type { TargetSnapshot } from '../../domain/target.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import { type LabelContent, labelContentOf } from '../target-columns.ts';

/** Widths in cells; 0: the column is left out. Id or name is always there, and the axis. */
export type LaneColumns = {
	readonly name: number;
	readonly target: number;
	readonly time: number;
	readonly axis: number;
};

/** The cursor's air, the mark and its air; and the air at the right edge. */
const markWidth = 3;
const rightAir = 1;
const between = 1;

/**
 * Lays a lane out for a width. What is dropped, or shrunk, goes in this order: what is long of name or id, the id beside a
 * name, the time, the middle of name or id. The axis keeps half of the width while it can, and 20 cells always.
 */
export function layOutLane(width: number, { idWidth, nameWidth, areNamesOwn }: LabelContent): LaneColumns {
	const inner = width - markWidth - rightAir;
	const labelled = (most: number) =>
		areNamesOwn ? { name: Math.min(nameWidth, most) } : { target: Math.min(idWidth, most) };
	let columns: LaneColumns = { name: 0, target: 0, time: 0, axis: 0, ...labelled(9) };
	const grow = (change: Partial<LaneColumns>, leastAxis: number) => {
		const grown = { ...columns, ...change };
		if (inner - labelWidth(grown) - between >= leastAxis) columns = grown;
	};
	grow(labelled(12), 20);
	grow(labelled(19), 36);
	grow({ time: 6 }, 32);
	grow(labelled(24), 64);
	if (areNamesOwn) grow({ target: Math.min(idWidth, 19) }, 90);
	grow(labelled(44), 90);
	return { ...columns, axis: Math.max(1, inner - labelWidth(columns) - between) };
}

/** Of all columns left of the axis, which lanes that belong to no target have for their words. */
export function labelWidth({ name, target, time }: LaneColumns): number {
	const widths = [name, target, time].filter(width => width > 0);
	return widths.reduce((sum, width) => sum + width + between, -between);
}

/** The columns for the targets that are listed. */
export const laneColumnsFor = (
	state: AppState,
	rollout: Rollout,
	targets: readonly TargetSnapshot[],
): LaneColumns => layOutLane(state.ui.size.columns, labelContentOf(targets, rollout.hosts.data));
