import type { AccessDecision, InstanceProfileFacts, RoleFacts, RolePolicy } from '../domain/access.ts';

/** What roles are allowed to do (AWS: IAM). What does not exist is `undefined`, not a failure. */
export type AccessGateway = {
	/** By name, without a path. */
	getRole(name: string, signal: AbortSignal): Promise<RoleFacts | undefined>;
	/**
	 * The attached and the inline policies of a role, and its boundary. One that may not be read is there without its
	 * document; undefined when there is no such role.
	 */
	getPolicies(name: string, signal: AbortSignal): Promise<readonly RolePolicy[] | undefined>;
	getInstanceProfile(name: string, signal: AbortSignal): Promise<InstanceProfileFacts | undefined>;
	/**
	 * Whether the role may perform each action on each resource: by AWS's own simulation or, where that is denied, from
	 * the policies that can be read. Neither sees the policies of the resource itself: a bucket's own may allow what the
	 * role's do not, and the other way round. A role that does not exist is a failure of kind `missing`.
	 */
	simulate(
		roleArn: string,
		actions: readonly string[],
		resources: readonly string[],
		signal: AbortSignal,
	): Promise<readonly AccessDecision[]>;
};
