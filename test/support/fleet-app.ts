import { Console } from 'node:console';
import type { CommonOptions } from '../../src/cli/command.ts';
import { lendProfiles } from '../../src/cli/demo-environment.ts';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import { type Fleet, fleet } from '../../src/cli/fleet.ts';
import type { OpenedWatch } from '../../src/cli/left-watches.ts';
import type { ContextOptions } from '../../src/cli/settings.ts';
import { contextsOf } from '../../src/cli/simulated-fleet.ts';
import type { Connection } from '../../src/cli/start-watch.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import type { CallGate } from '../../src/gateway/call-gate.ts';
import { createVirtualClock, type VirtualClock } from '../../src/lib/virtual-clock.ts';
import type { FleetState } from '../../src/monitor/fleet/state.ts';
import { sharedCredentials } from '../../src/simulator/profiles.ts';
import { type FleetName, type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { openFleetScreen } from '../../src/ui/terminal.tsx';
import { selectFleetFrame } from '../../src/view/fleet/fleet-frame.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { startAt } from './app.ts';
import { Driver, type DriverOptions } from './driver.ts';
import { createHeldStore } from './held-store.ts';
import { noShell } from './records.ts';

export type FleetLaunchOptions = DriverOptions & {
	readonly common?: Partial<CommonOptions>;
	/** What of each context is other than the scenario has it, by its label. */
	readonly contexts?: Readonly<Record<string, Partial<ContextOptions>>>;
	/** Called when the simulator is up, before anything is asked of it. */
	readonly prepare?: (simulator: Simulator) => void;
};

/**
 * `rollcall` on simulated accounts, in virtual time: the real SDK, the real screen on a fake terminal. Take it with
 * `await using`.
 */
export async function launchFleet(name: FleetName, options: FleetLaunchOptions = {}): Promise<FleetApp> {
	// Ink replaces the console by one of its own, and the test runner's has no constructor for it.
	console.Console ??= Console;
	const clock = createVirtualClock(startAt);
	const simulator = await startSimulator({ scenario: name, clock });
	options.prepare?.(simulator);
	const takeBack = lendProfiles(process.env, sharedCredentials(simulator.accounts));
	const app = new FleetApp(clock, simulator, takeBack, options);
	await app.start();
	return app;
}

export class FleetApp extends Driver {
	#fleet: Fleet | undefined;
	/** The watch that has the screen, if one has. */
	#watch: OpenedWatch | undefined;
	/** Watches that were opened so far. */
	opened = 0;

	constructor(
		clock: VirtualClock,
		simulator: Simulator,
		private readonly takeBack: () => void,
		private readonly options: FleetLaunchOptions,
	) {
		super(clock, simulator, options);
	}

	get state(): FleetState {
		if (!this.#fleet) throw new Error('the screen has not been opened');
		return this.#fleet.store.getState();
	}

	/** Leaves the watch behind the back of the screen, whatever is under way in it. */
	abandonWatch(): void {
		this.#watch?.leave();
	}

	override async [Symbol.asyncDispose](): Promise<void> {
		await super[Symbol.asyncDispose]();
		this.takeBack();
	}

	protected override frame() {
		return this.#watch ? selectFrame(this.#watch.store.getState()) : selectFleetFrame(this.state);
	}

	protected override run(): Promise<ExitCode> {
		const { options, simulator } = this;
		const common: CommonOptions = { readOnly: false, ascii: false, protect: ['*prod*'], ...options.common };
		const contexts = contextsOf(simulator, common).map(context => ({
			...context,
			...options.contexts?.[context.label],
		}));
		return fleet({ type: 'fleet', common }, contexts, {
			...this.parts,
			connect: (asked, gate) => this.#connect(asked, gate),
			openScreen: (opened, signal) => this.#open(opened, signal),
		});
	}

	async #connect({ profile, region, endpointUrl }: CommonOptions, gate: CallGate): Promise<Connection> {
		return this.load.watchConnection(
			(watchedGate, clock) => connectAws({ profile, region, endpointUrl, clock, gate: watchedGate }),
			gate,
		);
	}

	async #open(opened: Fleet, signal: AbortSignal): Promise<void> {
		this.#fleet = opened;
		const held = createHeldStore(opened.store);
		this.held = [held];
		const handle = openFleetScreen({
			...opened,
			store: held.store,
			open: (context, id) => {
				const watch = opened.open(context, id);
				const heldWatch = createHeldStore(watch.store);
				this.opened += 1;
				this.#watch = watch;
				this.held = [held, heldWatch];
				return {
					...watch,
					store: heldWatch.store,
					leave: () => {
						this.#watch = undefined;
						this.held = [held];
						watch.leave();
					},
				};
			},
			...this.terminalFor(this.options.env, this.options.common?.ascii),
			shellProgram: noShell,
		});
		await this.draw(handle, signal);
	}
}
