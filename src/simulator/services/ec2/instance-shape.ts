import type { Host } from '../../world/host.ts';
import type { World } from '../../world/world.ts';

/** AWS: Reservation with its one Instance, in the spelling of EC2's XML. */
export function reservation(world: World, host: Host) {
	return {
		// Machines of an Auto Scaling group are launched one by one.
		reservationId: `r-${host.id.slice(2)}`,
		ownerId: world.accountId,
		groupSet: [],
		instancesSet: [instance(world, host)],
	};
}

function instance(world: World, host: Host) {
	const { id, machine, terminatedAt, ailment } = host;
	const isGone = terminatedAt !== undefined;
	const endedAt = terminatedAt ?? (ailment?.isStopped ? ailment.since : undefined);
	const profile = profileArn(world, machine.instanceProfile);
	return {
		instanceId: id,
		imageId: machine.imageId,
		instanceState: instanceState(host),
		privateDnsName: isGone ? '' : dnsName(world, host),
		dnsName: '',
		reason: endedAt
			? `User initiated (${new Date(endedAt).toISOString().slice(0, 19).replace('T', ' ')} GMT)`
			: '',
		amiLaunchIndex: 0,
		instanceType: machine.instanceType,
		launchTime: new Date(machine.launchedAt).toISOString(),
		placement: { availabilityZone: machine.zone, tenancy: 'default' },
		...(machine.platform === 'windows' ? { platform: 'windows' } : {}),
		platformDetails: machine.platform === 'windows' ? 'Windows' : 'Linux/UNIX',
		...(isGone ? {} : { privateIpAddress: machine.privateIp }),
		architecture: 'x86_64',
		rootDeviceType: 'ebs',
		...(endedAt
			? {
					stateReason: {
						code: 'Client.UserInitiatedShutdown',
						message: 'Client.UserInitiatedShutdown: User initiated shutdown',
					},
				}
			: {}),
		...(profile === undefined || isGone
			? {}
			: {
					iamInstanceProfile: {
						arn: profile,
						id: world.account.instanceProfiles.get(machine.instanceProfile ?? '')?.id,
					},
				}),
		tagSet: instanceTags(host),
	};
}

/** AWS: InstanceState. */
export function instanceState({ terminatedAt, ailment }: Host) {
	if (terminatedAt !== undefined) return { code: 48, name: 'terminated' };
	return ailment?.isStopped ? { code: 80, name: 'stopped' } : { code: 16, name: 'running' };
}

export function instanceTags({ machine }: Host): readonly { readonly key: string; readonly value: string }[] {
	const { name, tags, autoScalingGroup } = machine;
	return [
		{ key: 'Name', value: name },
		...Object.entries(tags).map(([key, value]) => ({ key, value })),
		...(autoScalingGroup === undefined
			? []
			: [{ key: 'aws:autoscaling:groupName', value: autoScalingGroup }]),
	];
}

export function profileArn({ accountId }: World, name: string | undefined): string | undefined {
	return name === undefined ? undefined : `arn:aws:iam::${accountId}:instance-profile/${name}`;
}

export function dnsName({ region }: World, { machine }: Host): string {
	return `ip-${machine.privateIp.replaceAll('.', '-')}.${region}.compute.internal`;
}
