import { hasEnded } from '../../domain/deployment.ts';
import type { TargetId } from '../../domain/ids.ts';
import { isSettled } from '../../domain/target.ts';
import { untilAborted } from '../../lib/abort.ts';
import { createLanes } from '../lanes.ts';
import { batchSizeFor, countKnown, nextBatch, searchFor } from '../sweep.ts';
import type { Turn } from '../turn.ts';
import type { Watch } from '../watch.ts';
import { createLastPasses, type LastPasses } from './last-passes.ts';
import { createListing, type Listing, listingEntry, movedEntry } from './listing.ts';
import { createTargetReader, readingEntry, type TargetReader } from './target-reader.ts';

/**
 * The targets: lists them when that is due, and asks about those that matter most while the list still arrives.
 * `deploymentAsked` resolves when the deployment has been asked for the first time: batches depend on its platform.
 */
export function createTargetsTurn(watch: Watch, deploymentAsked: Promise<void>): Turn {
	const listing = createListing(watch);
	const reader = createTargetReader(watch);
	const lastPasses = createLastPasses(watch);
	const hasUnread = createUnreadCheck(watch, reader);
	const take = createPicker(watch, { reader, lastPasses, hasUnread });

	return async signal => {
		const due = listing.due();
		const round = beginRound(due === 'whole');
		const lanes = createLanes(
			reader.width,
			() => (round.isOpen ? take(round) : undefined),
			async ids => {
				if (!(await reader.read(ids, stop, signal))) return;
				if (round.ended) lastPasses.answered(ids);
				if (!round.isOpen) return;
				watch.schedule.answered(readingEntry, 0);
				lanes.wake();
			},
		);
		const stop = () => {
			const isFirst = round.isOpen;
			round.isOpen = false;
			return isFirst;
		};
		const list = async () => {
			if (due === 'check' && watch.allowance.left() > 0) await listing.check(signal);
			if (!round.isListing) return;
			await listing.read(lanes.wake, signal);
			round.isListing = false;
			lanes.wake();
		};
		const sweep = async () => {
			await untilAborted(deploymentAsked, signal);
			const { data } = watch.rollout().deployment;
			round.ended = data !== undefined && hasEnded(data);
			round.wantsAll = round.ended;
			reader.begin(round.ended);
			if (round.ended) lastPasses.begin();
			else if (!(round.isListing || hasUnread())) {
				await lookForMoves(watch, listing, round, signal);
			}
			round.visible = watch.visibleTargets();
			round.isOpen = reader.isDue();
			lanes.wake();
		};
		await Promise.all([list(), sweep()]);
		await lanes.drained();
		return earliest(retryInMs(watch), round.ended ? lastPasses.nextInMs() : undefined);
	};
}

/** One turn's own facts. */
type Round = {
	/** Batches may be sent: the deployment is known, and none has failed. */
	isOpen: boolean;
	isListing: boolean;
	ended: boolean;
	wantsAll: boolean;
	/** What was on the screen when asking began: answers reorder the screen, and would keep the turn going. */
	visible: readonly TargetId[];
	failed: ReadonlySet<TargetId>;
	/** Targets that have started or ended; undefined: not looked for. */
	moved: ReadonlySet<TargetId> | undefined;
	readonly asked: Set<TargetId>;
};

const beginRound = (isListing: boolean): Round => ({
	isOpen: false,
	isListing,
	ended: false,
	wantsAll: false,
	visible: [],
	failed: new Set(),
	moved: undefined,
	asked: new Set(),
});

/** Decides on the next batch only when it can be sent: the user may have scrolled meanwhile. */
function createPicker(
	watch: Watch,
	parts: {
		readonly reader: TargetReader;
		readonly lastPasses: LastPasses;
		readonly hasUnread: () => boolean;
	},
) {
	const { reader, lastPasses, hasUnread } = parts;
	const { allowance, budget } = watch;
	let cursor: TargetId | undefined;

	return (round: Round): readonly TargetId[] | undefined => {
		const { targetIds, targets, deployment, listing } = watch.rollout();
		const batch = nextBatch({
			ids: targetIds,
			targets,
			isSettled: target => (round.ended ? lastPasses.isSettled(target) : isSettled(target, false)),
			isDone: id => round.asked.has(id) || reader.isGone(id) || (round.ended && lastPasses.isDone(id)),
			visible: hasUnread() ? watch.visibleTargets() : round.visible,
			failed: round.failed,
			moved: round.moved ?? new Set(),
			wantsAll: round.wantsAll,
			isListing: round.isListing,
			canRotate: allowance.left() > 0 && budget.waiting('codedeploy') === 0,
			pendingMoved: () => !round.moved && deployment.data?.overview?.pending !== countKnown(targets).pending,
			cursor,
			batchSize: batchSizeFor(deployment.data?.platform),
		});
		if (!batch) {
			if (listing.data !== undefined && !round.isListing) allowance.open();
			return undefined;
		}
		cursor = batch.cursor;
		for (const id of batch.ids) round.asked.add(id);
		return batch.ids;
	};
}

/**
 * Whether there are targets that were never read. While there are, the first picture is not whole, and the newest state of
 * the screen decides on what comes next.
 */
function createUnreadCheck(watch: Watch, reader: TargetReader): () => boolean {
	let readThrough: readonly TargetId[] | undefined;
	return () => {
		const { targetIds, targets } = watch.rollout();
		// What has been read stays so, and who was gone and may be asked again makes the picture no less whole.
		if (targetIds === readThrough) return false;
		// From the end: that is where those are that have just been listed.
		const isUnread = targetIds.findLastIndex(id => !(targets.has(id) || reader.isGone(id))) >= 0;
		if (!isUnread) readThrough = targetIds;
		return isUnread;
	};
}

/** Changes that only the counts tell of, failures above all, are not on the screen yet. */
async function lookForMoves(
	watch: Watch,
	listing: Listing,
	round: Round,
	signal: AbortSignal,
): Promise<void> {
	const { deployment, targetIds, targets } = watch.rollout();
	const unsettled = targetIds.filter(id => {
		const target = targets.get(id);
		return target && !isSettled(target, false);
	});
	const means = {
		batchSize: batchSizeFor(deployment.data?.platform),
		affordable: watch.allowance.left(),
	};
	switch (searchFor(deployment.data?.overview, countKnown(targets), unsettled.length, means)) {
		case 'none':
			return;
		case 'ask all':
			round.wantsAll = true;
			return;
		case 'list failed':
			round.failed = (await listing.findMoved('Failed', signal)) ?? new Set();
			return;
		case 'list running':
			round.moved = await listing.findMoved('InProgress', signal);
	}
}

/** Until something that has failed is tried again; everything else waits for the deployment's next answer. */
const retryInMs = ({ schedule }: Watch): number | undefined =>
	schedule.dueInMs(
		[listingEntry, readingEntry, movedEntry('Failed'), movedEntry('InProgress')].filter(schedule.isFailing),
	);

function earliest(...waits: readonly (number | undefined)[]): number | undefined {
	const first = Math.min(...waits.map(wait => wait ?? Infinity));
	return first === Infinity ? undefined : first;
}
