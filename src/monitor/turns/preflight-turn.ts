import { setMaxListeners } from 'node:events';
import { examineGroup, type GroupQuery } from '../preflight/examine-group.ts';
import type { Turn } from '../turn.ts';
import type { Watch } from '../watch.ts';

/** Looks at the group before it is deployed to when that is asked for, and from the beginning when it is asked for again. */
export function createPreflightTurn(watch: Watch): Turn {
	let isFirst = true;
	return async signal => {
		if (isFirst) askAgain(watch);
		isFirst = false;
		while (!signal.aborted) {
			const { preflight } = watch.rollout();
			if (preflight === undefined || preflight.endedAt !== undefined) return undefined;
			await run(watch, preflight.query, signal);
		}
		return undefined;
	};
}

/** One that was left in the middle, by going to another deployment, is nobody's: it is done anew. */
function askAgain({ rollout, tell, id, clock }: Watch): void {
	const { preflight } = rollout();
	if (preflight === undefined || preflight.endedAt !== undefined) return;
	tell({ type: 'preflight.asked', id, query: { ...preflight.query }, at: clock.now() });
}

/** Until all is known, another run is asked for, or the signal aborts. */
async function run(watch: Watch, query: GroupQuery, signal: AbortSignal): Promise<void> {
	const { id, clock, store, tell } = watch;
	const over = new AbortController();
	setMaxListeners(0, over.signal);
	const isCurrent = () => watch.rollout().preflight?.query === query;
	const end = () => over.abort(signal.reason);
	signal.addEventListener('abort', end, { once: true });
	const unsubscribe = store.subscribe(() => {
		if (!isCurrent()) over.abort();
	});
	const ended = () => {
		if (!over.signal.aborted && isCurrent()) tell({ type: 'preflight.ended', id, at: clock.now() });
	};
	try {
		await examineGroup(query, {
			ask: watch.probe,
			gain(facts) {
				if (!over.signal.aborted && isCurrent())
					tell({ type: 'preflight.gained', id, facts, at: clock.now() });
			},
			signal: over.signal,
		});
		ended();
	} catch (error) {
		if (over.signal.aborted) return;
		// Nobody shall wait for a run that a defect has ended.
		ended();
		throw error;
	} finally {
		over.abort();
		unsubscribe();
		signal.removeEventListener('abort', end);
	}
}
