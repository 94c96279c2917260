import type { DeployOptions, DeployOrder } from '../../domain/deploy-order.ts';
import { longestDescription, plainOptions } from '../../domain/deploy-order.ts';
import type { DeployPlan, DeployPurpose } from '../../domain/deploy-plan.ts';
import { isForHosts } from '../../domain/deployment-group.ts';
import { nameRevision, type Revision } from '../../domain/revision.ts';
import { rollbackDescription } from '../../domain/rollback.ts';
import { truncateEnd } from '../../lib/width.ts';

const titles: Readonly<Record<DeployPurpose, string>> = {
	'roll-back': 'Roll back by hand',
	redeploy: 'Deploy again',
	deploy: 'Deploy',
};

/** Heading, button and notice. */
export const planTitle = ({ purpose }: Pick<DeployPlan, 'purpose'>): string => titles[purpose];

/**
 * What is chosen before anybody chooses. AWS: a rollback runs with what the deployment it returns to said of files that
 * exist already, and so does one by hand. Where there are no hosts that means nothing, whatever AWS tells of it.
 */
export function usualOptions({ from, group }: DeployPlan): DeployOptions {
	const fileExistsBehavior = isForHosts(group) ? from?.fileExistsBehavior : undefined;
	return { ...plainOptions, ...(fileExistsBehavior !== undefined && { fileExistsBehavior }) };
}

/** The deployment that a plan comes to; undefined when there is nothing to deploy. `description`: in the place of ours. */
export function orderOf(
	plan: DeployPlan,
	options: DeployOptions,
	description = describe(plan),
): DeployOrder | undefined {
	const { group, configName } = plan;
	const revision = plan.revision && sentRevision(plan, plan.revision);
	if (revision === undefined) return undefined;
	return {
		application: group.application,
		group: group.name,
		revision,
		description: truncateEnd(description, longestDescription),
		options,
		...(configName !== undefined && { configName }),
	};
}

/** A text that was changed on the way is another revision than the one with that hash. */
function sentRevision({ appSpecs }: DeployPlan, revision: Revision): Revision {
	if (revision.type !== 'appSpec' || !appSpecs?.isAltered) return revision;
	const { sha256: _other, ...text } = revision;
	return text;
}

function describe({ purpose, from, latest, revision }: DeployPlan): string {
	switch (purpose) {
		case 'roll-back':
			return rollbackDescription(latest?.id, from?.id);
		case 'redeploy':
			return `Deployed again${from === undefined ? '' : ` from ${from.id}`}`;
		case 'deploy': {
			if (from !== undefined) return `Deployed from ${from.id}`;
			return `Deployed ${revision === undefined ? '' : nameRevision(revision)} by hand`;
		}
	}
}

/** The order as arguments of `aws deploy`, without region and profile (AWS CLI: create-deployment). */
export function createDeploymentArguments(order: DeployOrder): readonly string[] {
	const { overrideAlarms, ignoreApplicationStopFailures, fileExistsBehavior } = order.options;
	return [
		'create-deployment',
		'--application-name',
		order.application,
		'--deployment-group-name',
		order.group,
		'--revision',
		JSON.stringify(revisionLocation(order.revision)),
		...(order.configName === undefined ? [] : ['--deployment-config-name', order.configName]),
		...(order.description === undefined ? [] : ['--description', order.description]),
		...(ignoreApplicationStopFailures ? ['--ignore-application-stop-failures'] : []),
		...(fileExistsBehavior === undefined ? [] : ['--file-exists-behavior', fileExistsBehavior]),
		...(overrideAlarms ? ['--override-alarm-configuration', 'enabled=false'] : []),
	];
}

/** AWS: RevisionLocation. */
function revisionLocation(revision: Revision): object {
	switch (revision.type) {
		case 's3': {
			const { bucket, key, bundleType, version, eTag } = revision;
			return { revisionType: 'S3', s3Location: { bucket, key, bundleType, version, eTag } };
		}
		case 'github': {
			const { repository, commitId } = revision;
			return { revisionType: 'GitHub', gitHubLocation: { repository, commitId } };
		}
		case 'appSpec': {
			const { content, sha256 } = revision;
			return { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } };
		}
		case 'other':
			return { revisionType: revision.name };
	}
}
