import { setMaxListeners } from 'node:events';
import type { TargetId } from '../../domain/ids.ts';
import { tallyTotal } from '../../domain/tally.ts';
import { chooseHosts } from '../investigation/choose-hosts.ts';
import { createExamination, type Examination } from '../investigation/examination.ts';
import { examine } from '../investigation/examine.ts';
import { examineOnHost } from '../investigation/on-host.ts';
import type { Rollout } from '../state.ts';
import type { Turn } from '../turn.ts';
import type { Watch } from '../watch.ts';

/** How long a run waits for the targets that tell which hosts to look at. */
const patienceMs = 15_000;

/**
 * Runs the checklist when it is asked for, from the beginning when it is asked for again; and what was withheld, once the
 * user lets commands be run on hosts.
 */
export function createCheckupTurn(watch: Watch): Turn {
	let isFirst = true;
	return async signal => {
		if (isFirst) askAgain(watch);
		isFirst = false;
		while (!signal.aborted) {
			const { checkup } = watch.rollout();
			if (checkup === undefined) return undefined;
			if (checkup.targets === undefined) {
				if (!canChoose(watch, checkup.askedAt)) return watch.plan.shortestTurnMs;
				await begin(watch, checkup.only, signal);
			} else if (checkup.withheld.length > 0 && watch.store.getState().hostCommandsAllowed) {
				await resume(watch, checkup.targets, checkup.withheld, signal);
			} else return undefined;
		}
		return undefined;
	};
}

/** A run that was left in the middle, by going to another deployment, is nobody's: it is done anew. */
function askAgain({ rollout, tell, id, clock }: Watch): void {
	const { checkup } = rollout();
	if (checkup?.targets === undefined || checkup.endedAt !== undefined) return;
	const only = checkup.only === undefined ? {} : { only: checkup.only };
	tell({ type: 'checkup.asked', id, at: clock.now(), ...only });
}

/** Whether enough is known of the deployment: where something has failed, one of the targets it failed on. */
function canChoose(watch: Watch, askedAt: number): boolean {
	const { deployment, targets, listing, reading } = watch.rollout();
	if (deployment.data === undefined) return false;
	const { overview } = deployment.data;
	if (watch.clock.now() - askedAt >= patienceMs || listing.failure || reading.failure) return true;
	if (!overview || tallyTotal(overview) === 0) return true;
	return overview.failed > 0 ? hasFailed(targets) : targets.size > 0;
}

const hasFailed = (targets: Rollout['targets']): boolean =>
	[...targets.values()].some(({ status }) => status === 'Failed');

async function begin(watch: Watch, only: TargetId | undefined, signal: AbortSignal): Promise<void> {
	const { id, clock } = watch;
	const targets = chooseHosts(watch.rollout(), only);
	watch.tell({ type: 'checkup.began', id, targets, at: clock.now() });
	await run(watch, targets, signal, exam => examine(exam, targets));
}

async function resume(
	watch: Watch,
	targets: readonly TargetId[],
	withheld: readonly TargetId[],
	signal: AbortSignal,
): Promise<void> {
	const { id, clock } = watch;
	watch.tell({ type: 'checkup.resumed', id, at: clock.now() });
	const { hosts } = watch.rollout().knowledge;
	await run(watch, targets, signal, async exam => {
		await Promise.all(withheld.map(each => examineOnHost(exam, each, hosts.get(each)?.ping)));
	});
}

/** Does `work` until it has ended, another run is asked for, or the signal aborts. */
async function run(
	watch: Watch,
	targets: readonly TargetId[],
	signal: AbortSignal,
	work: (exam: Examination) => Promise<void>,
): Promise<void> {
	const { id, clock, store } = watch;
	const over = new AbortController();
	setMaxListeners(0, over.signal);
	const isCurrent = () => watch.rollout().checkup?.targets === targets;
	const end = () => over.abort(signal.reason);
	signal.addEventListener('abort', end, { once: true });
	const unsubscribe = store.subscribe(() => {
		if (!isCurrent()) over.abort();
	});
	try {
		const exam = createExamination(watch, over.signal, isCurrent);
		await work(exam);
		exam.tell({ type: 'checkup.ended', id, at: clock.now() });
	} catch (error) {
		if (over.signal.aborted) return;
		// Nobody shall wait for a run that a defect has ended.
		watch.tell({ type: 'checkup.ended', id, at: clock.now() });
		throw error;
	} finally {
		over.abort();
		unsubscribe();
		signal.removeEventListener('abort', end);
	}
}
