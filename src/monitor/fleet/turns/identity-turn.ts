import type { Turn } from '../../turn.ts';
import type { Lookout } from '../lookout.ts';

const entry = 'identity';

/** Who is asking in this context. Asked until it is known; then it is known whose budget is spent. */
export function createIdentityTurn(lookout: Lookout): Turn {
	const { clock, schedule, plan, share } = lookout;
	return async signal => {
		if (lookout.state().identity.data !== undefined) return undefined;
		if (!schedule.isDue(entry)) return schedule.dueInMs([entry]);
		const outcome = await lookout.attempt(
			{
				entry,
				operation: 'GetCallerIdentity',
				usualMs: plan.turnMs,
				told: failed => lookout.tell({ type: 'context.unidentified', ...failed }),
			},
			() =>
				lookout.ask('GetCallerIdentity', ({ identity }, inner) => identity.getCallerIdentity(inner), signal),
			signal,
		);
		if (!outcome.ok) return schedule.dueInMs([entry]);
		lookout.tell({ type: 'context.identified', identity: outcome.value, at: clock.now() });
		share.settle(outcome.value.account, lookout.context.session.region);
		return undefined;
	};
}
