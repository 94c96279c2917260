/** IAM policies, as far as they are evaluated here: conditions and principals are not. */

export type PolicyDocument = {
	readonly Version: '2012-10-17';
	readonly Statement: readonly PolicyStatement[];
};

export type PolicyStatement = {
	readonly Sid?: string;
	readonly Effect: 'Allow' | 'Deny';
	/** Of a trust policy. */
	readonly Principal?: Readonly<Record<string, string>>;
	readonly Action: readonly string[];
	readonly Resource?: readonly string[];
};

/** A policy as it is attached to a role. */
export type AttachedPolicy = {
	/** As SimulatePrincipalPolicy names where a statement comes from. */
	readonly sourceId: string;
	readonly document: PolicyDocument;
};

export type Decision = {
	/** AWS: PolicyEvaluationDecisionType. */
	readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
	/** Where the statements stand that decided. */
	readonly matched: readonly string[];
};

/** A denial wins over everything, and what is not allowed is denied. */
export function decide(policies: readonly AttachedPolicy[], action: string, resource: string): Decision {
	const matching = (effect: PolicyStatement['Effect']) =>
		policies.filter(({ document }) =>
			document.Statement.some(each => each.Effect === effect && applies(each, action, resource)),
		);
	const deny = matching('Deny');
	if (deny.length > 0) return { decision: 'explicitDeny', matched: deny.map(({ sourceId }) => sourceId) };
	const allow = matching('Allow');
	if (allow.length > 0) return { decision: 'allowed', matched: allow.map(({ sourceId }) => sourceId) };
	return { decision: 'implicitDeny', matched: [] };
}

function applies({ Action, Resource = [] }: PolicyStatement, action: string, resource: string): boolean {
	return (
		Action.some(pattern => isLike(action.toLowerCase(), pattern.toLowerCase())) &&
		Resource.some(pattern => isLike(resource, pattern))
	);
}

/** Whether a text fits a pattern in which `*` stands for any text, and `?` for any character. */
export function isLike(text: string, pattern: string): boolean {
	const source = pattern
		.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
		.replaceAll('*', '.*')
		.replaceAll('?', '.');
	return new RegExp(`^${source}$`, 's').test(text);
}
