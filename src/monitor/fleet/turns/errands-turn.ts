import type { Turn } from '../../turn.ts';
import { configErrand } from '../errands/configs.ts';
import type { Errand } from '../errands/errand.ts';
import { groupErrand } from '../errands/groups.ts';
import { historyErrand } from '../errands/history.ts';
import { chosenErrand, failuresErrand, shiftErrand } from '../errands/targets.ts';
import type { Lookout } from '../lookout.ts';

/** What sweeps leave of the allowance goes to what is wanted most. */
export function createErrandsTurn(lookout: Lookout): Turn {
	const { share, plan } = lookout;
	return async signal => {
		// The next sweep wakes it.
		while (!(lookout.isCutOff() || lookout.isBackground())) {
			const errand = nextErrand(lookout);
			if (!errand) return undefined;
			const isBusy = share.budget.waiting('codedeploy') > 0;
			if (isBusy || share.allowance.left() < errand.cost) return plan.shortestTurnMs;
			await errand.run(signal);
		}
		return undefined;
	};
}

/** What is on the screen without being known comes first, then what is known and may have changed. */
function nextErrand(lookout: Lookout): Errand | undefined {
	return (
		configErrand(lookout) ??
		chosenErrand(lookout) ??
		failuresErrand(lookout) ??
		shiftErrand(lookout, 'unread') ??
		groupErrand(lookout, 'unread') ??
		shiftErrand(lookout, 'stale') ??
		historyErrand(lookout) ??
		shiftErrand(lookout, 'any') ??
		groupErrand(lookout, 'any')
	);
}
