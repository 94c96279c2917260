import type {
	CreateDeploymentInput,
	RevisionLocation,
	AlarmConfiguration as SdkAlarms,
	UpdateDeploymentGroupInput,
} from '@aws-sdk/client-codedeploy';
import type { DeployOrder } from '../../domain/deploy-order.ts';
import { longestDescription } from '../../domain/deploy-order.ts';
import type { AlarmConfiguration } from '../../domain/deployment.ts';
import { type Protection, rollbackEvents } from '../../domain/protection.ts';
import type { Revision } from '../../domain/revision.ts';
import { GatewayFailure } from '../failure.ts';
import type { AlarmNames } from './alarm-names.ts';

const bundleTypes = ['tar', 'tgz', 'zip', 'YAML', 'JSON'] as const;
const fileExistsBehaviors = ['DISALLOW', 'OVERWRITE', 'RETAIN'] as const;

/** What is sent to AWS to change something, from the domain's terms. */

/** AWS: CreateDeployment. */
export function createDeploymentInput(order: DeployOrder): CreateDeploymentInput {
	const { overrideAlarms, ignoreApplicationStopFailures, fileExistsBehavior } = order.options;
	return {
		applicationName: order.application,
		deploymentGroupName: order.group,
		revision: revisionLocation(order.revision),
		...(order.configName !== undefined && { deploymentConfigName: order.configName }),
		...(order.description !== undefined && { description: order.description.slice(0, longestDescription) }),
		...(ignoreApplicationStopFailures && { ignoreApplicationStopFailures }),
		...(fileExistsBehavior !== undefined && {
			fileExistsBehavior: known(fileExistsBehaviors, fileExistsBehavior, 'CreateDeployment'),
		}),
		...(overrideAlarms && { overrideAlarmConfiguration: { enabled: false } }),
	};
}

/** AWS: RevisionLocation. Throws GatewayFailure for one that cannot be deployed from here. */
export function revisionLocation(revision: Revision): RevisionLocation {
	switch (revision.type) {
		case 's3': {
			const { bucket, key, bundleType, version, eTag } = revision;
			return {
				revisionType: 'S3',
				s3Location: {
					bucket,
					key,
					...(bundleType !== undefined && { bundleType: known(bundleTypes, bundleType, 'CreateDeployment') }),
					...(version !== undefined && { version }),
					...(eTag !== undefined && { eTag }),
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
				appSpecContent: { content, ...(sha256 !== undefined && { sha256 }) },
			};
		}
		case 'other':
			break;
	}
	throw new GatewayFailure({
		kind: 'invalid',
		operation: 'CreateDeployment',
		code: 'UnknownRevision',
		detail: 'this revision cannot be deployed: its content is not known',
	});
}

/** AWS: UpdateDeploymentGroup. */
export function updateGroupInput(
	application: string,
	group: string,
	{ alarms, autoRollback }: Protection,
	alarmNames: AlarmNames,
): UpdateDeploymentGroupInput {
	return {
		applicationName: application,
		currentDeploymentGroupName: group,
		...(alarms && { alarmConfiguration: alarmConfiguration(alarms, alarmNames) }),
		...(autoRollback && {
			autoRollbackConfiguration: {
				enabled: autoRollback.enabled,
				events: autoRollback.events.map(event => known(rollbackEvents, event, 'UpdateDeploymentGroup')),
			},
		}),
	};
}

const alarmConfiguration = (alarms: AlarmConfiguration, names: AlarmNames): SdkAlarms => ({
	enabled: alarms.enabled,
	ignorePollAlarmFailure: alarms.ignorePollAlarmFailure,
	alarms: alarms.alarms.map(name => ({ name: names.original(name) })),
});

/** AWS's enums are open when they are read: what is not known here is not sent back as something else. */
function known<T extends string>(values: readonly T[], value: string, operation: string): T {
	const found = values.find(each => each === value);
	if (found !== undefined) return found;
	throw new GatewayFailure({
		kind: 'invalid',
		operation,
		code: 'UnknownValue',
		detail: `nothing was sent: ${value} is not known here, expected ${values.join(', ')}`,
	});
}
