import type { AuditTrail } from '../actions/audit.ts';
import { asDeploymentId } from '../domain/ids.ts';
import { aborted } from '../lib/abort.ts';
import { isSystemError } from '../lib/system-error.ts';
import type { KeepReport } from '../view/report.ts';
import { createMemoryAudit } from './audit-file.ts';
import type { Command } from './command.ts';
import { forgetAwsSettings, lendProfiles } from './demo-environment.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { createTemporaryReports } from './report-file.ts';
import type { ContextOptions } from './settings.ts';
import { contextsOf, fleetInstructions, type SimulatedPlaces } from './simulated-fleet.ts';
import { UsageError } from './usage-error.ts';

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** A simulator that runs, as far as commands know it. */
export type RunningSimulator = SimulatedPlaces & {
	readonly region: string;
	readonly accountId: string;
	readonly deploymentId: string;
	/** Whether many groups take part in its story. */
	readonly isFleet: boolean;
	/** A file of shared credentials for its accounts. */
	readonly credentials: string;
	close(): Promise<void>;
};

export type SimulatorOptions = {
	readonly port?: number;
	readonly speed?: number;
	readonly region?: string;
};

/** What is left of a session on the simulator. */
export type Records = { readonly audit: AuditTrail; readonly keepReport: KeepReport };

/** What the composition root lends to the commands that bring an AWS of their own. */
export type SimulatedParts = {
	readonly io: Io;
	/** The environment of the process, which the SDK reads. */
	readonly env: Record<string, string | undefined>;
	/** Throws UsageError for a scenario that there is not. */
	start(scenario: string, options: SimulatorOptions): Promise<RunningSimulator>;
	openWatch(command: CommandOf<'watch'>, records: Records): Promise<ExitCode>;
	openFleet(
		command: CommandOf<'fleet'>,
		contexts: readonly ContextOptions[],
		records: Records,
	): Promise<ExitCode>;
};

/** `rollcall demo`: the monitor on a simulator of its own. Nothing of it is kept. */
export async function demo(
	{ scenario, common }: CommandOf<'demo'>,
	parts: SimulatedParts,
): Promise<ExitCode> {
	const simulator = await startSimulator(scenario, { ...inRegion(common.region) }, parts);
	forgetAwsSettings(parts.env);
	const records = { audit: createMemoryAudit(), keepReport: createTemporaryReports() };
	try {
		if (simulator.isFleet) return await demoFleet(simulator, common, records, parts);
		const { profile: _profile, ...options } = common;
		const { region, url: endpointUrl } = simulator;
		const subject = { deploymentId: asDeploymentId(simulator.deploymentId) };
		const watched = { ...options, region, endpointUrl };
		return await parts.openWatch({ type: 'watch', subject, follow: false, common: watched }, records);
	} finally {
		await simulator.close();
	}
}

async function demoFleet(
	simulator: RunningSimulator,
	common: CommandOf<'demo'>['common'],
	records: Records,
	{ env, openFleet }: SimulatedParts,
): Promise<ExitCode> {
	const takeBack = lendProfiles(env, simulator.credentials);
	try {
		return await openFleet({ type: 'fleet', common }, contextsOf(simulator, common), records);
	} finally {
		takeBack();
	}
}

/** `rollcall simulate`: the simulator alone, until the program is told to end. */
export async function simulate(command: CommandOf<'simulate'>, parts: SimulatedParts): Promise<ExitCode> {
	const { scenario, port, speed, common } = command;
	const { io } = parts;
	const simulator = await startSimulator(scenario, { port, speed, ...inRegion(common.region) }, parts);
	const { url, region, accountId, deploymentId, isFleet } = simulator;
	if (!isFleet) {
		io.out(`${url} answers for ${region}, account ${accountId}\n`);
		io.out(`rollcall watch ${deploymentId} --region ${region} --endpoint-url ${url}\n`);
	} else {
		io.out(fleetInstructions(simulator, simulator.credentials));
	}
	await aborted(io.signal);
	await simulator.close();
	return exitCodes.succeeded;
}

const inRegion = (region: string | undefined) => (region === undefined ? {} : { region });

async function startSimulator(
	scenario: string,
	options: SimulatorOptions,
	{ start }: SimulatedParts,
): Promise<RunningSimulator> {
	try {
		return await start(scenario, options);
	} catch (error) {
		if (!isSystemError(error)) throw error;
		throw new UsageError(
			`the simulator cannot listen on port ${options.port ?? 0}: ${error.code}; try another --port`,
		);
	}
}
