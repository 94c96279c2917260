import { unmentioned, type Verdict } from './access.ts';
import {
	type AccessRequest,
	hasCondition,
	type Match,
	matches,
	matchesActions,
	matchesPrincipal,
	type PolicyText,
	statementsOf,
	weakest,
} from './policy-statement.ts';

/**
 * Reads identity policies (AWS: IAM JSON policy language) and says what they come to, in doubt `unknown`: conditions are
 * never evaluated, and neither are the policies that cannot be seen from here, of the organisation or the resource.
 */

export type PolicyVerdict = { readonly verdict: Verdict; readonly reason: string };

type Found = Record<'Allow' | 'Deny', Partial<Record<Match, string>>>;

/** What the policies of one principal come to. A boundary, where there is one, has to allow it too. */
export function evaluatePolicies(
	policies: readonly PolicyText[],
	boundary: PolicyText | undefined,
	request: AccessRequest,
): PolicyVerdict {
	const own = evaluate(policies, request);
	if (boundary === undefined || own.verdict === 'denied') return own;
	const bounded = evaluate([boundary], request);
	if (bounded.verdict === 'allowed') return own;
	return { verdict: bounded.verdict, reason: `permissions boundary: ${bounded.reason}` };
}

function evaluate(policies: readonly PolicyText[], request: AccessRequest): PolicyVerdict {
	const found: Found = { Allow: {}, Deny: {} };
	for (const policy of policies) {
		for (const statement of statementsOf(policy)) {
			if (statement === undefined) {
				// It could allow, and it could deny.
				found.Allow.maybe ??= policy.name;
				found.Deny.maybe ??= policy.name;
			} else {
				found[statement.effect][matches(statement, request)] ??= policy.name;
			}
		}
	}
	return conclude(found);
}

/** AWS: an explicit denial wins, then an explicit permission; what nobody mentions is denied. */
function conclude({ Allow, Deny }: Found): PolicyVerdict {
	if (Deny.yes !== undefined) return { verdict: 'denied', reason: `${Deny.yes} denies it` };
	if (Allow.yes === undefined && Allow.maybe === undefined) {
		return { verdict: 'denied', reason: unmentioned };
	}
	if (Deny.maybe !== undefined) return { verdict: 'unknown', reason: doubt(Deny.maybe, 'deny') };
	if (Allow.yes !== undefined) return { verdict: 'allowed', reason: `${Allow.yes} allows it` };
	return { verdict: 'unknown', reason: doubt(Allow.maybe ?? '?', 'allow') };
}

const doubt = (policy: string, effect: string): string =>
	`${policy} may ${effect} it: that hangs on a condition or on what cannot be read`;

/** Whether a trust policy lets a service, such as `codedeploy` or `ec2`, assume its role (AWS: sts:AssumeRole). */
export function evaluateTrust(document: string | undefined, service: string): PolicyVerdict {
	const found: Found = { Allow: {}, Deny: {} };
	for (const statement of statementsOf({ name: 'the trust policy', document })) {
		if (statement === undefined) found.Allow.maybe ??= 'the trust policy';
		else {
			const trusted = weakest(
				matchesPrincipal(statement.fields, service),
				matchesActions(statement.fields, 'sts:AssumeRole'),
				hasCondition(statement.fields) ? 'maybe' : 'yes',
			);
			found[statement.effect][trusted] ??= 'the trust policy';
		}
	}
	const verdict = conclude(found);
	return verdict.verdict === 'denied' && found.Deny.yes === undefined
		? { verdict: 'denied', reason: `the trust policy does not name ${service}.amazonaws.com` }
		: verdict;
}
