import type { DeploymentConfig } from '../world/deployment-config.ts';
import type { AutoRollback } from '../world/deployment-group.ts';
import type { Revision } from '../world/revision.ts';
import type { RevisionScript, TimeScale } from '../world/script.ts';

/** A story, as data: who deploys what onto which fleet, and how each revision fares. All times are scripted. */
export type Scenario = {
	readonly name: string;
	/** One line for people who choose. */
	readonly title: string;
	readonly group: GroupScript;
	/** Configurations of the team's own. */
	readonly configs?: readonly DeploymentConfig[];
	/** What was deployed before the story begins, oldest first. */
	readonly history: readonly RolloutScript[];
	/** The deployment worth watching. It is created the moment the story begins. */
	readonly rollout: RolloutScript;
	readonly revisions?: readonly { readonly revision: Revision; readonly script: RevisionScript }[];
	readonly scale?: Partial<TimeScale>;
};

export type GroupScript = {
	readonly application: string;
	readonly name: string;
	readonly configName: string;
	/** How many machines. */
	readonly hosts: number;
	readonly trafficControl: boolean;
	readonly autoRollback: AutoRollback;
};

export type RolloutScript = {
	readonly revision: Revision;
	readonly description?: string;
	readonly configName?: string;
	/** For history: how long before the story it was created. */
	readonly agoMs?: number;
};
