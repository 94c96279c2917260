import { initialState } from '../../src/monitor/state.ts';
import { createStore } from '../../src/monitor/store.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { createBusyFleet } from '../monitor/support/busy-fleet.ts';
import { deployment, noon, session, watchedId } from '../monitor/support/snapshots.ts';
import { atMost, type Bench, figureOf } from './figure.ts';

const sizes = [1000, 10_000];
const changed = 25;
const rounds = 300;
const warmUp = 100;

/** What an answer about 25 targets of a fleet costs us: applying it, and making the next frame of it. */
export const reducing: Bench = {
	name: 'reducing',
	async measure(say) {
		return sizes.flatMap(targets => {
			say(`reducing and selecting, ${targets.toLocaleString('en')} targets`);
			const { reduce, withFrame } = answer(targets);
			const what = `${targets.toLocaleString('en')} targets, ${changed} changed`;
			return [
				figureOf(`reducing: ${what}`, 'ms', reduce),
				atMost(figureOf(`reducing and selecting the frame of it: ${what}`, 'ms', withFrame), 2),
			];
		});
	},
};

function answer(targets: number) {
	const fleet = createBusyFleet(targets);
	const store = createStore(initialState(watchedId, session), () => {});
	const all = [...fleet(noon + 60_000).values()];
	const ids = all.map(({ id }) => id);
	store.dispatch({ type: 'terminal.resized', columns: 120, rows: 50 });
	store.dispatch({ type: 'deployment.received', id: watchedId, deployment: deployment({}), at: noon });
	store.dispatch({ type: 'targetIds.received', id: watchedId, ids, complete: true, at: noon });
	store.dispatch({ type: 'targets.received', id: watchedId, targets: all, at: noon });
	selectFrame(store.getState());
	const reduce: number[] = [];
	const withFrame: number[] = [];
	for (let round = 0; round < warmUp + rounds; round += 1) {
		const later = fleet(noon + 60_000 + (round + 1) * 5_000);
		const from = (round * changed) % targets;
		const batch = ids.slice(from, from + changed).flatMap(id => later.get(id) ?? []);
		const startedAt = performance.now();
		store.dispatch({ type: 'targets.received', id: watchedId, targets: batch, at: noon + round });
		const reducedAt = performance.now();
		selectFrame(store.getState());
		const selectedAt = performance.now();
		if (round < warmUp) continue;
		reduce.push(reducedAt - startedAt);
		withFrame.push(selectedAt - startedAt);
	}
	return { reduce, withFrame };
}
