import type { Open } from './open.ts';
import type { Revision } from './revision.ts';

/** AWS: FileExistsBehavior. What happens to files on the hosts that no deployment has put there. */
export type FileExistsBehavior = Open<'DISALLOW' | 'OVERWRITE' | 'RETAIN'>;

/** What can be chosen for one deployment, beside what it deploys. */
export type DeployOptions = {
	/** No alarm of the group stops it (AWS: overrideAlarmConfiguration; takes codedeploy:UpdateDeploymentGroup, too). */
	readonly overrideAlarms: boolean;
	/** A failing ApplicationStop, which belongs to the revision that is there, does not count. */
	readonly ignoreApplicationStopFailures: boolean;
	/** Unset: AWS decides, which is DISALLOW. */
	readonly fileExistsBehavior?: FileExistsBehavior;
};

/** A deployment to be made (AWS: CreateDeployment). */
export type DeployOrder = {
	readonly application: string;
	readonly group: string;
	readonly revision: Revision;
	/** Unset: the group's own. */
	readonly configName?: string;
	/** At most {@link longestDescription} characters. */
	readonly description?: string;
	readonly options: DeployOptions;
};

/** AWS: CreateDeployment, description. */
export const longestDescription = 256;

/** Nothing is chosen: the deployment does what the group says. */
export const plainOptions: DeployOptions = { overrideAlarms: false, ignoreApplicationStopFailures: false };
