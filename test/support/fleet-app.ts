import type { CommonOptions } from '../../src/cli/command.ts';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import { type Fleet, fleet } from '../../src/cli/fleet.ts';
import type { ContextOptions } from '../../src/cli/settings.ts';
import { contextsOf } from '../../src/cli/simulated-fleet.ts';
import type { FleetState } from '../../src/monitor/fleet/state.ts';
import type { FleetName } from '../../src/simulator/simulator.ts';
import { openFleetScreen } from '../../src/ui/terminal.tsx';
import { selectFleetFrame } from '../../src/view/fleet/fleet-frame.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { createHeldStore } from './held-store.ts';
import { noShell } from './records.ts';
import { type Accounts, openAccounts, SceneApp, type SceneOptions } from './scene-app.ts';

export type FleetLaunchOptions = SceneOptions & {
	readonly common?: Partial<CommonOptions>;
	/** What of each context is other than the scenario has it, by its label. */
	readonly contexts?: Readonly<Record<string, Partial<ContextOptions>>>;
};

/**
 * `rollcall` on simulated accounts, in virtual time: the real SDK, the real screen on a fake terminal. Take it with
 * `await using`.
 */
export async function launchFleet(name: FleetName, options: FleetLaunchOptions = {}): Promise<FleetApp> {
	const app = new FleetApp(await openAccounts(name, options), options);
	await app.start();
	return app;
}

export class FleetApp extends SceneApp {
	#fleet: Fleet | undefined;
	/** Watches that were opened so far. */
	opened = 0;

	constructor(
		accounts: Accounts,
		private readonly options: FleetLaunchOptions,
	) {
		super(accounts, options);
	}

	get state(): FleetState {
		if (!this.#fleet) throw new Error('the screen has not been opened');
		return this.#fleet.store.getState();
	}

	protected override frame() {
		return this.watch ? selectFrame(this.watch.store.getState()) : selectFleetFrame(this.state);
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
			connect: (asked, gate) => this.connect(asked, gate),
			openScreen: (opened, signal) => this.#open(opened, signal),
		});
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
				this.opened += 1;
				return this.holdWatch(watch, held);
			},
			...this.terminalFor(this.options.env, this.options.common?.ascii),
			shellProgram: noShell,
		});
		await this.draw(handle, signal);
	}
}
