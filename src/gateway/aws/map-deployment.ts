import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { DeploymentSnapshot, RelatedDeployments, RollbackInfo } from '../../domain/deployment.ts';
import { asDeploymentId, type DeploymentId } from '../../domain/ids.ts';
import type { Tally } from '../../domain/tally.ts';
import { count, flag, identifier, line, list, present, text, time, word } from './fields.ts';
import { mapAlarmConfiguration, mapAutoRollback, mapBlueGreen, mapLoadBalancers } from './map-options.ts';
import { mapRevision } from './map-revision.ts';

/** AWS: DeploymentInfo, as the answer to the question for `id`. */
export function mapDeployment(info: DeploymentInfo, id: DeploymentId): DeploymentSnapshot {
	return present({
		id: deploymentId(info.deploymentId) ?? id,
		application: line(info.applicationName),
		group: line(info.deploymentGroupName),
		configName: line(info.deploymentConfigName),
		status: word(info.status) ?? 'Unknown',
		platform: word(info.computePlatform),
		type: word(info.deploymentStyle?.deploymentType),
		trafficControl: word(info.deploymentStyle?.deploymentOption) === 'WITH_TRAFFIC_CONTROL',
		creator: word(info.creator),
		description: text(info.description),
		createdAt: time(info.createTime),
		startedAt: time(info.startTime),
		completedAt: time(info.completeTime),
		revision: mapRevision(info.revision),
		previousRevision: mapRevision(info.previousRevision),
		overview: mapOverview(info.deploymentOverview),
		error: mapError(info.errorInformation),
		rollback: mapRollback(info.rollbackInfo),
		autoRollback: mapAutoRollback(info.autoRollbackConfiguration),
		alarmOverride: mapAlarmConfiguration(info.overrideAlarmConfiguration),
		blueGreen: mapBlueGreen(info.blueGreenDeploymentConfiguration),
		terminationWaitStarted: flag(info.instanceTerminationWaitTimeStarted) ?? false,
		loadBalancers: mapLoadBalancers(info.loadBalancerInfo),
		fileExistsBehavior: word(info.fileExistsBehavior),
		deploymentMode: word(info.deploymentMode),
		ignoreApplicationStopFailures: flag(info.ignoreApplicationStopFailures),
		updateOutdatedInstancesOnly: flag(info.updateOutdatedInstancesOnly),
		statusMessages: list(info.deploymentStatusMessages).flatMap(message => text(message) ?? []),
		externalId: line(info.externalId),
		related: mapRelated(info.relatedDeployments),
	});
}

/** Brands an id of an answer; undefined when there is none worth the name. */
export function deploymentId(value: unknown): DeploymentId | undefined {
	const id = identifier(value);
	return id === undefined ? undefined : asDeploymentId(id);
}

/** Absent until the fleet is known; single counts, `Ready` above all, may be missing from it. */
function mapOverview(overview: DeploymentInfo['deploymentOverview'] | null): Tally | undefined {
	const counts = {
		pending: count(overview?.Pending),
		inProgress: count(overview?.InProgress),
		succeeded: count(overview?.Succeeded),
		failed: count(overview?.Failed),
		skipped: count(overview?.Skipped),
		ready: count(overview?.Ready),
	};
	if (Object.values(counts).every(value => value === undefined)) return undefined;
	return {
		pending: counts.pending ?? 0,
		inProgress: counts.inProgress ?? 0,
		succeeded: counts.succeeded ?? 0,
		failed: counts.failed ?? 0,
		skipped: counts.skipped ?? 0,
		ready: counts.ready ?? 0,
	};
}

function mapError(error: DeploymentInfo['errorInformation'] | null): DeploymentSnapshot['error'] {
	const code = word(error?.code);
	const message = line(error?.message);
	if (code === undefined && message === undefined) return undefined;
	return { code: code ?? '', message: message ?? '' };
}

function mapRollback(info: DeploymentInfo['rollbackInfo'] | null): RollbackInfo | undefined {
	const mapped = present({
		rollbackDeploymentId: deploymentId(info?.rollbackDeploymentId),
		triggeringDeploymentId: deploymentId(info?.rollbackTriggeringDeploymentId),
		message: line(info?.rollbackMessage),
	});
	return Object.keys(mapped).length === 0 ? undefined : mapped;
}

function mapRelated(related: DeploymentInfo['relatedDeployments'] | null): RelatedDeployments | undefined {
	const root = deploymentId(related?.autoUpdateOutdatedInstancesRootDeploymentId);
	const autoUpdates = list(related?.autoUpdateOutdatedInstancesDeploymentIds).flatMap(
		id => deploymentId(id) ?? [],
	);
	if (root === undefined && autoUpdates.length === 0) return undefined;
	return present({ autoUpdateRoot: root, autoUpdates });
}
