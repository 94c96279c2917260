import { Console } from 'node:console';
import type { CommonOptions } from '../../src/cli/command.ts';
import { lendProfiles } from '../../src/cli/demo-environment.ts';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import type { OpenedWatch } from '../../src/cli/left-watches.ts';
import { type Picker, pick } from '../../src/cli/pick.ts';
import type { Connection } from '../../src/cli/start-watch.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import type { CallGate } from '../../src/gateway/call-gate.ts';
import { createVirtualClock, type VirtualClock } from '../../src/lib/virtual-clock.ts';
import { sharedCredentials } from '../../src/simulator/profiles.ts';
import { type FleetName, type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { openPickerScreen } from '../../src/ui/terminal.tsx';
import { selectFrame } from '../../src/view/frame.ts';
import { selectPickerFrame } from '../../src/view/picker/picker-frame.ts';
import { startAt } from './app.ts';
import { Driver, type DriverOptions } from './driver.ts';
import { createHeldStore } from './held-store.ts';
import { noShell } from './records.ts';

export type PickerLaunchOptions = DriverOptions & {
	readonly application?: string;
	readonly follow?: boolean;
	readonly isInteractive?: boolean;
	/** Called when the simulator is up, before anything is asked of it. */
	readonly prepare?: (simulator: Simulator) => void;
};

/** `rollcall watch` without a deployment, in the first account and region of a story. Take it with `await using`. */
export async function launchPicker(name: FleetName, options: PickerLaunchOptions = {}): Promise<PickerApp> {
	// Ink replaces the console by one of its own, and the test runner's has no constructor for it.
	console.Console ??= Console;
	const clock = createVirtualClock(startAt);
	const simulator = await startSimulator({ scenario: name, clock });
	options.prepare?.(simulator);
	const takeBack = lendProfiles(process.env, sharedCredentials(simulator.accounts));
	const app = new PickerApp(clock, simulator, takeBack, options);
	await app.start();
	return app;
}

export class PickerApp extends Driver {
	#picker: Picker | undefined;
	/** The watch that has the screen, if one has. */
	#watch: OpenedWatch | undefined;

	constructor(
		clock: VirtualClock,
		simulator: Simulator,
		private readonly takeBack: () => void,
		private readonly options: PickerLaunchOptions,
	) {
		super(clock, simulator, options);
	}

	/** What the picker says below its list. */
	get notice(): string | undefined {
		return this.#picker?.store.getState().notice?.text;
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
		if (this.#watch) return selectFrame(this.#watch.store.getState());
		return this.#picker && selectPickerFrame(this.#picker.store.getState());
	}

	protected override run(): Promise<ExitCode> {
		const { application, follow = false, isInteractive = true } = this.options;
		const [account] = this.simulator.accounts;
		const common: CommonOptions = {
			readOnly: false,
			ascii: false,
			protect: ['*prod*'],
			profile: account?.label ?? '',
			region: this.simulator.region,
			endpointUrl: this.simulator.url,
		};
		const { io, ...parts } = this.parts;
		return pick(
			{ type: 'pick', follow, common, ...(application !== undefined && { application }) },
			{
				...parts,
				io: { ...io, isInteractive },
				connect: (asked, gate) => this.#connect(asked, gate),
				openScreen: (opened, signal) => this.#open(opened, signal),
			},
		);
	}

	async #connect({ profile, region, endpointUrl }: CommonOptions, gate: CallGate): Promise<Connection> {
		return this.load.watchConnection(
			(watchedGate, clock) => connectAws({ profile, region, endpointUrl, clock, gate: watchedGate }),
			gate,
		);
	}

	async #open(opened: Picker, signal: AbortSignal): Promise<void> {
		this.#picker = opened;
		const held = createHeldStore(opened.store);
		this.held = [held];
		const handle = openPickerScreen({
			...opened,
			store: held.store,
			open: async group => {
				const watch = await opened.open(group);
				if (!watch) return undefined;
				const heldWatch = createHeldStore(watch.store);
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
			...this.terminalFor(this.options.env),
			shellProgram: noShell,
		});
		await this.draw(handle, signal);
	}
}
