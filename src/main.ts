import { readFileSync } from 'node:fs';
import type { AuditTrail } from './actions/audit.ts';
import { auditPath, createAuditFile, noAudit } from './cli/audit-file.ts';
import type { Command } from './cli/command.ts';
import { type ExitCode, exitCodes } from './cli/exit-codes.ts';
import { NoAwsError } from './cli/first-picture.ts';
import type { Io } from './cli/io.ts';
import { parseArguments } from './cli/parse-arguments.ts';
import { processIo } from './cli/process-io.ts';
import { UsageError } from './cli/usage-error.ts';
import { type Watch, watch } from './cli/watch.ts';
import { asDeploymentId } from './domain/ids.ts';
import { GatewayFailure } from './gateway/failure.ts';
import { systemClock } from './lib/clock.ts';
import { systemRandom } from './lib/random.ts';
import type { ScenarioName, Simulator } from './simulator/simulator.ts';

/**
 * The composition root: argv → command → wire → run → exit code. The only place that exits.
 * Heavy rooms (Ink, the simulator, the SDK) are loaded when a command needs them.
 */
async function run(args: readonly string[], version: string, io: Io): Promise<ExitCode> {
	const command = parseArguments(args, version);
	switch (command.type) {
		case 'print':
			io.out(command.text);
			return exitCodes.succeeded;
		case 'list-scenarios':
			return listScenarios(io);
		case 'simulate':
			return simulate(command, io);
		case 'demo':
			return demo(command, io, version);
		case 'watch':
			return startWatch(command, io, version, createAuditFile(auditPath(io.env)));
	}
}

async function startWatch(
	command: Extract<Command, { type: 'watch' }>,
	io: Io,
	version: string,
	audit: AuditTrail,
): Promise<ExitCode> {
	return watch(command, {
		io,
		audit,
		clock: systemClock,
		random: systemRandom,
		async connect({ profile, region, endpointUrl }, gate) {
			const { connectAws } = await import('./gateway/aws/connect.ts');
			const userAgent = `rollcall/${version}`;
			return connectAws({ profile, region, endpointUrl, clock: systemClock, gate, userAgent });
		},
		openScreen: (opened, signal) => drawScreen(opened, command.common.ascii, io, signal),
	});
}

async function drawScreen(
	{ store, runner, engine, clock }: Watch,
	ascii: boolean,
	io: Io,
	signal: AbortSignal,
) {
	const { openScreen } = await import('./ui/terminal.tsx');
	const { stdout, stdin, platform } = process;
	const refresh = () => engine.nudge();
	const screen = openScreen({ store, runner, clock, refresh, stdout, stdin, env: io.env, platform, ascii });
	signal.addEventListener('abort', () => screen.close(), { once: true });
	if (signal.aborted) screen.close();
	await screen.closed;
}

async function openSimulator(
	scenario: string,
	options: { port?: number; speed?: number },
): Promise<Simulator> {
	const { startSimulator, scenarios } = await import('./simulator/simulator.ts');
	const known = scenarios.find(({ name }) => name === scenario);
	if (!known) {
		const names = scenarios.map(({ name }) => name).join(', ');
		throw new UsageError(`there is no scenario “${scenario}”: expected one of ${names}`);
	}
	const name: ScenarioName = known.name;
	try {
		return await startSimulator({ scenario: name, clock: systemClock, ...options });
	} catch (error) {
		if (!isSystemError(error)) throw error;
		throw new UsageError(
			`the simulator cannot listen on port ${options.port ?? 0}: ${error.code}; try another --port`,
		);
	}
}

async function listScenarios(io: Io): Promise<ExitCode> {
	const { scenarios } = await import('./simulator/simulator.ts');
	const width = Math.max(...scenarios.map(({ name }) => name.length));
	for (const { name, title } of scenarios) io.out(`${name.padEnd(width)}  ${title}\n`);
	return exitCodes.succeeded;
}

async function demo(command: Extract<Command, { type: 'demo' }>, io: Io, version: string): Promise<ExitCode> {
	const simulator = await openSimulator(command.scenario, {});
	// Credentials of the machine must not be looked for, let alone sent, even to the loopback address.
	Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'demo', AWS_SECRET_ACCESS_KEY: 'demo' });
	for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN']) delete process.env[name];
	const { profile: _profile, ...common } = command.common;
	const deploymentId = asDeploymentId(simulator.deploymentId);
	const where = { region: simulator.region, endpointUrl: simulator.url };
	try {
		const watched = { type: 'watch', deploymentId, common: { ...common, ...where } } as const;
		return await startWatch(watched, io, version, noAudit);
	} finally {
		await simulator.close();
	}
}

async function simulate(command: Extract<Command, { type: 'simulate' }>, io: Io): Promise<ExitCode> {
	const simulator = await openSimulator(command.scenario, { port: command.port, speed: command.speed });
	io.out(`${simulator.url} answers for ${simulator.region}, account ${simulator.accountId}\n`);
	io.out(
		`rollcall watch ${simulator.deploymentId} --region ${simulator.region} --endpoint-url ${simulator.url}\n`,
	);
	await new Promise<void>(resolve => {
		if (io.signal.aborted) resolve();
		io.signal.addEventListener('abort', () => resolve(), { once: true });
	});
	await simulator.close();
	return exitCodes.succeeded;
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
	return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** The exit code for what was thrown, told in one line; a defect of ours is told in full. */
function explain(error: unknown, io: Io): ExitCode {
	if (error instanceof UsageError) {
		io.err(`rollcall: ${error.message}\n`);
		return exitCodes.usage;
	}
	if (error instanceof NoAwsError) {
		io.err(`rollcall: ${error.message}\n`);
		return exitCodes.noAws;
	}
	if (error instanceof GatewayFailure) {
		io.err(`rollcall: ${error.details.detail}\n`);
		return error.kind === 'invalid' ? exitCodes.usage : exitCodes.noAws;
	}
	io.err(
		`rollcall: this is a defect of rollcall, not of your deployment: ${error instanceof Error ? error.stack : String(error)}\n`,
	);
	return exitCodes.crashed;
}

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const { version } = manifest as { readonly version: string };
const { io, exitCodeOfSignal, crash } = processIo(process);
let code: number = exitCodes.succeeded;
try {
	code = await run(process.argv.slice(2), version, io);
	const broken = crash();
	if (broken !== undefined) throw broken;
} catch (error) {
	code = explain(error, io);
}
process.exit(exitCodeOfSignal() ?? code);
