/** A role as far as a deployment depends on it (AWS: Role). All text is sanitised. */
export type RoleFacts = {
	readonly name: string;
	readonly arn: string;
	/** Who may assume it, as JSON. */
	readonly trustPolicy?: string;
	/** The policy that bounds what its other policies allow. */
	readonly boundaryArn?: string;
};

/** A policy of a role. */
export type RolePolicy = {
	readonly name: string;
	readonly kind: 'managed' | 'inline' | 'boundary';
	/** Of a managed policy. */
	readonly arn?: string;
	/** JSON; absent when it may not be read, or cannot be. */
	readonly document?: string;
	/** The permission that reading it needs. */
	readonly needs?: string;
};

/** What binds an instance to its role (AWS: InstanceProfile). */
export type InstanceProfileFacts = {
	readonly name: string;
	readonly arn?: string;
	/** Absent: the profile is empty, and its instances have no credentials. */
	readonly role?: RoleFacts;
};

export type Verdict = 'allowed' | 'denied' | 'unknown';

/** Whether a role may do something to a resource, as far as that can be told from here. */
export type AccessDecision = {
	readonly action: string;
	readonly resource: string;
	readonly verdict: Verdict;
	/** In plain words. */
	readonly reason: string;
	/** AWS's own simulation, the policies as read from here, or neither. */
	readonly by: 'simulation' | 'policies' | 'nothing';
	/** The permissions without which it is unknown. */
	readonly needs?: readonly string[];
};

/** The reason of a denial that nobody has spoken out. */
export const unmentioned = 'no policy of the role allows it';

/** The name in a role's ARN, without the path; undefined for anything else (AWS: IAM ARN format). */
export function roleNameOf(arn: string): string | undefined {
	return /^arn:[^:]+:iam::\d{12}:role\/(?:[^:]*\/)?(?<name>[\w+=,.@-]+)$/.exec(arn)?.groups?.name;
}

/** The name in an instance profile's ARN, without the path. */
export function instanceProfileNameOf(arn: string): string | undefined {
	return /^arn:[^:]+:iam::\d{12}:instance-profile\/(?:[^:]*\/)?(?<name>[\w+=,.@-]+)$/.exec(arn)?.groups?.name;
}
