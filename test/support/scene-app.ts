import { Console } from 'node:console';
import type { CommonOptions } from '../../src/cli/command.ts';
import { lendProfiles } from '../../src/cli/demo-environment.ts';
import type { OpenedWatch } from '../../src/cli/left-watches.ts';
import type { Connection } from '../../src/cli/start-watch.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import type { CallGate } from '../../src/gateway/call-gate.ts';
import { createVirtualClock, type VirtualClock } from '../../src/lib/virtual-clock.ts';
import { sharedCredentials } from '../../src/simulator/profiles.ts';
import { type FleetName, type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { startAt } from './app.ts';
import { Driver, type DriverOptions } from './driver.ts';
import { createHeldStore } from './held-store.ts';

export type SceneOptions = DriverOptions & {
	/** Called when the simulator is up, before anything is asked of it. */
	readonly prepare?: (simulator: Simulator) => void;
};

/** Simulated accounts with profiles that lead to them, in virtual time. */
export type Accounts = {
	readonly clock: VirtualClock;
	readonly simulator: Simulator;
	/** Takes the profiles back. */
	readonly takeBack: () => void;
};

export async function openAccounts(name: FleetName, { prepare }: SceneOptions): Promise<Accounts> {
	// Ink replaces the console by one of its own, and the test runner's has no constructor for it.
	console.Console ??= Console;
	const clock = createVirtualClock(startAt);
	const simulator = await startSimulator({ scenario: name, clock });
	prepare?.(simulator);
	return { clock, simulator, takeBack: lendProfiles(process.env, sharedCredentials(simulator.accounts)) };
}

/** A scene from which watches are opened, and to which one comes back from them. */
export abstract class SceneApp extends Driver {
	/** The watch that has the screen, if one has. */
	protected watch: OpenedWatch | undefined;
	readonly #takeBack: () => void;

	constructor({ clock, simulator, takeBack }: Accounts, options: SceneOptions) {
		super(clock, simulator, options);
		this.#takeBack = takeBack;
	}

	/** Leaves the watch behind the back of the screen, whatever is under way in it. */
	abandonWatch(): void {
		this.watch?.leave();
	}

	override async [Symbol.asyncDispose](): Promise<void> {
		await super[Symbol.asyncDispose]();
		this.#takeBack();
	}

	protected async connect(
		{ profile, region, endpointUrl }: CommonOptions,
		gate: CallGate,
	): Promise<Connection> {
		return this.load.watchConnection(
			(watchedGate, clock) => connectAws({ profile, region, endpointUrl, clock, gate: watchedGate }),
			gate,
		);
	}

	/** A watch whose painting is held like that of the scene below it. */
	protected holdWatch(watch: OpenedWatch, scene: Driver['held'][number]): OpenedWatch {
		const held = createHeldStore(watch.store);
		this.watch = watch;
		this.held = [scene, held];
		return {
			...watch,
			store: held.store,
			leave: () => {
				this.watch = undefined;
				this.held = [scene];
				watch.leave();
			},
		};
	}
}
