import type { Host } from './host.ts';
import type { World } from './world.ts';

/** EC2 forgets a machine some time after it was terminated. */
const forgottenAfterMs = 3_600_000;

/** Every machine that EC2 knows, by its id: those of the groups, and those that deployments worked on. */
export function knownHosts(world: World): ReadonlyMap<string, Host> {
	const hosts = new Map<string, Host>();
	const add = (host: Host) => {
		if (host.machine.registeredAt !== undefined) return;
		const { terminatedAt = Number.POSITIVE_INFINITY } = host;
		if (world.clockwork.now - terminatedAt < forgottenAfterMs) hosts.set(host.id, host);
	};
	for (const { groups } of world.applications.values()) {
		for (const { workload } of groups.values()) if (workload.type === 'fleet') workload.hosts.forEach(add);
	}
	for (const { targets = [] } of world.deployments.values()) {
		for (const { detail } of targets) if (detail.type === 'InstanceTarget') add(detail.host);
	}
	return hosts;
}

/** Every machine in CodeDeploy's register of on-premises instances, by its name. */
export function registeredHosts(world: World): ReadonlyMap<string, Host> {
	const groups = [...world.applications.values()].flatMap(application => [...application.groups.values()]);
	const hosts = groups.flatMap(({ workload }) => (workload.type === 'fleet' ? workload.hosts : []));
	return new Map(hosts.flatMap(host => (host.machine.registeredAt === undefined ? [] : [[host.id, host]])));
}
