import { type AttachedPolicy, type Decision, decide, type PolicyDocument } from './policy.ts';

/** What surrounds the fleet in its account: roles, buckets, and whether logs are sent anywhere. */
export type Account = {
	readonly roles: Map<string, Role>;
	/** By their ARNs. */
	readonly managedPolicies: Map<string, ManagedPolicy>;
	readonly instanceProfiles: Map<string, InstanceProfile>;
	readonly buckets: Map<string, Bucket>;
	/** Whether machines send their logs to CloudWatch. */
	shipsLogs: boolean;
};

export type Role = {
	readonly name: string;
	readonly id: string;
	readonly createdAt: number;
	readonly description: string;
	/** Who may assume it. */
	readonly trust: PolicyDocument;
	/** ARNs of managed policies. */
	readonly attached: readonly string[];
	readonly inline: ReadonlyMap<string, PolicyDocument>;
};

export type ManagedPolicy = {
	readonly name: string;
	readonly arn: string;
	readonly path: string;
	readonly id: string;
	readonly createdAt: number;
	readonly document: PolicyDocument;
};

export type InstanceProfile = {
	readonly name: string;
	readonly id: string;
	readonly createdAt: number;
	readonly roleName: string;
};

export type Bucket = {
	readonly name: string;
	readonly region: string;
	/** ARN of the key its objects are encrypted with. */
	readonly kmsKeyArn: string | undefined;
	/** Nobody from outside its team may read it. */
	readonly isClosed: boolean;
	readonly objects: ReadonlyMap<string, StoredObject>;
	/** Keys of objects that were there once. */
	readonly deleted: ReadonlySet<string>;
};

export type StoredObject = {
	readonly size: number;
	/** Without the quotes it is sent in. */
	readonly etag: string;
	readonly versionId: string;
	readonly modifiedAt: number;
};

export function createAccount(): Account {
	return {
		roles: new Map(),
		managedPolicies: new Map(),
		instanceProfiles: new Map(),
		buckets: new Map(),
		shipsLogs: false,
	};
}

/** Whether a role may do something. */
export function mayRole(account: Account, role: Role, action: string, resource: string): Decision {
	return decide(policiesOf(account, role), action, resource);
}

function policiesOf({ managedPolicies }: Account, role: Role): readonly AttachedPolicy[] {
	const inline = [...role.inline].map(([name, document]) => ({
		sourceId: `role_${role.name}_${name}`,
		document,
	}));
	const attached = role.attached.flatMap(arn => {
		const policy = managedPolicies.get(arn);
		return policy ? [{ sourceId: policy.name, document: policy.document }] : [];
	});
	return [...inline, ...attached];
}
