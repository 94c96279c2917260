import type { TargetSnapshot } from '../../domain/target.ts';
import type { Screen } from '../../monitor/ui-state.ts';
import type { Axis, Extent } from './axis.ts';
import type { LaneColumns } from './columns.ts';
import type { Lanes } from './order.ts';

export type TimelineScreen = Extract<Screen, { type: 'timeline' }>;

/** What the timeline is drawn from: which time, which lanes, how wide. */
export type Layout = {
	readonly extent: Extent;
	readonly axis: Axis;
	readonly columns: LaneColumns;
	readonly lanes: Lanes;
	/** The target under the cursor, which is that of the list; undefined when the list is empty. */
	readonly cursor: TargetSnapshot | undefined;
};

/** The timeline as it stands on the screen: the first row that is shown, and how many there is room for. */
export type Timeline = Layout & { readonly top: number; readonly rows: number };
