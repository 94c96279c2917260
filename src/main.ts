import { readFileSync } from 'node:fs';
import type { AuditTrail } from './actions/audit.ts';
import { auditPath, createAuditFile, createMemoryAudit, settleHome } from './cli/audit-file.ts';
import type { Command, CommonOptions } from './cli/command.ts';
import { completionScript } from './cli/completion-scripts.ts';
import { configure } from './cli/configure.ts';
import { chooseContexts } from './cli/contexts.ts';
import { createDebugLogs, type DebugLogs } from './cli/debug-log.ts';
import { type ExitCode, exitCodes } from './cli/exit-codes.ts';
import { type DrawnScreen, type HoldParts, holdScreen } from './cli/hold-screen.ts';
import { tellIamPolicy } from './cli/iam-policy.ts';
import type { Io } from './cli/io.ts';
import { letGoOfLostTerminal } from './cli/lost-terminal.ts';
import { createReportFolder, reportsPath } from './cli/report-file.ts';
import { runToEnd } from './cli/run-to-end.ts';
import { scenarioList, scenarioNamed } from './cli/scenario-list.ts';
import type { ContextOptions } from './cli/settings.ts';
import type { Records, SimulatedParts } from './cli/simulated.ts';
import type { WatchParts } from './cli/start-watch.ts';
import { catchConsole } from './cli/stray-output.ts';
import { logNamesWith } from './gateway/logs.ts';
import { systemClock } from './lib/clock.ts';
import { systemRandom } from './lib/random.ts';

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
			return (await import('./cli/simulated.ts')).simulate(command, simulatedParts(io, version));
		case 'demo':
			return (await import('./cli/simulated.ts')).demo(command, simulatedParts(io, version));
		case 'watch':
			return openWatch(command, io, version, keptRecords(io));
		case 'fleet':
			return openFleet(command, chooseContexts(command.common, io.env), io, version, keptRecords(io));
		case 'pick':
			return openPicker(command, io, version);
		case 'status':
			return (await import('./cli/status.ts')).status(command, watchParts(io, version, createMemoryAudit()));
		case 'wait':
			return (await import('./cli/commands.ts')).wait(command, watchParts(io, version, createMemoryAudit()));
		case 'list': {
			const { list } = await import('./cli/list.ts');
			const contexts = chooseContexts(command.common, io.env);
			return list(command, contexts, watchParts(io, version, createMemoryAudit()));
		}
		case 'deploy':
			return openDeploy(command, io, version, keptRecords(io));
		case 'protect': {
			const parts = watchParts(io, version, createAuditFile(auditPath(io.env)));
			return (await import('./cli/commands.ts')).protect(command, parts);
		}
		case 'completion':
			io.out(completionScript(command.shell));
			return exitCodes.succeeded;
		case 'complete':
			return (await import('./cli/tell-completions.ts')).tellCompletions(command.words, io, loadScenarios);
		case 'config':
			return (await import('./cli/config.ts')).tellConfig(command, io);
		case 'history': {
			const { history } = await import('./cli/commands.ts');
			return history(command, watchParts(io, version, createMemoryAudit()));
		}
		case 'diagnose': {
			const { diagnose } = await import('./cli/commands.ts');
			const parts = watchParts(io, version, createAuditFile(auditPath(io.env)));
			return diagnose(command, { ...parts, version });
		}
		case 'lint':
			return (await import('./cli/lint.ts')).lint(command, {
				...watchParts(io, version, createMemoryAudit()),
				version,
			});
		case 'preflight': {
			const parts = watchParts(io, version, createMemoryAudit());
			return (await import('./cli/commands.ts')).preflight(command, parts);
		}
		case 'doctor': {
			const parts = watchParts(io, version, createAuditFile(auditPath(io.env)));
			return (await import('./cli/commands.ts')).doctor(command, parts);
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
	const { watch } = await import('./cli/commands.ts');
	const looks = looksOf(command.common, io.env);
	return watch(command, {
		...watchParts(io, version, records.audit),
		prepareScreen: loadScreens,
		openScreen: (opened, signal) => {
			const refresh = () => opened.engine.nudge();
			const drawn = { ...opened, ...records, ...looks, version, refresh };
			return draw(drawn, { io, signal }, ({ openScreen }, parts) => openScreen(parts));
		},
	});
}

/** Makes a deployment, then watches it. */
async function openDeploy(
	command: CommandOf<'deploy'>,
	io: Io,
	version: string,
	records: Records,
): Promise<ExitCode> {
	const { deploy } = await import('./cli/commands.ts');
	const { common } = command;
	return deploy(command, {
		...watchParts(io, version, records.audit),
		watch: deploymentId =>
			openWatch({ type: 'watch', subject: { deploymentId }, follow: false, common }, io, version, records),
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
	const { fleet } = await import('./cli/commands.ts');
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
	const { pick } = await import('./cli/commands.ts');
	const records = keptRecords(io);
	const drawn = { ...records, ...looksOf(command.common, io.env), version };
	return pick(command, {
		...watchParts(io, version, records.audit),
		openScreen: (opened, signal) =>
			draw({ ...opened, ...drawn }, { io, signal }, ({ openPickerScreen }, made) => openPickerScreen(made)),
	});
}

/** What is left on the disk. */
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
		async connect({ profile, region, endpointUrl, logGroups, debugLog }, gate) {
			const { connectAws } = await import('./gateway/aws/connect.ts');
			const log = debugLog === undefined ? undefined : debugLogsOf(io).at(debugLog);
			return connectAws({
				profile,
				// The SDK knows the first of these variables only, the AWS CLI both.
				region: region ?? (io.env.AWS_REGION || io.env.AWS_DEFAULT_REGION || undefined),
				endpointUrl,
				clock: systemClock,
				gate,
				log: log && (record => log.write(record, { profile, region })),
				userAgent: `rollcall/${version}`,
				logNames: logNamesWith(logGroups),
			});
		},
	};
}

/** Shared by all connections of this run. */
let debugLogs: DebugLogs | undefined;

function debugLogsOf({ err, isInteractive }: Io): DebugLogs {
	debugLogs ??= createDebugLogs(err, isInteractive);
	return debugLogs;
}

/** Gives the terminal back if the screen could not be closed; undefined while nothing is drawn. */
let restoreTerminal: (() => void) | undefined;

type Drawn = Records & Looks & { readonly version: string };
type Terminal = Awaited<ReturnType<typeof terminalOf>>;
type Screens = typeof import('./ui/terminal.tsx');

const loadScreens = () => import('./ui/terminal.tsx');

/** Draws with what the screen needs until the user quits, or `signal` aborts. */
async function draw<Parts extends Drawn & Pick<HoldParts, 'clock' | 'store'>>(
	parts: Parts,
	{ io, signal }: { readonly io: Io; readonly signal: AbortSignal },
	open: (screens: Screens, parts: Parts & Terminal) => DrawnScreen,
): Promise<void> {
	const screens = await loadScreens();
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

async function loadScenarios() {
	const { scenarios, fleetScenarios } = await import('./simulator/simulator.ts');
	return [...fleetScenarios, ...scenarios];
}

/** What the commands on the simulator are made with. */
function simulatedParts(io: Io, version: string): SimulatedParts {
	return {
		io,
		env: process.env,
		async start(scenario, options) {
			const [{ startSimulator }, { sharedCredentials }] = await Promise.all([
				import('./simulator/simulator.ts'),
				import('./simulator/profiles.ts'),
			]);
			const { name } = scenarioNamed(scenario, await loadScenarios());
			const simulator = await startSimulator({ scenario: name, clock: systemClock, ...options });
			return { ...simulator, credentials: sharedCredentials(simulator.accounts) };
		},
		openWatch: (command, records) => openWatch(command, io, version, records),
		openFleet: (command, contexts, records) => openFleet(command, contexts, io, version, records),
	};
}

settleHome(process.env);
const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const { version } = manifest as { readonly version: string };

const exitCode = await runToEnd(process, systemClock, {
	name: `rollcall ${version}, Node.js ${process.version}, ${process.platform} ${process.arch}`,
	run: io => run(process.argv.slice(2), version, io).finally(() => debugLogs?.tellRest()),
	restoreTerminal: () => restoreTerminal?.(),
});
letGoOfLostTerminal(process);
process.exit(exitCode);
