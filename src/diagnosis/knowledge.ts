import type { AccessDecision, InstanceProfileFacts, RoleFacts } from '../domain/access.ts';
import type { BundleHead } from '../domain/bundle.ts';
import type { InstanceFacts, InstanceStatus, PingState } from '../domain/host.ts';
import type { AgentService, AgentVersion, DiskUsage } from '../domain/host-report.ts';
import type { TargetId } from '../domain/ids.ts';

/**
 * What has been found out about the surroundings of a deployment, beyond what CodeDeploy tells of it. Every part is asked
 * for apart from the others, and so is missing, or unanswered, apart from them.
 */

/** An answer, or why there is none. `needs` is the IAM action that would have to be allowed. */
export type Asked<T> = { readonly answer: T } | Unanswered;

/** Why there is no answer, in plain words. */
export type Unanswered = { readonly unanswered: string; readonly needs?: string | undefined };

/** What somebody who was asked did not know of: an instance that is gone, a host that is not managed. */
export const nothing = 'nothing';
export type Nothing = typeof nothing;

export type HostKnowledge = {
	/** `nothing`: EC2 does not know it, or not any more. */
	readonly instance?: Asked<InstanceFacts | Nothing>;
	readonly status?: Asked<InstanceStatus | Nothing>;
	/** `nothing`: Systems Manager does not manage it. */
	readonly ping?: Asked<PingState | Nothing>;
	readonly service?: Asked<AgentService>;
	/** `nothing`: there is no agent, or it does not say. */
	readonly version?: Asked<AgentVersion | Nothing>;
	readonly disk?: Asked<readonly DiskUsage[]>;
	readonly clock?: Asked<ClockReading | Nothing>;
	/** `nothing`: the instance has no profile, or its profile does not exist. */
	readonly profile?: Asked<InstanceProfileFacts | Nothing>;
	/** What the role of the profile may do with the bundle, and with the service where its agent has to be allowed. */
	readonly access?: Asked<readonly AccessDecision[]>;
	readonly agentLog?: Asked<LogReading>;
	readonly scriptsLog?: Asked<LogReading>;
};

/** The text of a log that was `read` is among the host logs of the case; `nothing`: the host has no such file. */
export type LogReading = 'read' | Nothing;

/** `aheadMs` is how far the host's clock is ahead of ours, to the second; negative when it is behind. */
export type ClockReading = { readonly aheadMs: number; readonly synchronized?: boolean };

export type ServiceRoleKnowledge = {
	readonly role: RoleFacts;
	/** What it may do of what CodeDeploy needs for this group. */
	readonly decisions: readonly AccessDecision[];
};

export type Knowledge = {
	/** `nothing`: there is no such role. */
	readonly serviceRole?: Asked<ServiceRoleKnowledge | Nothing>;
	/** `nothing`: the revision is not in S3. */
	readonly bundle?: Asked<BundleHead | Nothing>;
	readonly hosts: ReadonlyMap<TargetId, HostKnowledge>;
};

export const noKnowledge: Knowledge = { hosts: new Map() };

/** The answer, if there is one. */
export const answerOf = <T>(asked: Asked<T> | undefined): T | undefined =>
	asked && 'answer' in asked ? asked.answer : undefined;

/** Why there is no answer. */
export const unanswered = (reason: string, needs?: string): Unanswered =>
	needs === undefined ? { unanswered: reason } : { unanswered: reason, needs };

/** What follows from an answer; without one, nothing does, for the same reason. */
export const following = <T, U>(asked: Asked<T>, conclude: (answer: T) => U): Asked<U> =>
	'answer' in asked ? { answer: conclude(asked.answer) } : asked;
