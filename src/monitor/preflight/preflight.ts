import type { PreflightFacts } from '../../diagnosis/preflight/facts.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { factsOf, type GroupQuery } from './examine-group.ts';

/** One look at a deployment's group before it is deployed to again. */
export type Preflight = {
	/** What was known when it was asked for: another object for each run. */
	readonly query: GroupQuery;
	/** That, and what has been found out since. */
	readonly facts: PreflightFacts;
	readonly askedAt: number;
	/** Unset while anything is being found out. */
	readonly endedAt?: number;
};

export type PreflightEvent =
	/** Somebody wants the group looked at, or looked at again. */
	| {
			readonly type: 'preflight.asked';
			readonly id: DeploymentId;
			readonly query: GroupQuery;
			readonly at: number;
	  }
	| {
			readonly type: 'preflight.gained';
			readonly id: DeploymentId;
			readonly facts: Partial<PreflightFacts>;
			readonly at: number;
	  }
	| { readonly type: 'preflight.ended'; readonly id: DeploymentId; readonly at: number };

/** Applies one event to a preflight. Pure. A new one forgets what the one before it found. */
export function reducePreflight(
	preflight: Preflight | undefined,
	event: PreflightEvent,
): Preflight | undefined {
	switch (event.type) {
		case 'preflight.asked':
			return { query: event.query, facts: factsOf(event.query), askedAt: event.at };
		case 'preflight.gained':
			return preflight && { ...preflight, facts: { ...preflight.facts, ...event.facts } };
		case 'preflight.ended':
			return preflight && { ...preflight, endedAt: event.at };
	}
}
