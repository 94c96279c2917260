import type { TargetId } from '../../domain/ids.ts';
import type { TargetSnapshot } from '../../domain/target.ts';
import { GatewayFailure } from '../../gateway/failure.ts';
import type { Attempt, Watch } from '../watch.ts';

/** Asks about targets, a batch at a time. */
export type TargetReader = {
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
	/** Listed, but AWS does not know it. */
	isGone(id: TargetId): boolean;
};

/** Name in the schedule. */
export const readingEntry = 'targets';

export function createTargetReader(watch: Watch): TargetReader {
	const { id, clock, schedule } = watch;
	const gone = new Set<TargetId>();
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

	return {
		isDue: () => schedule.isDue(readingEntry),
		width() {
			if (schedule.isFailing(readingEntry)) return 1;
			const isThrottled = watch.budget.rateFactor('codedeploy') < 1;
			return isThrottled ? Math.min(2, watch.plan.concurrency) : watch.plan.concurrency;
		},
		isGone: each => gone.has(each),
		async read(ids, stop, signal) {
			try {
				const targets = await fetch(ids, signal);
				const answered = new Set(targets.map(target => target.id));
				for (const each of ids) if (!answered.has(each)) gone.add(each);
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
