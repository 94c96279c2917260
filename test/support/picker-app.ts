import type { CommonOptions } from '../../src/cli/command.ts';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import { type Picker, pick } from '../../src/cli/pick.ts';
import type { FleetName } from '../../src/simulator/simulator.ts';
import { openPickerScreen } from '../../src/ui/terminal.tsx';
import { selectFrame } from '../../src/view/frame.ts';
import { selectPickerFrame } from '../../src/view/picker/picker-frame.ts';
import { createHeldStore } from './held-store.ts';
import { noShell } from './records.ts';
import { type Accounts, openAccounts, SceneApp, type SceneOptions } from './scene-app.ts';

export type PickerLaunchOptions = SceneOptions & {
	readonly application?: string;
	readonly follow?: boolean;
	readonly isInteractive?: boolean;
};

/** `rollcall watch` without a deployment, in the first account and region of a story. Take it with `await using`. */
export async function launchPicker(name: FleetName, options: PickerLaunchOptions = {}): Promise<PickerApp> {
	const app = new PickerApp(await openAccounts(name, options), options);
	await app.start();
	return app;
}

export class PickerApp extends SceneApp {
	#picker: Picker | undefined;

	constructor(
		accounts: Accounts,
		private readonly options: PickerLaunchOptions,
	) {
		super(accounts, options);
	}

	/** What the picker says below its list. */
	get notice(): string | undefined {
		return this.#picker?.store.getState().notice?.text;
	}

	protected override frame() {
		if (this.watch) return selectFrame(this.watch.store.getState());
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
				connect: (asked, gate) => this.connect(asked, gate),
				openScreen: (opened, signal) => this.#open(opened, signal),
			},
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
				return this.holdWatch(watch, held);
			},
			...this.terminalFor(this.options.env),
			shellProgram: noShell,
		});
		await this.draw(handle, signal);
	}
}
