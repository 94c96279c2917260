import type { PreflightCheck, PreflightId } from './check.ts';
import { preflightChecks } from './check.ts';
import type { PreflightFacts } from './facts.ts';

/** Everything that is looked at before a deployment, in order. What is not known yet is `pending`. */
export function judgePreflight(_facts: PreflightFacts): readonly PreflightCheck[] {
	return (Object.keys(preflightChecks) as PreflightId[]).map(id => ({
		id,
		title: preflightChecks[id],
		verdict: 'pending',
		summary: '',
		evidence: [],
	}));
}
