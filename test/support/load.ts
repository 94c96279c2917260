import type { Connection } from '../../src/cli/watch.ts';
import type { CallGate } from '../../src/gateway/call-gate.ts';
import type { Gateways } from '../../src/gateway/gateway.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';

/** Counts the calls that are under way and wait for nothing but the machine: what a test has to wait for. */
export type Load = {
	/** Calls under way that do not wait for the clock. */
	busy(): number;
	describe(): string;
	/** Counts the calls of a connection from now on. */
	watchConnection(connect: (gate: CallGate) => Connection, gate: CallGate): Connection;
};

export function countBusy(simulator: Simulator): Load {
	const underWay = new Map<number, string>();
	let waitingForBudget = 0;
	let calls = 0;

	const counted = <Port extends object>(port: Port): Port =>
		new Proxy(port, {
			get(target, name, receiver) {
				const method: unknown = Reflect.get(target, name, receiver);
				if (typeof method !== 'function') return method;
				return (...args: readonly unknown[]) => {
					const call = ++calls;
					underWay.set(call, String(name));
					return Promise.resolve(Reflect.apply(method, target, args)).finally(() => underWay.delete(call));
				};
			},
		});

	const busy = () => underWay.size - waitingForBudget - simulator.parked;
	return {
		busy,
		describe: () =>
			`${[...underWay.values()].join(', ')} (${waitingForBudget} wait for the budget, ${simulator.parked} in the simulator)`,
		watchConnection(connect, gate) {
			const connection = connect({
				...gate,
				async admit(service, operation, signal) {
					waitingForBudget += 1;
					try {
						await gate.admit(service, operation, signal);
					} finally {
						waitingForBudget -= 1;
					}
				},
			});
			const gateways: Gateways = {
				codeDeploy: counted(connection.gateways.codeDeploy),
				alarms: counted(connection.gateways.alarms),
				identity: counted(connection.gateways.identity),
			};
			return { ...connection, gateways };
		},
	};
}
