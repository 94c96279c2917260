import type { AccessDecision } from '../../domain/access.ts';
import type { Evidence } from '../finding.ts';
import { apiEvidence } from '../rule.ts';
import { type Found, unknown } from './found.ts';

/** How what a role may do is told. */

/** Neither allowed nor denied, as far as can be seen from here. */
export function undecidedOn(count: number, first: AccessDecision, evidence: readonly Evidence[]): Found {
	const [needs] = first.needs ?? [];
	const more = count === 1 ? '' : ` and ${count - 1} more`;
	if (needs !== undefined) return { ...unknown(`needs ${first.needs?.join(' or ')}`, evidence), needs };
	return unknown(`${first.action}${more}: ${first.reason}`, evidence);
}

export const decisionEvidence = (
	decisions: readonly AccessDecision[],
	verdict: AccessDecision['verdict'],
): readonly Evidence[] =>
	decisions
		.filter(decision => decision.verdict === verdict)
		.slice(0, 8)
		.map(({ action, resource, reason }) => apiEvidence(action, `${verdict} on ${resource}: ${reason}`));

/** `a`, `a and b`, `a, b and 3 more`. */
export const listed = (actions: readonly string[]): string =>
	actions.length > 3
		? `${actions.slice(0, 2).join(', ')} and ${actions.length - 2} more permissions`
		: actions.join(actions.length === 2 ? ' and ' : ', ');
