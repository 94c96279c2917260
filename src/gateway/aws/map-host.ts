import type { Tag as CodeDeployTag, InstanceInfo } from '@aws-sdk/client-codedeploy';
import type {
	Tag as Ec2Tag,
	InstanceStatusEvent,
	Instance as SdkInstance,
	InstanceStatus as SdkStatus,
} from '@aws-sdk/client-ec2';
import type { InstanceInformation } from '@aws-sdk/client-ssm';
import type {
	InstanceFacts,
	InstanceStatus,
	OnPremisesInstance,
	PingState,
	Platform,
	ScheduledEvent,
	Tag,
} from '../../domain/host.ts';
import { type InstanceId, isInstanceId } from '../../domain/ids.ts';
import { identifier, line, list, present, time, word } from './fields.ts';

/** AWS: EC2 Instance. Undefined for one without an id. */
export function mapInstance(instance: SdkInstance): InstanceFacts | undefined {
	const id = instanceId(instance.InstanceId);
	if (id === undefined) return undefined;
	const tags = mapTags(instance.Tags);
	const tag = (key: string) => tags.find(known => known.key === key)?.value || undefined;
	return present({
		id,
		name: tag('Name'),
		zone: line(instance.Placement?.AvailabilityZone),
		type: word(instance.InstanceType),
		imageId: line(instance.ImageId),
		state: word(instance.State?.Name),
		launchedAt: time(instance.LaunchTime),
		privateIp: line(instance.PrivateIpAddress),
		publicIp: line(instance.PublicIpAddress),
		autoScalingGroup: tag('aws:autoscaling:groupName'),
		instanceProfileArn: line(instance.IamInstanceProfile?.Arn),
		platform: mapPlatform(instance.Platform ?? instance.PlatformDetails) ?? 'linux',
		tags,
	});
}

/** EC2 says `windows` and nothing for the others; Systems Manager has a word for each. */
function mapPlatform(name: unknown): Platform | undefined {
	const platform = line(name) ?? '';
	if (/^windows/i.test(platform)) return 'windows';
	return /^linux/i.test(platform) ? 'linux' : undefined;
}

/** AWS: EC2 InstanceStatus. Undefined for one without an id. */
export function mapInstanceStatus(status: SdkStatus): InstanceStatus | undefined {
	const id = instanceId(status.InstanceId);
	if (id === undefined) return undefined;
	return present({
		id,
		state: word(status.InstanceState?.Name),
		system: word(status.SystemStatus?.Status),
		instance: word(status.InstanceStatus?.Status),
		events: list(status.Events).map(mapScheduledEvent),
	});
}

function mapScheduledEvent(event: InstanceStatusEvent): ScheduledEvent {
	return present({
		code: word(event.Code) ?? '?',
		description: line(event.Description) ?? '',
		notBefore: time(event.NotBefore),
	});
}

/** AWS: Systems Manager InstanceInformation. Undefined for one without an id. */
export function mapPingState(information: InstanceInformation): PingState | undefined {
	const id = instanceId(information.InstanceId);
	if (id === undefined) return undefined;
	const system = [line(information.PlatformName), line(information.PlatformVersion)];
	return present({
		id,
		status: word(information.PingStatus) ?? 'Unknown',
		lastPingAt: time(information.LastPingDateTime),
		agentVersion: line(information.AgentVersion),
		platform: mapPlatform(information.PlatformType),
		system: system.filter(part => part !== undefined).join(' ') || undefined,
	});
}

/** AWS: CodeDeploy InstanceInfo. Undefined for one without a name. */
export function mapOnPremises(instance: InstanceInfo): OnPremisesInstance | undefined {
	const name = identifier(instance.instanceName);
	if (name === undefined) return undefined;
	return present({
		name,
		registeredAt: time(instance.registerTime),
		deregisteredAt: time(instance.deregisterTime),
		identityArn: line(instance.iamSessionArn) ?? line(instance.iamUserArn),
		tags: mapTags(instance.tags),
	});
}

function instanceId(value: unknown): InstanceId | undefined {
	const id = identifier(value);
	return id !== undefined && isInstanceId(id) ? id : undefined;
}

/** A tag may have an empty value; one without a key is none. */
function mapTags(tags: readonly (Ec2Tag | CodeDeployTag)[] | null | undefined): readonly Tag[] {
	return list(tags).flatMap(tag => {
		const key = line(tag.Key);
		return key === undefined ? [] : [{ key, value: line(tag.Value) ?? '' }];
	});
}
