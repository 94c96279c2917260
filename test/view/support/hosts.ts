import type { HostFacts, InstanceFacts } from '../../../src/domain/host.ts';
import { asTargetId, isInstanceId, type TargetId } from '../../../src/domain/ids.ts';
import type { AppEvent } from '../../../src/monitor/events.ts';
import type { AppState } from '../../../src/monitor/state.ts';
import { host, hostId, noon } from './cast.ts';
import { fleet, numbered, plots, running, tell, watchedId } from './stories.ts';

/** Stories in which the hosts behind the targets are known. */

const day = 24 * 3_600_000;

/** The host with this number, as EC2 knows it. */
export function instance(number: number, more: Partial<InstanceFacts> = {}): HostFacts {
	const id = hostId(number);
	if (!isInstanceId(id)) throw new Error(`${id} is not an instance id`);
	return {
		kind: 'ec2',
		instance: {
			id,
			name: `web-${String(number).padStart(2, '0')}`,
			zone: `eu-west-1${'abc'[number % 3]}`,
			type: 't3.large',
			imageId: 'ami-0a4c1f7be2d993b60',
			state: 'running',
			launchedAt: noon - (40 + number) * day,
			privateIp: `10.0.4.${number}`,
			autoScalingGroup: 'checkout-api-prod-blue',
			platform: 'linux',
			tags: [],
			...more,
		},
	};
}

/** Three hosts were replaced two hours ago, by some with a new image: those on which line endings matter. */
const replaced: Partial<InstanceFacts> = {
	imageId: 'ami-0f3b61c9a4d27e805',
	launchedAt: noon - day / 12,
};

const replacedNumbers: ReadonlySet<number> = new Set([1, 3, 5]);

/** Facts of hosts by their numbers, as an event. */
export const hostsReceived = (hosts: ReadonlyMap<TargetId, HostFacts>): AppEvent => ({
	type: 'hosts.received',
	id: watchedId,
	hosts,
	at: noon + 80_000,
});

export const hostsKnown: AppEvent = hostsReceived(
	new Map(
		fleet.map((_, index) => [
			hostId(index + 1),
			instance(index + 1, replacedNumbers.has(index + 1) ? replaced : {}),
		]),
	),
);

/** In the middle of a rollout, with everything known of every host. */
export const hosts = (): AppState => running({ also: [...plots, hostsKnown] });

/** The same, but all hosts have one name, as an Auto Scaling group gives it. */
export function namesakes(): AppState {
	const facts = new Map(
		fleet.map((_, index) => [hostId(index + 1), instance(index + 1, { name: 'checkout' })]),
	);
	return running({ also: [...plots, hostsReceived(facts)] });
}

/** Machines of one's own, among them one that was deregistered. */
export function onPremises(): AppState {
	const name = (number: number) => asTargetId(`rack-${String(number).padStart(2, '0')}.lon`);
	const targets = numbered(1, 6, number => ({
		...host(
			number,
			number === 1 ? 'Failed' : 'Succeeded',
			number === 1 ? { at: 'Install', status: 'Failed' } : {},
		),
		id: name(number),
	}));
	const facts = targets.map(({ id }, index): readonly [TargetId, HostFacts] => [
		id,
		{
			kind: 'on-premises',
			instance: {
				name: id,
				registeredAt: noon - 300 * day,
				...(index === 0 && { deregisteredAt: noon - day }),
				tags: [
					{ key: 'Site', value: 'London' },
					{ key: 'Role', value: index < 3 ? 'web' : 'worker' },
				],
			},
		},
	]);
	return tell({ targets, also: [hostsReceived(new Map(facts))] });
}
