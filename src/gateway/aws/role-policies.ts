import type { RolePolicy } from '../../domain/access.ts';
import { collect } from './collect.ts';
import { identifier, list, pageToken, present } from './fields.ts';
import { policyDocument } from './map-access.ts';
import { unlessDenied, unlessMissing } from './outcomes.ts';
import type { iamSdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

type Iam = ServiceOf<typeof iamSdk>;
type Named = { readonly name: string; readonly arn: string };

/** AWS: a role has 20 managed policies at most, and a few inline ones. */
const pageLimit = 10;

/** The policies attached to a role, with their documents (AWS: ListAttachedRolePolicies, GetPolicyVersion). */
export async function attachedPolicies(
	iam: Iam,
	role: string,
	signal: AbortSignal,
): Promise<readonly RolePolicy[]> {
	const operation = 'ListAttachedRolePolicies';
	const attached = await collect(operation, pageLimit, async token => {
		const answer = await iam.read(
			operation,
			signal,
			sdk => new sdk.ListAttachedRolePoliciesCommand({ RoleName: role, ...(token && { Marker: token }) }),
		);
		return { items: list(answer.AttachedPolicies).flatMap(named), nextToken: marker(answer) };
	});
	return Promise.all(attached.map(policy => managedPolicy(iam, policy, 'managed', signal)));
}

function named(policy: { readonly PolicyName?: unknown; readonly PolicyArn?: unknown }): readonly Named[] {
	const arn = identifier(policy.PolicyArn);
	return arn === undefined ? [] : [{ arn, name: identifier(policy.PolicyName) ?? lastPart(arn) }];
}

/** The policy that bounds a role. */
export const boundaryPolicy = (iam: Iam, arn: string, signal: AbortSignal): Promise<RolePolicy> =>
	managedPolicy(iam, { arn, name: lastPart(arn) }, 'boundary', signal);

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

async function managedPolicy(
	iam: Iam,
	{ arn, name }: Named,
	kind: 'managed' | 'boundary',
	signal: AbortSignal,
): Promise<RolePolicy> {
	const read = readable(async () => {
		const { Policy } = await iam.read(
			'GetPolicy',
			signal,
			sdk => new sdk.GetPolicyCommand({ PolicyArn: arn }),
		);
		const version = identifier(Policy?.DefaultVersionId);
		if (version === undefined) return undefined;
		const { PolicyVersion } = await iam.read(
			'GetPolicyVersion',
			signal,
			sdk => new sdk.GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version }),
		);
		return PolicyVersion?.Document;
	});
	return present({ kind, name, arn, ...(await read) });
}

/** The policies written into a role (AWS: ListRolePolicies, GetRolePolicy). */
export async function inlinePolicies(
	iam: Iam,
	role: string,
	signal: AbortSignal,
): Promise<readonly RolePolicy[]> {
	const operation = 'ListRolePolicies';
	const names = await collect(operation, pageLimit, async token => {
		const answer = await iam.read(
			operation,
			signal,
			sdk => new sdk.ListRolePoliciesCommand({ RoleName: role, ...(token && { Marker: token }) }),
		);
		return {
			items: list(answer.PolicyNames).flatMap(name => identifier(name) ?? []),
			nextToken: marker(answer),
		};
	});
	const inline = async (name: string): Promise<RolePolicy> => {
		const read = readable(async () => {
			const answer = await iam.read(
				'GetRolePolicy',
				signal,
				sdk => new sdk.GetRolePolicyCommand({ RoleName: role, PolicyName: name }),
			);
			return answer.PolicyDocument;
		});
		return present({ kind: 'inline' as const, name, ...(await read) });
	};
	return Promise.all(names.map(inline));
}

/** A document that may not be read, or was deleted meanwhile, leaves the others readable. */
async function readable(read: () => Promise<unknown>) {
	const answer = await unlessDenied(unlessMissing(read().then(document => ({ document }))), 'iam');
	if (answer === undefined) return {};
	return 'needs' in answer ? answer : { document: policyDocument(answer.document) };
}

/** AWS: the marker counts only when the list says that it goes on. */
const marker = (answer: { readonly IsTruncated?: unknown; readonly Marker?: unknown }): string | undefined =>
	answer.IsTruncated === true ? pageToken(answer.Marker) : undefined;
