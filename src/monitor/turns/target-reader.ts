import type { TargetId } from '../../domain/ids.ts';
import type { TargetSnapshot } from '../../domain/target.ts';
import { GatewayFailure } from '../../gateway/failure.ts';
import { leftMs, type Wait } from '../cadence.ts';
import type { Attempt, Watch } from '../watch.ts';

/** Asks about targets, a batch at a time. */
export type TargetReader = {
	/** A turn begins. After a refresh, and when the deployment has ended, everything that is gone gets another chance. */
	begin(ended: boolean): void;
	/** Whether it may ask: it waits after a failure. */
	isDue(): boolean;
	/**
	 * Batches at a time. After a failure one has to succeed before there are more; while AWS throttles, the deployment
	 * itself must not stand in line behind many.
	 */
	width(): number;
	/**
	 * Tells what it learned; false when the batch failed. Batches fail together: `stop` says whether this was the first,
	 * which is the one to be told.
	 */
	read(ids: readonly TargetId[], stop: () => boolean, signal: AbortSignal): Promise<boolean>;
	/** Listed, but AWS did not know it when it was last asked, and it is not to be asked again yet. */
	isGone(id: TargetId): boolean;
};

/** Name in the schedule. */
export const readingEntry = 'targets';

/** How often in a row it was not there, and how long it is left alone for that. */
type Gone = Wait & { readonly times: number };

export function createTargetReader(watch: Watch): TargetReader {
	const { id, clock, schedule } = watch;
	const gone = new Map<TargetId, Gone>();
	let occasion: string | undefined;
	const what: Attempt = {
		part: 'targets',
		id,
		entry: readingEntry,
		operation: 'BatchGetDeploymentTargets',
		usualMs: watch.plan.turnMs,
	};

	/** One target that does not exist fails the whole call: halving finds it. */
	const fetch = async (ids: readonly TargetId[], signal: AbortSignal): Promise<readonly TargetSnapshot[]> => {
		try {
			return await watch.ask(
				'BatchGetDeploymentTargets',
				({ codeDeploy }, inner) => codeDeploy.getTargets(id, ids, inner),
				signal,
			);
		} catch (error) {
			if (!isMissingTarget(error)) throw error;
			if (ids.length === 1) return [];
			const half = Math.ceil(ids.length / 2);
			return [...(await fetch(ids.slice(0, half), signal)), ...(await fetch(ids.slice(half), signal))];
		}
	};

	/** Those that were gone before are asked for one by one: finding them among others by halving costs more. */
	const fetchAll = async (ids: readonly TargetId[], signal: AbortSignal) => {
		const others = ids.filter(each => !gone.has(each));
		const targets = others.length > 0 ? [...(await fetch(others, signal))] : [];
		for (const each of ids) if (gone.has(each)) targets.push(...(await fetch([each], signal)));
		return targets;
	};

	/** AWS may leave out a target only once. It is asked for again, but less and less often. */
	const note = (ids: readonly TargetId[], targets: readonly TargetSnapshot[]) => {
		const answered = new Set(targets.map(target => target.id));
		for (const each of ids) {
			const times = (gone.get(each)?.times ?? 0) + 1;
			if (answered.has(each)) gone.delete(each);
			else gone.set(each, { times, since: clock.now(), ms: watch.plan.relistMs * 2 ** (times - 1) });
		}
	};

	return {
		begin(ended) {
			const newOccasion = `${watch.refreshes()} ${ended}`;
			if (occasion !== newOccasion) for (const [each, before] of gone) gone.set(each, { ...before, ms: 0 });
			occasion = newOccasion;
		},
		isDue: () => schedule.isDue(readingEntry),
		width() {
			if (schedule.isFailing(readingEntry)) return 1;
			const isThrottled = watch.budget.rateFactor('codedeploy') < 1;
			return isThrottled ? Math.min(2, watch.plan.concurrency) : watch.plan.concurrency;
		},
		isGone(each) {
			const wait = gone.get(each);
			return wait !== undefined && leftMs(wait, clock.now()) > 0;
		},
		async read(ids, stop, signal) {
			try {
				const targets = await fetchAll(ids, signal);
				note(ids, targets);
				watch.tell({ type: 'targets.received', id, targets, at: clock.now() });
				return true;
			} catch (error) {
				signal.throwIfAborted();
				if (stop()) watch.failed(what, error);
				return false;
			}
		},
	};
}

const missingTargetCodes: ReadonlySet<string> = new Set([
	'DeploymentTargetDoesNotExistException',
	'InstanceDoesNotExistException',
]);

const isMissingTarget = (error: unknown): boolean =>
	error instanceof GatewayFailure && missingTargetCodes.has(error.details.code);
