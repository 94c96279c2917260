import type { EvaluationResult, InstanceProfile, ResourceSpecificResult, Role } from '@aws-sdk/client-iam';
import {
	type AccessDecision,
	type InstanceProfileFacts,
	type RoleFacts,
	unmentioned,
} from '../../domain/access.ts';
import { flag, identifier, line, lines, list, present, text } from './fields.ts';

/** AWS: IAM Role. Undefined for one without name or ARN. */
export function mapRole(role: Role | null | undefined): RoleFacts | undefined {
	const name = identifier(role?.RoleName);
	const arn = identifier(role?.Arn);
	if (name === undefined || arn === undefined) return undefined;
	return present({
		name,
		arn,
		trustPolicy: policyDocument(role?.AssumeRolePolicyDocument),
		boundaryArn: identifier(role?.PermissionsBoundary?.PermissionsBoundaryArn),
	});
}

/** AWS: IAM InstanceProfile, which has one role at most. */
export function mapInstanceProfile(profile: InstanceProfile, name: string): InstanceProfileFacts {
	return present({
		name: identifier(profile.InstanceProfileName) ?? name,
		arn: identifier(profile.Arn),
		role: mapRole(list(profile.Roles)[0]),
	});
}

/**
 * AWS: policy documents come as JSON that is encoded like part of a URL. One that sanitising would change, but for
 * white space, is left out: what would be evaluated is not what AWS evaluates.
 */
export function policyDocument(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const decoded = decode(value);
	const safe = text(decoded);
	return safe !== undefined && withoutSpace(safe) === withoutSpace(decoded) ? safe : undefined;
}

const withoutSpace = (json: string): string => json.replace(/\s+/g, '');

function decode(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}

/** AWS: EvaluationResult, once for each of the resources that were asked for. */
export function mapEvaluation(
	result: EvaluationResult,
	resources: readonly string[],
): readonly AccessDecision[] {
	const action = line(result.EvalActionName);
	if (action === undefined) return [];
	const specific = list(result.ResourceSpecificResults).filter(one => asked(one.EvalResourceName, resources));
	const ofOrganization = flag(result.OrganizationsDecisionDetail?.AllowedByOrganizations);
	if (specific.length === 0) {
		const resource = asked(result.EvalResourceName, resources);
		const missing = lines(result.MissingContextValues);
		return resource === undefined
			? []
			: [{ action, resource, ...decide(result.EvalDecision, result, missing, ofOrganization), by }];
	}
	return specific.flatMap(one => {
		const resource = asked(one.EvalResourceName, resources);
		// The conditions of a resource that was named are told with it, those of `*` with the action.
		const missing = lines([...list(one.MissingContextValues), ...list(result.MissingContextValues)]);
		return resource === undefined
			? []
			: [{ action, resource, ...decide(one.EvalResourceDecision, one, missing, ofOrganization), by }];
	});
}

const by = 'simulation';

/** The answer is matched by the very text of the question. */
const asked = (name: unknown, resources: readonly string[]): string | undefined =>
	resources.find(resource => resource === name) ?? (resources.length === 1 ? resources[0] : undefined);

type Detail = Pick<
	EvaluationResult | ResourceSpecificResult,
	'MatchedStatements' | 'PermissionsBoundaryDecisionDetail'
>;

function decide(
	decision: unknown,
	detail: Detail,
	missing: readonly string[],
	ofOrganization: boolean | undefined,
): Pick<AccessDecision, 'verdict' | 'reason'> {
	const policies = list(detail.MatchedStatements).flatMap(({ SourcePolicyId }) => line(SourcePolicyId) ?? []);
	const name = [...new Set(policies)].join(', ') || 'a policy';
	if (decision === 'explicitDeny') return { verdict: 'denied', reason: `${name} denies it` };
	if (ofOrganization === false)
		return { verdict: 'denied', reason: 'a policy of the organization denies it' };
	if (flag(detail.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary) === false) {
		return { verdict: 'denied', reason: 'the permissions boundary does not allow it' };
	}
	if (missing.length > 0) {
		return { verdict: 'unknown', reason: `depends on ${[...new Set(missing)].join(', ')}` };
	}
	if (decision === 'allowed') return { verdict: 'allowed', reason: `${name} allows it` };
	if (decision === 'implicitDeny') return { verdict: 'denied', reason: unmentioned };
	return { verdict: 'unknown', reason: `the simulation says ${line(decision) ?? 'nothing'}` };
}
