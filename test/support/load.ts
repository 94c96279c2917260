import type { Connection } from '../../src/cli/watch.ts';
import type { CallGate } from '../../src/gateway/call-gate.ts';
import type { Gateways } from '../../src/gateway/gateway.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';

/** Counts the calls that are under way and wait for nothing but the machine: what a test has to wait for. */
export type Load = {
	/** Calls under way that do not wait for the clock. */
	busy(): number;
	describe(): string;
	/** Counts the calls of a connection from now on. */
	watchConnection(connect: (gate: CallGate, clock: Clock) => Connection, gate: CallGate): Connection;
};

export function countBusy(simulator: Simulator, clock: Clock): Load {
	const underWay = new Map<number, string>();
	let waitingForBudget = 0;
	let betweenAttempts = 0;
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
	/** Deadlines come with a signal; what sleeps without one is a call between two attempts of the SDK. */
	const countedClock: Clock = {
		now: () => clock.now(),
		async sleep(ms, signal) {
			if (signal) return clock.sleep(ms, signal);
			betweenAttempts += 1;
			await clock.sleep(ms);
			betweenAttempts -= 1;
		},
	};

	return {
		busy: () => underWay.size - waitingForBudget - betweenAttempts - simulator.parked,
		describe: () =>
			`${[...underWay.values()].join(', ')} (${waitingForBudget} wait for the budget, ${betweenAttempts} for another attempt, ${simulator.parked} in the simulator)`,
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
			const gateways: Gateways = {
				codeDeploy: counted(connection.gateways.codeDeploy),
				alarms: counted(connection.gateways.alarms),
				identity: counted(connection.gateways.identity),
			};
			return { ...connection, gateways, region: () => count('region', connection.region) };
		},
	};
}
