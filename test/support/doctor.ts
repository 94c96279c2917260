import { setImmediate } from 'node:timers/promises';
import type { Command } from '../../src/cli/command.ts';
import { doctor } from '../../src/cli/doctor.ts';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import { asDeploymentId, asTargetId } from '../../src/domain/ids.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import { createRandom } from '../../src/lib/random.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { type ScenarioName, type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import type { DoctorDocument } from '../../src/view/doctor-json.ts';
import { startAt } from './app.ts';
import { countBusy } from './load.ts';
import { createRecords } from './records.ts';

export type Asked = {
	/** How long the story has been going on, in seconds; by default until it is over. */
	readonly after?: number;
	readonly target?: string;
	readonly deploymentId?: string;
	readonly hostCommands?: boolean;
	readonly readOnly?: boolean;
	readonly format?: 'text' | 'json';
	readonly prepare?: (simulator: Simulator) => void;
};

export type Told = {
	readonly exitCode: ExitCode | Error;
	readonly stdout: string;
	readonly stderr: string;
	readonly simulator: Simulator;
};

/** `rollcall doctor` on a story, in virtual time: the real SDK against the simulator. */
export async function runDoctor(scenario: ScenarioName, asked: Asked = {}): Promise<Told> {
	Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
	const clock = createVirtualClock(startAt);
	const simulator = await startSimulator({ scenario, clock });
	clock.jumpTo(startAt + (asked.after ?? 600) * 1000);
	asked.prepare?.(simulator);
	const load = countBusy(simulator, clock);
	const told = { stdout: '', stderr: '' };
	const command: Extract<Command, { type: 'doctor' }> = {
		type: 'doctor',
		deploymentId: asDeploymentId(asked.deploymentId ?? simulator.deploymentId),
		format: asked.format ?? 'json',
		hostCommands: asked.hostCommands ?? true,
		common: { readOnly: asked.readOnly ?? false, ascii: false, protect: [] },
		...(asked.target !== undefined && { target: asTargetId(asked.target) }),
	};
	let exitCode: ExitCode | Error | undefined;
	const running = doctor(command, {
		clock,
		random: createRandom(1),
		audit: createRecords().audit,
		io: {
			out: text => {
				told.stdout += text;
			},
			err: text => {
				told.stderr += text;
			},
			isInteractive: false,
			env: {},
			signal: new AbortController().signal,
			yieldInterrupts: () => () => {},
		},
		connect: async (_common, gate) =>
			load.watchConnection(
				(watchedGate, counted) =>
					connectAws({
						region: simulator.region,
						endpointUrl: simulator.url,
						clock: counted,
						gate: watchedGate,
					}),
				gate,
			),
	}).then(
		code => {
			exitCode = code;
		},
		(error: unknown) => {
			exitCode = error instanceof Error ? error : new Error(String(error));
		},
	);
	const deadline = performance.now() + patienceMs;
	for (let quiet = 0; exitCode === undefined; quiet++) {
		await setImmediate();
		if (performance.now() > deadline) throw new Error(`still busy with ${load.describe()}`);
		if (load.busy() > 0) quiet = -1;
		if (quiet < quietTurns) continue;
		clock.jumpTo(clock.nextDueAt() ?? clock.now());
		quiet = -1;
	}
	await running;
	await simulator.close();
	return { ...told, exitCode, simulator };
}

/** How long one run may take in real time before it counts as hanging. */
const patienceMs = 60_000;
/** After this many turns of the event loop without a call under way nothing happens until the clock moves. */
const quietTurns = 4;

/** The JSON of a run. */
export const documentOf = ({ stdout }: Told): DoctorDocument => JSON.parse(stdout);
