import { copyOf, type Host } from '../world/host.ts';
import type { Fleet } from '../world/workload.ts';
import type { World } from '../world/world.ts';
import type { HostPlant } from './scenario.ts';

/** Makes the machines what they are when the story begins, at `startAt`: some are not what they were. */
export function plantHosts(world: World, fleet: Fleet, plants: readonly HostPlant[], startAt: number): void {
	for (const plant of plants) {
		if (plant.agoMs === undefined) befall(world, fleet, plant);
		else world.clockwork.at(startAt - plant.agoMs, () => befall(world, fleet, plant));
	}
}

function befall(world: World, fleet: Fleet, plant: HostPlant): void {
	const { hosts, unlike, replacedBy, ailment, isUntagged } = plant;
	if (replacedBy !== undefined) replaceHosts(world, fleet, hosts, replacedBy);
	for (const host of chosen(fleet, hosts)) {
		host.machine = { ...host.machine, ...unlike };
		if (ailment !== undefined) host.ailment = { ...ailment, since: world.clockwork.now };
		if (ailment?.isStopped) host.inService = false;
		if (isUntagged) host.machine = { ...host.machine, tags: {} };
	}
	if (isUntagged) fleet.hosts = fleet.hosts.filter(({ number }) => !hosts.includes(number));
}

/** Some machines end while the story is under way. */
export function planTerminations(world: World, fleet: Fleet): void {
	for (const host of fleet.hosts) {
		const afterMs = host.ailment?.terminatedAfterMs;
		if (afterMs === undefined) continue;
		world.clockwork.after(afterMs, () => {
			host.terminatedAt = world.clockwork.now;
			host.inService = false;
		});
	}
}

function chosen({ hosts }: Fleet, numbers: readonly number[]): readonly Host[] {
	return hosts.filter(({ number }) => numbers.includes(number));
}

function replaceHosts(
	world: World,
	fleet: Fleet,
	numbers: readonly number[],
	change: NonNullable<HostPlant['replacedBy']>,
): void {
	const { now } = world.clockwork;
	const random = world.chance('replaced hosts');
	fleet.hosts = fleet.hosts.map(host => {
		if (!numbers.includes(host.number)) return host;
		host.terminatedAt = now;
		const fresh = copyOf(host, random, now);
		return { ...fresh, machine: { ...fresh.machine, ...change }, inService: true };
	});
}
