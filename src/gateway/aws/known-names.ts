import { createHash } from 'node:crypto';
import type {
	DeploymentGroupInfo,
	DeploymentInfo,
	RevisionLocation,
	AlarmConfiguration as SdkAlarms,
} from '@aws-sdk/client-codedeploy';
import { list, shownName } from './fields.ts';
import { tagLists } from './map-tags.ts';
import { createOriginals, type Originals } from './originals.ts';

/** What one account and region calls what is sent back to it. */
export type KnownNames = {
	readonly alarms: Originals;
	readonly autoScalingGroups: Originals;
	/** Keys and values. */
	readonly tags: Originals;
	/** The parts of where revisions are. */
	readonly revisions: Originals;
	/** AppSpecs to the letter, by the hash that AWS knows them by. */
	readonly appSpecs: Map<string, string>;
};

export function createKnownNames(): KnownNames {
	return {
		alarms: createOriginals(shownName),
		autoScalingGroups: createOriginals(),
		tags: createOriginals(),
		revisions: createOriginals(),
		appSpecs: new Map(),
	};
}

/** Remembers what of a deployment may be sent back. */
export function learnDeployment(names: KnownNames, info: DeploymentInfo): void {
	learnAlarms(names, info.overrideAlarmConfiguration);
	learnRevision(names, info.revision);
	learnRevision(names, info.previousRevision);
}

/** Remembers what of a group may be sent back. */
export function learnGroup(names: KnownNames, info: DeploymentGroupInfo): void {
	learnAlarms(names, info.alarmConfiguration);
	learnRevision(names, info.targetRevision);
	names.autoScalingGroups.learn(list(info.autoScalingGroups).map(group => group.name));
	const filters = [
		...tagLists(info.ec2TagFilters, info.ec2TagSet?.ec2TagSetList),
		...tagLists(info.onPremisesInstanceTagFilters, info.onPremisesTagSet?.onPremisesTagSetList),
	].flat();
	names.tags.learn(filters.flatMap(({ Key, Value }) => [Key, Value]));
}

function learnAlarms(names: KnownNames, alarms: SdkAlarms | null | undefined): void {
	names.alarms.learn(list(alarms?.alarms).map(alarm => alarm.name));
}

/** Remembers the location of a revision. */
function learnRevision(names: KnownNames, location: RevisionLocation | null | undefined): void {
	const s3 = location?.s3Location;
	names.revisions.learn([s3?.key, s3?.version, s3?.eTag]);
}

/**
 * Remembers the text of an AppSpec, of which sanitising may change what its hash stands for: line ends and tabs. Whether
 * the text has that hash.
 */
export function learnAppSpec(
	names: KnownNames,
	sha256: string,
	location: RevisionLocation | undefined,
): boolean {
	const appSpec = location?.appSpecContent ?? location?.string;
	const content: unknown = appSpec?.content;
	if (typeof content !== 'string') return false;
	names.appSpecs.set(sha256, content);
	return createHash('sha256').update(content).digest('hex') === sha256.toLowerCase();
}
