import type { Deployment, ErrorInformation } from './deployment.ts';
import { half } from './deployment-config.ts';
import type { BlueGreenOptions } from './deployment-group.ts';
import { blueFleetStuck, healthConstraints, healthConstraintsInvalid, readyTimeout } from './errors.ts';
import { createFleetPhases, labelled, type Work } from './fleet-phases.ts';
import type { MinimumHealthyHosts } from './health.ts';
import { copyOf } from './host.ts';
import { lifecycles } from './lifecycle.ts';
import { createPatience } from './patience.ts';
import { endDeployment, endStopped, type Rollout, type Stage } from './rollout.ts';
import type { Fleet } from './workload.ts';

/** How long a copy of the Auto Scaling group takes to come up, and its original to go. Scripted milliseconds. */
const provisioningMs = 9000;
const terminationMs = 2500;

const allAtOnce: MinimumHealthyHosts = { type: 'HOST_COUNT', value: 0 };

/**
 * Installs on a copy of the fleet (green), waits if told to, sends the traffic there, takes the original (blue) off the
 * load balancer, and terminates it after another wait.
 */
export function createBlueGreenRollout(
	stage: Stage,
	deployment: Deployment,
	fleet: Fleet,
	options: BlueGreenOptions,
): Rollout {
	const { clockwork } = stage;
	const patience = createPatience(stage);
	const phases = createFleetPhases(stage, deployment, stopped);
	let blue: readonly Work[] = [];
	let green: readonly Work[] = [];

	function start(): void {
		phases.wait(provisioningMs, install);
	}

	function install(): void {
		const random = stage.chance(`${deployment.id} green fleet`);
		const { now } = clockwork;
		const copies = fleet.hosts.map(host => copyOf(host, random, now));
		green = copies.map(host => labelled(host, 'Green', lifecycles.greenFleet, now));
		blue = fleet.hosts.map(host => labelled(host, 'Blue', lifecycles.blockTraffic, now));
		deployment.targets = [...green, ...blue].map(({ target }) => target);
		const minimum = deployment.config.minimumHealthyHosts ?? half;
		const outcome = phases.run(
			{ work: green, events: lifecycles.install, minimum, succeededAs: 'Ready' },
			end => (end === 'succeeded' ? waitUntilReady() : fail(healthConstraints)),
		);
		if (outcome === 'impossible') fail(healthConstraintsInvalid);
	}

	function waitUntilReady(): void {
		const minutes = options.readyWaitMinutes;
		if (minutes === undefined) {
			reroute();
			return;
		}
		deployment.status = 'Ready';
		phases.rest(patience.end);
		patience.begin('READY_WAIT', minutes, reroute, () => {
			leaveFleet();
			endDeployment(stage, deployment, 'Stopped', readyTimeout(minutes));
		});
	}

	function reroute(): void {
		deployment.status = 'InProgress';
		fleet.hosts = [...blue, ...green].map(({ host }) => host);
		const work = green.filter(({ target }) => target.status === 'Ready');
		phases.run(
			{ work, events: lifecycles.allowTraffic, minimum: allAtOnce, succeededAs: 'Succeeded' },
			end => (end === 'succeeded' ? deregister() : fail(healthConstraints)),
		);
	}

	function deregister(): void {
		phases.run(
			{ work: blue, events: lifecycles.blockTraffic, minimum: allAtOnce, succeededAs: 'Succeeded' },
			() => {
				const isStuck = blue.some(({ target }) => target.status === 'Failed');
				if (isStuck) fail(blueFleetStuck);
				else waitForTermination();
			},
		);
	}

	function waitForTermination(): void {
		const minutes = options.terminationWaitMinutes;
		leaveFleet();
		if (minutes === undefined) {
			endDeployment(stage, deployment, 'Succeeded');
			return;
		}
		deployment.terminationWaitStarted = true;
		phases.rest(patience.end);
		patience.begin('TERMINATION_WAIT', minutes, terminate, terminate);
	}

	function terminate(): void {
		phases.wait(terminationMs, () => {
			for (const { host } of blue) host.terminatedAt = clockwork.now;
			endDeployment(stage, deployment, 'Succeeded');
		});
	}

	function fail(error: ErrorInformation): void {
		leaveFleet();
		endDeployment(stage, deployment, 'Failed', error);
	}

	function stopped(): void {
		leaveFleet();
		endStopped(stage, deployment);
	}

	/** The group consists of the machines that get traffic; others of the copy are forgotten. */
	function leaveFleet(): void {
		if (green.length > 0)
			fleet.hosts = [...blue, ...green].map(({ host }) => host).filter(host => host.inService);
	}

	return {
		get waitsFor() {
			return patience.waitsFor;
		},
		start,
		stop: phases.stop,
		proceed: patience.proceed,
	};
}
