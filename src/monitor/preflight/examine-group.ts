import type { Asked } from '../../diagnosis/knowledge.ts';
import type { PreflightFacts } from '../../diagnosis/preflight/facts.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { AgentVersion } from '../../domain/host-report.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { Revision } from '../../domain/revision.ts';
import { inquiring } from '../investigation/inquiry.ts';
import type { Session } from '../state.ts';
import type { Probe } from '../watch.ts';
import { examineDeployments } from './deployments.ts';
import type { Examined } from './examined.ts';
import { examineFleet } from './fleet.ts';
import { examineRevisions } from './revisions.ts';
import { examineSettings } from './settings.ts';

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

/** The query for a group that has just been read, before `revision` is deployed to it. */
export const queryFor = (
	group: DeploymentGroupSnapshot,
	revision: Revision | undefined,
	{ region, profile, endpointUrl }: Session,
): GroupQuery => ({
	region,
	...(profile !== undefined && { profile }),
	...(endpointUrl !== undefined && { endpointUrl }),
	application: group.application,
	name: group.name,
	group,
	...(revision && { revision }),
});

export type GroupExamination = {
	/** How AWS is asked: a watch's `probe`, or what `probing` makes where nothing is watched. */
	readonly ask: Probe;
	/** Called with what has been found out as soon as it is. */
	readonly gain: (facts: Partial<PreflightFacts>) => void;
	readonly signal: AbortSignal;
};

/** What is known before anything has been asked: almost every check is pending. */
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
 * Finds out all that a preflight looks at, at once; what a part needs of another it waits for. A failure is an answer
 * too: only an abort is thrown, with the signal's reason. Resolves to everything that was found out. No host runs anything.
 *
 * Of CodeDeploy it takes at most 17 calls, and one for each page of registered machines; of the others, where the group
 * has what they are about: CloudWatch 1, IAM 4, S3 2 for each of two bundles, Systems Manager 4, EC2 one for each tag
 * filter and page, and load balancing 2 for each target group.
 */
export async function examineGroup(
	query: GroupQuery,
	{ ask: probe, gain, signal }: GroupExamination,
): Promise<PreflightFacts> {
	let facts = factsOf(query);
	const ask = inquiring(probe, signal);
	const learn = (found: Partial<PreflightFacts>) => {
		signal.throwIfAborted();
		facts = { ...facts, ...found };
		gain(found);
	};
	const { application, name, revision } = query;
	const readGroup = async (): Promise<Asked<DeploymentGroupSnapshot>> => {
		if (query.group) return { answer: query.group };
		const group = await ask('GetDeploymentGroup', ({ codeDeploy }, inner) =>
			codeDeploy.getDeploymentGroup(application, name, inner),
		);
		learn({ group });
		return group;
	};
	const group = readGroup();
	const exam: Examined = { ask, learn, group, application, name, region: query.region, revision };
	const deployments = examineDeployments(exam);
	await Promise.all([
		deployments.past,
		examineRevisions(exam, deployments.lastSuccessful),
		examineSettings(exam, deployments.past),
		examineFleet(exam),
	]);
	return facts;
}
