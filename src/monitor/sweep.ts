import type { ComputePlatform } from '../domain/deployment.ts';
import type { TargetId } from '../domain/ids.ts';
import { type Tally, tallyTotal } from '../domain/tally.ts';
import type { TargetSnapshot } from '../domain/target.ts';
import { maxTargetsPerCall } from '../gateway/gateway.ts';
import { memoEach } from '../lib/memo.ts';
import type { Targets } from './state.ts';

/** Which targets to ask about next. Pure: what has been asked, and the place in the rotation, are parameters. */

export type SweepQuery = {
	/** In the order AWS lists them. */
	readonly ids: readonly TargetId[];
	readonly targets: Targets;
	readonly isSettled: (target: TargetSnapshot) => boolean;
	/** Asked in this turn already, or known to be gone. */
	readonly isDone: (id: TargetId) => boolean;
	/** On the screen, top first. */
	readonly visible: readonly TargetId[];
	/** Listed as failed, and not yet known as such. */
	readonly failed: ReadonlySet<TargetId>;
	/** Known to be in another state than the one that was read: the rotation begins with them. */
	readonly moved: ReadonlySet<TargetId>;
	/** Everything that is not settled is wanted, not only a share of it. */
	readonly wantsAll: boolean;
	/** More ids are on their way: targets that were never read wait until they fill a batch. */
	readonly isListing: boolean;
	/** Calls may be spent on targets that nobody looks at. */
	readonly canRotate: boolean;
	/** Whether targets that are known as Pending may have moved. */
	readonly pendingMoved: () => boolean;
	/** The last target that the rotation has asked about. */
	readonly cursor: TargetId | undefined;
	readonly batchSize: number;
};

export type SweepBatch = {
	readonly ids: readonly TargetId[];
	readonly cursor: TargetId | undefined;
};

/**
 * The next batch of this turn; undefined when the turn is through. In this order: targets that were never read, visible
 * ones, newly failed ones, the others in rotation. What is left of a batch is filled with the rotation, which costs nothing.
 */
export function nextBatch(query: SweepQuery): SweepBatch | undefined {
	const { batchSize } = query;
	const open = openTargets(query);
	const unread = query.isListing && open.unread.length < batchSize ? [] : open.unread;
	const needed = [...unread, ...open.visible, ...open.failed].slice(0, batchSize);
	if (needed.length === batchSize) return { ids: needed, cursor: query.cursor };
	if (needed.length === 0 && !(query.wantsAll || query.canRotate)) return undefined;
	const filling = rotate(open, query).slice(0, batchSize - needed.length);
	const ids = [...needed, ...filling];
	if (ids.length === 0) return undefined;
	return { ids, cursor: filling.at(-1) ?? query.cursor };
}

/** The others by where the rotation is: those it has yet to come to, and those it has passed. */
type OpenTargets = Record<'unread' | 'visible' | 'failed' | 'ahead' | 'passed', TargetId[]>;

/** The list stays the same for many calls. */
const setOf = memoEach((ids: readonly TargetId[]): ReadonlySet<TargetId> => new Set(ids));

/** What can still be asked in this turn, by why it would be; no more than the unread ones when these fill a batch. */
function openTargets(query: SweepQuery): OpenTargets {
	const visible = new Set(query.visible);
	const open: OpenTargets = { unread: [], visible: [], failed: [], ahead: [], passed: [] };
	const offScreen: TargetId[] = [];
	const known = setOf(query.ids);
	let others = open.ahead;
	for (const id of query.visible) if (known.has(id)) place(id);
	if (query.cursor !== undefined && known.has(query.cursor)) others = open.passed;
	for (const id of query.ids) {
		if (!visible.has(id)) place(id);
		if (open.unread.length + offScreen.length >= query.batchSize) break;
		if (id === query.cursor) others = open.ahead;
	}
	open.unread.push(...offScreen);
	return open;

	function place(id: TargetId): void {
		if (query.isDone(id)) return;
		const target = query.targets.get(id);
		if (!target) (visible.has(id) ? open.unread : offScreen).push(id);
		else if (query.isSettled(target)) return;
		else if (visible.has(id)) open.visible.push(id);
		else if (query.failed.has(id)) open.failed.push(id);
		else others.push(id);
	}
}

/** The others: those that have moved, in the order of the list; then from behind the cursor on. */
function rotate({ ahead, passed }: OpenTargets, query: SweepQuery): readonly TargetId[] {
	const { moved, targets } = query;
	const hasMoved = (id: TargetId) => moved.has(id);
	const mayMove = query.wantsAll || query.pendingMoved();
	const isNext = (id: TargetId) => !moved.has(id) && (mayMove || targets.get(id)?.status !== 'Pending');
	return [...[...passed, ...ahead].filter(hasMoved), ...[...ahead, ...passed].filter(isNext)];
}

/** Targets per call. Only instances may be asked for together (AWS: DeploymentTargetListSizeExceededException). */
export const batchSizeFor = (platform: ComputePlatform | undefined): number =>
	platform === undefined || platform === 'Server' ? maxTargetsPerCall : 1;

/** Ids on a page of ListDeploymentTargets, as far as it has been seen. AWS does not document it. */
const idsPerPage = 100;

/** What the targets that are known add up to. */
export type Known = { readonly failed: number; readonly pending: number; readonly inProgress: number };

export function countKnown(targets: Targets): Known {
	let failed = 0;
	let pending = 0;
	let inProgress = 0;
	for (const { status } of targets.values()) {
		if (status === 'Failed') failed += 1;
		else if (status === 'Pending') pending += 1;
		else if (status === 'InProgress') inProgress += 1;
	}
	return { failed, pending, inProgress };
}

/** How targets are found of which only the counts tell that they have changed. */
export type Search = 'none' | 'ask all' | 'list failed' | 'list running';

/**
 * New failures come first, whatever they cost: by listing the failed targets, or, where that is not more expensive, by
 * asking about all that are `unsettled`. Which targets have started or ended is listed only when it can be afforded.
 */
export function searchFor(
	overview: Tally | undefined,
	known: Known,
	unsettled: number,
	means: { readonly batchSize: number; readonly affordable: number },
): Search {
	if (!overview) return 'none';
	if (overview.failed > known.failed) {
		const listing = pagesOf(overview.failed) + 1;
		return Math.ceil(unsettled / means.batchSize) <= listing ? 'ask all' : 'list failed';
	}
	const isStill = overview.pending === known.pending && overview.inProgress === known.inProgress;
	const listing = pagesOf(overview.inProgress);
	const isWorthIt = listing < means.affordable && listing < Math.ceil(unsettled / means.batchSize);
	return isStill || !isWorthIt ? 'none' : 'list running';
}

const pagesOf = (ids: number): number => Math.max(1, Math.ceil(ids / idsPerPage));

export type ListingFacts = {
	/** Ids that are known. */
	readonly known: number;
	/** The list has been read to its end. */
	readonly isWhole: boolean;
	readonly overview: Tally | undefined;
	readonly ended: boolean;
	/** Since the list was last read; undefined: never by this session. */
	readonly ageMs: number | undefined;
	/** What the overview added up to when the list was last asked for. */
	readonly listedTotal: number | undefined;
	/** Whether anything has changed since. */
	readonly changed: boolean;
};

/** A check takes what others leave over; when that is nothing for so many periods, a short list is simply read. */
const checkWithin = 5;

/**
 * Whether the list of targets has to be read: `whole` = now, to its end; `check` = page by page over the next turns, to
 * see whether it is still the same.
 */
export function listingDue(facts: ListingFacts, relistMs: number): 'no' | 'whole' | 'check' {
	if (!facts.isWhole || facts.ageMs === undefined) return 'whole';
	const total = facts.overview && tallyTotal(facts.overview);
	// A difference that stays although the list was read for it is AWS's own; it would cost a list each turn.
	if (total !== undefined && total !== facts.known && total !== facts.listedTotal) return 'whole';
	if (facts.ended) return 'no';
	if (facts.known === 0) return 'whole';
	if (facts.ageMs < relistMs) return 'no';
	// Where it takes many calls, the list is left alone as long as nothing moves.
	if (facts.known > 2 * idsPerPage) return facts.changed ? 'check' : 'no';
	return facts.ageMs < checkWithin * relistMs ? 'check' : 'whole';
}

/** Pages that are checked in each turn, so that a long list is through before it is due again. */
export const pagesPerTurn = (known: number, turnMs: number, relistMs: number): number =>
	Math.max(1, Math.ceil(((known / idsPerPage) * turnMs) / relistMs));
