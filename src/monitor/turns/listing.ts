import { hasEnded } from '../../domain/deployment.ts';
import type { TargetId } from '../../domain/ids.ts';
import { tallyTotal } from '../../domain/tally.ts';
import type { TargetStatus } from '../../domain/target.ts';
import { pages } from '../../lib/pages.ts';
import { listingDue, pagesPerTurn } from '../sweep.ts';
import type { Attempt, Watch } from '../watch.ts';

/** The list of the watched deployment's targets. Its pages follow each other; nothing else has to wait for them. */
export type Listing = {
	due(): 'no' | 'whole' | 'check';
	/** Reads the list to its end; `onIds` is called whenever more of them are known. */
	read(onIds: () => void, signal: AbortSignal): Promise<void>;
	/** Goes on checking, by a page or two, whether the list is still the same; if it is not, it is due as a whole. */
	check(signal: AbortSignal): Promise<void>;
	/** The targets that have this status or are known to have it, but not both; undefined: not asked, or no answer. */
	findMoved(status: TargetStatus, signal: AbortSignal): Promise<ReadonlySet<TargetId> | undefined>;
};

/** Names in the schedule. */
export const listingEntry = 'listing';
export const movedEntry = (status: TargetStatus): string => `${status} targets`;

/** The counts can run ahead of the list: it is not asked again at once when it had nothing new. */
const nothingNewMs = 15_000;

export function createListing(watch: Watch): Listing {
	const { id, clock, schedule, plan } = watch;
	/** What the picture was when the list was last read or checked. */
	let listedTotal: number | undefined;
	let listed: Picture = [];
	let checking: Check | undefined;
	let isOutdated = false;
	let startedAt: number | undefined;

	const confirm = (ids: readonly TargetId[], total: number | undefined) => {
		watch.tell({ type: 'targetIds.received', id, ids, complete: true, at: clock.now() });
		schedule.answered(listingEntry, 0);
		listedTotal = total;
		listed = pictureOf(watch);
		isOutdated = false;
	};
	const attempt = (part: Attempt['part'], entry: string): Attempt => ({
		part,
		id,
		entry,
		operation: 'ListDeploymentTargets',
		usualMs: plan.turnMs,
	});

	return {
		due() {
			if (!schedule.isDue(listingEntry)) return 'no';
			const { listing, targetIds, deployment } = watch.rollout();
			const ageMs = listing.dataAt === undefined ? undefined : clock.now() - (startedAt ?? listing.dataAt);
			const facts = {
				known: targetIds.length,
				isWhole: listing.data !== undefined && listing.failure === undefined && !isOutdated,
				overview: deployment.data?.overview,
				ended: deployment.data !== undefined && hasEnded(deployment.data),
				// The clock has been set back since: how old the list is cannot be told, so it is checked.
				ageMs: ageMs !== undefined && ageMs < 0 ? plan.relistMs : ageMs,
				listedTotal,
				changed: pictureOf(watch).some((part, index) => part !== listed[index]),
			};
			const due = listingDue(facts, plan.relistMs);
			return due === 'no' && checking && !facts.ended ? 'check' : due;
		},
		async read(onIds, signal) {
			checking = undefined;
			startedAt = clock.now();
			const total = totalOf(watch);
			const ids = new Set<TargetId>();
			const walk = async () => {
				for await (const page of list(watch, undefined, signal)) {
					for (const each of page) ids.add(each);
					// A list that is read again is shorter than what is known, until it is whole.
					if (ids.size <= watch.rollout().targetIds.length) continue;
					watch.tell({ type: 'targetIds.received', id, ids: [...ids], complete: false, at: clock.now() });
					onIds();
				}
			};
			const outcome = await watch.attempt(attempt('listing', listingEntry), walk, signal);
			if (outcome.ok) confirm([...ids], total);
		},
		async check(signal) {
			const { targetIds } = watch.rollout();
			if (!checking) startedAt = clock.now();
			checking ??= { pages: list(watch, undefined, signal), seen: new Set(), total: totalOf(watch) };
			const { pages, seen, total } = checking;
			const walk = async () => {
				let left = pagesPerTurn(targetIds.length, plan.largeTurnMs, plan.relistMs);
				for (; left > 0; left -= 1) {
					const page = await pages.next();
					if (page.done) return true;
					for (const each of page.value) seen.add(each);
				}
				return false;
			};
			const outcome = await watch.attempt(attempt('listing', listingEntry), walk, signal);
			if (outcome.ok && !outcome.value) return;
			checking = undefined;
			if (!outcome.ok) return;
			if (targetIds.length === seen.size && targetIds.every(each => seen.has(each)))
				confirm(targetIds, total);
			else isOutdated = true;
		},
		async findMoved(status, signal) {
			const entry = movedEntry(status);
			if (!schedule.isDue(entry)) return undefined;
			const listed = new Set<TargetId>();
			const walk = async () => {
				for await (const page of list(watch, [status], signal)) for (const each of page) listed.add(each);
			};
			// Told as a failure of the reading, since that is what it is for; the list as such may be fine.
			const outcome = await watch.attempt(attempt('targets', entry), walk, signal);
			if (!outcome.ok) return undefined;
			const isMoved = (each: TargetId, target = watch.rollout().targets.get(each)) =>
				target !== undefined && listed.has(each) !== (target.status === status);
			const moved = new Set(watch.rollout().targetIds.filter(each => isMoved(each)));
			schedule.answered(entry, moved.size > 0 ? 0 : nothingNewMs);
			return moved;
		},
	};
}

/** A check under way. */
type Check = {
	readonly pages: ReturnType<typeof list>;
	readonly seen: Set<TargetId>;
	readonly total: number | undefined;
};

const list = (watch: Watch, statuses: readonly TargetStatus[] | undefined, signal: AbortSignal) =>
	pages(token =>
		watch.ask(
			'ListDeploymentTargets',
			({ codeDeploy }, inner) =>
				codeDeploy.listTargetIds({ id: watch.id, token, ...(statuses && { statuses }) }, inner),
			signal,
		),
	);

type Picture = readonly unknown[];

/** Unchanged answers keep their references. */
function pictureOf(watch: Watch): Picture {
	const { deployment, targets } = watch.rollout();
	return [deployment.data, targets];
}

function totalOf(watch: Watch): number | undefined {
	const overview = watch.rollout().deployment.data?.overview;
	return overview && tallyTotal(overview);
}
