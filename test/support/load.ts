import { AsyncLocalStorage } from 'node:async_hooks';
import type { Connection } from '../../src/cli/start-watch.ts';
import type { CallGate } from '../../src/gateway/call-gate.ts';
import type { AllGateways } from '../../src/gateway/investigation.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';

/** No attempt has less time than this. */
const shortestDeadlineMs = 10_000;

/** Counts the calls that are under way and wait for nothing but the machine: what a test has to wait for. */
export type Load = {
	/** Calls under way that do not wait for the clock. */
	busy(): number;
	describe(): string;
	/** Counts the calls of a connection from now on. */
	watchConnection(connect: (gate: CallGate, clock: Clock) => Connection, gate: CallGate): Connection;
};

export function countBusy(simulator: Pick<Simulator, 'parked'>, clock: Clock): Load {
	const underWay = new Map<number, string>();
	let waitingForBudget = 0;
	let betweenAttempts = 0;
	let waitingForHosts = 0;
	const command = new AsyncLocalStorage<true>();
	let calls = 0;

	const count = <T>(name: string, work: () => T): Promise<Awaited<T>> => {
		const call = ++calls;
		underWay.set(call, name);
		return Promise.resolve(work()).finally(() => underWay.delete(call));
	};
	const counted = <Port extends object>(port: Port): Port =>
		new Proxy(port, {
			get(target, name, receiver) {
				const method: unknown = Reflect.get(target, name, receiver);
				if (typeof method !== 'function') return method;
				return (...args: readonly unknown[]) =>
					count(String(name), () => Reflect.apply(method, target, args));
			},
		});
	/**
	 * Deadlines come with a signal; what sleeps without one is a call between two attempts of the SDK. A command on a host
	 * is waited for with a signal, in shorter sleeps than any deadline.
	 */
	const countedClock: Clock = {
		now: () => clock.now(),
		async sleep(ms, signal) {
			if (signal && command.getStore() && ms < shortestDeadlineMs) {
				waitingForHosts += 1;
				await clock.sleep(ms, signal);
				waitingForHosts -= 1;
				return;
			}
			if (signal) return clock.sleep(ms, signal);
			betweenAttempts += 1;
			await clock.sleep(ms);
			betweenAttempts -= 1;
		},
	};

	return {
		busy: () => underWay.size - waitingForBudget - betweenAttempts - waitingForHosts - simulator.parked,
		describe: () =>
			`${[...underWay.values()].join(', ')} (${waitingForBudget} wait for the budget, ${betweenAttempts} for another attempt, ${waitingForHosts} for a host, ${simulator.parked} in the simulator)`,
		watchConnection(connect, gate) {
			const watchedGate: CallGate = {
				...gate,
				async admit(service, operation, signal) {
					waitingForBudget += 1;
					try {
						await gate.admit(service, operation, signal);
					} finally {
						waitingForBudget -= 1;
					}
				},
			};
			const connection = connect(watchedGate, countedClock);
			const { commands, ...others } = connection.gateways;
			const gateways: AllGateways = {
				codeDeploy: counted(others.codeDeploy),
				alarms: counted(others.alarms),
				identity: counted(others.identity),
				hosts: counted(others.hosts),
				logs: counted(others.logs),
				access: counted(others.access),
				bundles: counted(others.bundles),
				loadBalancers: counted(others.loadBalancers),
				commands: {
					run: (...args) => count('run', () => command.run(true, () => commands.run(...args))),
				},
			};
			return { ...connection, gateways, region: () => count('region', connection.region) };
		},
	};
}
