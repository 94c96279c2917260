import type { CommonOptions } from '../../src/cli/command.ts';
import type { GroupName } from '../../src/monitor/find-deployment.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import type { ShellProgram } from '../../src/ui/run-shell.ts';
import type { Listening } from './between.ts';

/** How the program is started in a test. */
export type LaunchOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	readonly common?: Partial<CommonOptions>;
	/** Instead of the scenario's own. */
	readonly deploymentId?: string;
	/** Instead of a deployment: what this group does now, or has done last. */
	readonly group?: GroupName;
	readonly follow?: boolean;
	/** Called when the simulator is up, before anything is asked of it. */
	readonly prepare?: (simulator: Simulator) => void;
	/** Who stands between the program and the simulator. */
	readonly between?: Listening;
	/** How far the clock of AWS is ahead of the program's. */
	readonly awsAheadMs?: number;
	/** What has the terminal while a shell is open; unless told, there is no AWS CLI. */
	readonly shell?: ShellProgram;
};
