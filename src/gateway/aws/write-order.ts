import type {
	AutoRollbackEvent,
	BundleType,
	CreateDeploymentInput,
	FileExistsBehavior,
	RevisionLocation,
	AlarmConfiguration as SdkAlarms,
	UpdateDeploymentGroupInput,
} from '@aws-sdk/client-codedeploy';
import type { DeployOrder } from '../../domain/deploy-order.ts';
import { longestDescription } from '../../domain/deploy-order.ts';
import type { AlarmConfiguration } from '../../domain/deployment.ts';
import type { Protection } from '../../domain/protection.ts';
import type { Revision } from '../../domain/revision.ts';
import { GatewayFailure } from '../failure.ts';
import { text } from './fields.ts';
import type { KnownNames } from './known-names.ts';

/** What is sent to AWS to change something, from the domain's terms. */

/** AWS: CreateDeployment. */
export function createDeploymentInput(order: DeployOrder, names: KnownNames): CreateDeploymentInput {
	const { overrideAlarms, ignoreApplicationStopFailures, fileExistsBehavior } = order.options;
	return {
		applicationName: order.application,
		deploymentGroupName: order.group,
		revision: revisionLocation(order.revision, names),
		...(order.configName !== undefined && { deploymentConfigName: order.configName }),
		...(order.description !== undefined && { description: clip(order.description) }),
		...(ignoreApplicationStopFailures && { ignoreApplicationStopFailures }),
		...(fileExistsBehavior !== undefined && {
			fileExistsBehavior: open<FileExistsBehavior>(fileExistsBehavior),
		}),
		...(overrideAlarms && { overrideAlarmConfiguration: { enabled: false } }),
	};
}

/** A character that the limit cuts in two is left out: half of it is no text. */
const clip = (description: string): string =>
	description
		.toWellFormed()
		.slice(0, longestDescription)
		.replace(/[\ud800-\udbff]$/, '');

/** AWS: RevisionLocation. Throws GatewayFailure for one that cannot be deployed from here. */
export function revisionLocation(revision: Revision, names: KnownNames): RevisionLocation {
	const only = (shown: string) => names.revisions.only(shown, 'CreateDeployment');
	switch (revision.type) {
		case 's3': {
			const { bucket, key, bundleType, version, eTag } = revision;
			return {
				revisionType: 'S3',
				s3Location: {
					bucket,
					key: only(key),
					...(bundleType !== undefined && { bundleType: open<BundleType>(bundleType) }),
					...(version !== undefined && { version: only(version) }),
					...(eTag !== undefined && { eTag: only(eTag) }),
				},
			};
		}
		case 'github': {
			const { repository, commitId } = revision;
			return { revisionType: 'GitHub', gitHubLocation: { repository, commitId } };
		}
		case 'appSpec': {
			const { content, sha256 } = revision;
			if (content === undefined) break;
			return {
				revisionType: 'AppSpecContent',
				appSpecContent: {
					content: toTheLetter(content, sha256, names),
					...(sha256 !== undefined && { sha256 }),
				},
			};
		}
		case 'other':
			break;
	}
	throw new GatewayFailure({
		kind: 'invalid',
		operation: 'CreateDeployment',
		code: 'UnknownRevision',
		detail: 'nothing was sent: this revision cannot be deployed, its content is not known',
	});
}

/** The AppSpec that is shown as this: a hash belongs to a text with its tabs and line ends. */
function toTheLetter(content: string, sha256: string | undefined, { appSpecs }: KnownNames): string {
	const original = sha256 === undefined ? undefined : appSpecs.get(sha256);
	return original !== undefined && text(original) === content ? original : content;
}

/** AWS: UpdateDeploymentGroup. */
export function updateGroupInput(
	application: string,
	group: string,
	{ alarms, autoRollback }: Protection,
	names: KnownNames,
): UpdateDeploymentGroupInput {
	return {
		applicationName: application,
		currentDeploymentGroupName: group,
		...(alarms && { alarmConfiguration: alarmConfiguration(alarms, names) }),
		...(autoRollback && {
			autoRollbackConfiguration: {
				enabled: autoRollback.enabled,
				events: autoRollback.events.map(event => open<AutoRollbackEvent>(event)),
			},
		}),
	};
}

const alarmConfiguration = (alarms: AlarmConfiguration, names: KnownNames): SdkAlarms => ({
	enabled: alarms.enabled,
	ignorePollAlarmFailure: alarms.ignorePollAlarmFailure,
	alarms: alarms.alarms.map(name => ({ name: names.alarms.only(name, 'UpdateDeploymentGroup') })),
});

/**
 * The model's enumerations are closed, AWS's are not: a block that is replaced as a whole keeps the words that are not
 * known here, and AWS refuses those that it does not know itself.
 */
const open = <T extends string>(word: string): T => word as T;
