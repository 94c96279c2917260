import { Console } from 'node:console';
import type { CommonOptions } from '../../src/cli/command.ts';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import type { Connection, Watch } from '../../src/cli/start-watch.ts';
import { watch } from '../../src/cli/watch.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import type { CallGate } from '../../src/gateway/call-gate.ts';
import { logNamesWith } from '../../src/gateway/logs.ts';
import { createVirtualClock, type VirtualClock } from '../../src/lib/virtual-clock.ts';
import type { AppState } from '../../src/monitor/state.ts';
import { type ScenarioName, type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { openScreen } from '../../src/ui/terminal.tsx';
import { selectFrame } from '../../src/view/frame.ts';
import { aheadOf } from './ahead.ts';
import { behind } from './between.ts';
import { Driver } from './driver.ts';
import { createHeldStore } from './held-store.ts';
import type { LaunchOptions } from './launch-options.ts';
import { noShell } from './records.ts';

/** The rollouts of these tests begin here. */
export const startAt = Date.UTC(2026, 10, 23, 12, 0, 0);

/**
 * The whole program in virtual time: the real SDK against the simulator, the real screen on a fake terminal. Take it
 * with `await using`. Every method returns when nothing is left to happen until the clock moves. It starts when the
 * screen is open, or the program has ended without one.
 */
export async function launch(scenario: ScenarioName, options: LaunchOptions = {}): Promise<App> {
	// Ink replaces the console by one of its own, and the test runner's has no constructor for it.
	console.Console ??= Console;
	Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
	const clock = createVirtualClock(startAt);
	const { awsAheadMs = 0 } = options;
	const simulator = await startSimulator({ scenario, clock: aheadOf(clock, awsAheadMs) });
	options.prepare?.(simulator);
	const app = new App(clock, await behind(simulator, options.between), options);
	await app.start();
	return app;
}

export class App extends Driver {
	#watch: Watch | undefined;

	constructor(
		clock: VirtualClock,
		simulator: Simulator,
		private readonly options: LaunchOptions,
	) {
		super(clock, simulator, options);
	}

	get state(): AppState {
		if (!this.#watch) throw new Error('the screen has not been opened');
		return this.#watch.store.getState();
	}

	protected override frame() {
		return this.options.common?.ascii ? undefined : selectFrame(this.state);
	}

	protected override run(): Promise<ExitCode> {
		const { simulator, options } = this;
		const common: CommonOptions = { readOnly: false, ascii: false, protect: ['*prod*'], ...options.common };
		const deploymentId = asDeploymentId(options.deploymentId ?? simulator.deploymentId);
		return watch(
			{
				type: 'watch',
				subject: options.group ?? { deploymentId },
				follow: options.follow ?? false,
				common,
			},
			{
				...this.parts,
				connect: (asked, gate) => this.#connect(asked, gate),
				openScreen: (opened, signal) => this.#open(opened, signal),
			},
		);
	}

	async #connect({ logGroups }: CommonOptions, gate: CallGate): Promise<Connection> {
		const { region, url: endpointUrl } = this.simulator;
		return this.load.watchConnection((watchedGate, clock) => {
			const logNames = logNamesWith(logGroups);
			return connectAws({ region, endpointUrl, clock, gate: watchedGate, logNames });
		}, gate);
	}

	async #open(opened: Watch, signal: AbortSignal): Promise<void> {
		this.#watch = opened;
		const held = createHeldStore(opened.store);
		this.held = [held];
		const { env, common, shell } = this.options;
		const handle = openScreen({
			...opened,
			store: held.store,
			refresh: () => opened.engine.nudge(),
			...this.terminalFor(env, common?.ascii),
			shellProgram: shell ?? noShell,
		});
		await this.draw(handle, signal);
	}
}
