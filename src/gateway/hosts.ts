import type { InstanceFacts, InstanceStatus, OnPremisesInstance, PingState } from '../domain/host.ts';
import type { TagSet } from '../domain/tag-filter.ts';

/**
 * What AWS knows about hosts without asking them. Takes target ids as they come: those that are no instance ids, and
 * those that AWS does not know, are simply absent from the answer. Nothing is asked when none is left.
 */
export type HostsGateway = {
	describeInstances(ids: readonly string[], signal: AbortSignal): Promise<readonly InstanceFacts[]>;
	/** System and instance status checks, of stopped instances too. */
	describeStatuses(ids: readonly string[], signal: AbortSignal): Promise<readonly InstanceStatus[]>;
	/** Whether Systems Manager can reach them; a host that it does not manage is absent. */
	pingStates(ids: readonly string[], signal: AbortSignal): Promise<readonly PingState[]>;
	/** By the names that on-premises targets go by. */
	onPremises(names: readonly string[], signal: AbortSignal): Promise<readonly OnPremisesInstance[]>;
	/**
	 * The instances that a group deploys to now: those it finds by its tags, and those of its Auto Scaling groups. EC2
	 * tells of those that were terminated within the hour, too.
	 */
	findInstances(query: HostQuery, signal: AbortSignal): Promise<readonly InstanceFacts[]>;
	/** The names of the registered machines with these tags. */
	findOnPremises(tags: TagSet, signal: AbortSignal): Promise<readonly string[]>;
};

/** Whom a deployment group means. An empty query means nobody. */
export type HostQuery = { readonly tags?: TagSet; readonly autoScalingGroups?: readonly string[] };

/** Ids for which one call is enough (AWS: values of one filter). */
export const maxInstancesPerCall = 200;

/** Names for which one call is enough (AWS: BatchGetOnPremisesInstances). */
export const maxOnPremisesPerCall = 25;
