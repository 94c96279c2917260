import { readFileSync } from 'node:fs';
import type { AuditTrail } from './actions/audit.ts';
import { auditPath, createAuditFile, createMemoryAudit } from './cli/audit-file.ts';
import type { Command, CommonOptions } from './cli/command.ts';
import { completionScript } from './cli/completion-scripts.ts';
import { configure } from './cli/configure.ts';
import { chooseContexts } from './cli/contexts.ts';
import { forgetAwsSettings, lendProfiles } from './cli/demo-environment.ts';
import { type ExitCode, exitCodes } from './cli/exit-codes.ts';
import { type DrawnScreen, type HoldParts, holdScreen } from './cli/hold-screen.ts';
import { tellIamPolicy } from './cli/iam-policy.ts';
import type { Io } from './cli/io.ts';
import { createReportFolder, createTemporaryReports, reportsPath } from './cli/report-file.ts';
import { runToEnd } from './cli/run-to-end.ts';
import { scenarioList, scenarioNamed } from './cli/scenario-list.ts';
import type { ContextOptions } from './cli/settings.ts';
import type { WatchParts } from './cli/start-watch.ts';
import { catchConsole } from './cli/stray-output.ts';
import { UsageError } from './cli/usage-error.ts';
import { asDeploymentId } from './domain/ids.ts';
import { logNamesWith } from './gateway/logs.ts';
import { aborted } from './lib/abort.ts';
import { systemClock } from './lib/clock.ts';
import { systemRandom } from './lib/random.ts';
import { isSystemError } from './lib/system-error.ts';
import type { Simulator } from './simulator/simulator.ts';
import type { KeepReport } from './view/report.ts';

/**
 * The composition root: argv → command → wire → run → exit code. The only place that exits.
 * Heavy rooms (Ink, the simulator, the SDK) are loaded when a command needs them.
 */
async function run(args: readonly string[], version: string, io: Io): Promise<ExitCode> {
	const command = await configure(args, version, io.env);
	switch (command.type) {
		case 'print':
			io.out(command.text);
			return exitCodes.succeeded;
		case 'list-scenarios':
			io.out(scenarioList(await loadScenarios()));
			return exitCodes.succeeded;
		case 'iam-policy':
			return tellIamPolicy(command.features, io);
		case 'simulate':
			return simulate(command, io);
		case 'demo':
			return demo(command, io, version);
		case 'watch':
			return openWatch(command, io, version, keptRecords(io));
		case 'fleet':
			return openFleet(command, chooseContexts(command.common, io.env), io, version, keptRecords(io));
		case 'pick':
			return openPicker(command, io, version);
		case 'status':
			return (await import('./cli/status.ts')).status(command, watchParts(io, version, createMemoryAudit()));
		case 'wait':
			return (await import('./cli/wait.ts')).wait(command, watchParts(io, version, createMemoryAudit()));
		case 'list': {
			const { list } = await import('./cli/list.ts');
			const contexts = chooseContexts(command.common, io.env);
			return list(command, contexts, watchParts(io, version, createMemoryAudit()));
		}
		case 'completion':
			io.out(completionScript(command.shell));
			return exitCodes.succeeded;
		case 'complete':
			return (await import('./cli/tell-completions.ts')).tellCompletions(command.words, io, loadScenarios);
		case 'config':
			return (await import('./cli/config.ts')).tellConfig(command, io);
		case 'diagnose': {
			const { diagnose } = await import('./cli/diagnose.ts');
			const parts = watchParts(io, version, createAuditFile(auditPath(io.env)));
			return diagnose(command, { ...parts, version });
		}
		case 'lint':
			return (await import('./cli/lint.ts')).lint(command, {
				...watchParts(io, version, createMemoryAudit()),
				version,
			});
		case 'doctor': {
			const parts = watchParts(io, version, createAuditFile(auditPath(io.env)));
			return (await import('./cli/doctor.ts')).doctor(command, parts);
		}
	}
}

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>;

async function openWatch(
	command: CommandOf<'watch'>,
	io: Io,
	version: string,
	records: Records,
): Promise<ExitCode> {
	const { watch } = await import('./cli/watch.ts');
	const looks = looksOf(command.common, io.env);
	return watch(command, {
		...watchParts(io, version, records.audit),
		openScreen: (opened, signal) => {
			const refresh = () => opened.engine.nudge();
			const drawn = { ...opened, ...records, ...looks, version, refresh };
			return draw(drawn, { io, signal }, ({ openScreen }, parts) => openScreen(parts));
		},
	});
}

/** Everything in flight: on a terminal the screen, elsewhere the list of it, once. */
async function openFleet(
	command: CommandOf<'fleet'>,
	contexts: readonly ContextOptions[],
	io: Io,
	version: string,
	records: Records,
): Promise<ExitCode> {
	const parts = watchParts(io, version, records.audit);
	const { common } = command;
	if (!io.isInteractive) {
		const { list } = await import('./cli/list.ts');
		return list({ type: 'list', activeOnly: true, format: 'text', common }, contexts, parts);
	}
	const { fleet } = await import('./cli/fleet.ts');
	return fleet(command, contexts, {
		...parts,
		openScreen: (opened, signal) => {
			const drawn = { ...opened, ...records, ...looksOf(common, io.env), version };
			return draw(drawn, { io, signal }, ({ openFleetScreen }, made) => openFleetScreen(made));
		},
	});
}

/** Lets the user choose what to watch. */
async function openPicker(command: CommandOf<'pick'>, io: Io, version: string): Promise<ExitCode> {
	const { pick } = await import('./cli/pick.ts');
	const records = keptRecords(io);
	const drawn = { ...records, ...looksOf(command.common, io.env), version };
	return pick(command, {
		...watchParts(io, version, records.audit),
		openScreen: (opened, signal) =>
			draw({ ...opened, ...drawn }, { io, signal }, ({ openPickerScreen }, made) => openPickerScreen(made)),
	});
}

/** What is left on the disk. */
type Records = { readonly audit: AuditTrail; readonly keepReport: KeepReport };

const keptRecords = ({ env }: Io): Records => ({
	audit: createAuditFile(auditPath(env)),
	keepReport: createReportFolder(reportsPath(env)),
});

type Looks = Pick<CommonOptions, 'ascii' | 'theme' | 'notifications' | 'screenReader'>;

const looksOf = ({ ascii, theme, notifications, screenReader }: CommonOptions, env: Io['env']): Looks => ({
	ascii,
	// Ink's own switch for it.
	screenReader: screenReader ?? env.INK_SCREEN_READER === 'true',
	...(theme && { theme }),
	...(notifications && { notifications }),
});

/** What everything that watches is made with. */
function watchParts(io: Io, version: string, audit: AuditTrail): WatchParts {
	// The SDK's hints are no use to who reads the lines, or the one line that says what is wrong.
	catchConsole(() => {});
	return {
		io,
		audit,
		clock: systemClock,
		random: systemRandom,
		async connect({ profile, region, endpointUrl, logGroups }, gate) {
			const { connectAws } = await import('./gateway/aws/connect.ts');
			return connectAws({
				profile,
				// The SDK knows the first of these variables only, the AWS CLI both.
				region: region ?? (io.env.AWS_REGION || io.env.AWS_DEFAULT_REGION || undefined),
				endpointUrl,
				clock: systemClock,
				gate,
				userAgent: `rollcall/${version}`,
				logNames: logNamesWith(logGroups),
			});
		},
	};
}

/** Gives the terminal back if the screen could not be closed; undefined while nothing is drawn. */
let restoreTerminal: (() => void) | undefined;

type Drawn = Records & Looks & { readonly version: string };
type Terminal = Awaited<ReturnType<typeof terminalOf>>;
type Screens = typeof import('./ui/terminal.tsx');

/** Draws with what the screen needs until the user quits, or `signal` aborts. */
async function draw<Parts extends Drawn & Pick<HoldParts, 'clock' | 'store'>>(
	parts: Parts,
	{ io, signal }: { readonly io: Io; readonly signal: AbortSignal },
	open: (screens: Screens, parts: Parts & Terminal) => DrawnScreen,
): Promise<void> {
	const screens = await import('./ui/terminal.tsx');
	const terminal = await terminalOf(io);
	await holdScreen(() => open(screens, { ...parts, ...terminal }), { ...parts, ...holding, signal });
}

const holding = {
	process,
	onDrawn: (restore: typeof restoreTerminal) => {
		restoreTerminal = restore;
	},
};

async function terminalOf({ env, yieldInterrupts }: Io) {
	const { jobControlOf } = await import('./ui/job-control.ts');
	const { stdout, stdin, platform } = process;
	return { stdout, stdin, platform, env, yieldInterrupts, jobs: jobControlOf(process) };
}

async function openSimulator(
	scenario: string,
	options: { readonly port?: number; readonly speed?: number; readonly region?: string | undefined },
): Promise<Simulator> {
	const { startSimulator } = await import('./simulator/simulator.ts');
	const known = scenarioNamed(scenario, await loadScenarios());
	const { region, ...rest } = options;
	const where = region === undefined ? {} : { region };
	try {
		return await startSimulator({ scenario: known.name, clock: systemClock, ...rest, ...where });
	} catch (error) {
		if (!isSystemError(error)) throw error;
		throw new UsageError(
			`the simulator cannot listen on port ${options.port ?? 0}: ${error.code}; try another --port`,
		);
	}
}

async function loadScenarios() {
	const { scenarios, fleetScenarios } = await import('./simulator/simulator.ts');
	return [...fleetScenarios, ...scenarios];
}

async function demo({ scenario, common }: CommandOf<'demo'>, io: Io, version: string): Promise<ExitCode> {
	const simulator = await openSimulator(scenario, { region: common.region });
	forgetAwsSettings(process.env);
	const records = { audit: createMemoryAudit(), keepReport: createTemporaryReports() };
	try {
		if (simulator.isFleet) return await demoFleet(simulator, common, io, version, records);
		const { profile: _profile, ...options } = common;
		const { region, url: endpointUrl } = simulator;
		const subject = { deploymentId: asDeploymentId(simulator.deploymentId) };
		const watched = { ...options, region, endpointUrl };
		return await openWatch({ type: 'watch', subject, follow: false, common: watched }, io, version, records);
	} finally {
		await simulator.close();
	}
}

async function demoFleet(
	simulator: Simulator,
	common: CommonOptions,
	io: Io,
	version: string,
	records: Records,
): Promise<ExitCode> {
	const { sharedCredentials } = await import('./simulator/profiles.ts');
	const { contextsOf } = await import('./cli/simulated-fleet.ts');
	const takeBack = lendProfiles(process.env, sharedCredentials(simulator.accounts));
	try {
		return await openFleet({ type: 'fleet', common }, contextsOf(simulator, common), io, version, records);
	} finally {
		takeBack();
	}
}

async function simulate(command: CommandOf<'simulate'>, io: Io): Promise<ExitCode> {
	const { scenario, port, speed, common } = command;
	const simulator = await openSimulator(scenario, { port, speed, region: common.region });
	const { url, region, accounts, accountId, deploymentId, isFleet } = simulator;
	if (!isFleet) {
		io.out(`${url} answers for ${region}, account ${accountId}\n`);
		io.out(`rollcall watch ${deploymentId} --region ${region} --endpoint-url ${url}\n`);
	} else {
		const { sharedCredentials } = await import('./simulator/profiles.ts');
		const { fleetInstructions } = await import('./cli/simulated-fleet.ts');
		io.out(fleetInstructions(simulator, sharedCredentials(accounts)));
	}
	await aborted(io.signal);
	await simulator.close();
	return exitCodes.succeeded;
}

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const { version } = manifest as { readonly version: string };

process.exit(
	await runToEnd(process, systemClock, {
		name: `rollcall ${version}, Node.js ${process.version}, ${process.platform} ${process.arch}`,
		run: io => run(process.argv.slice(2), version, io),
		restoreTerminal: () => restoreTerminal?.(),
	}),
);
