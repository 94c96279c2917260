import type { Deployment } from '../world/deployment.ts';
import type { Host } from '../world/host.ts';
import { agentGeneration } from '../world/machine.ts';
import type { World } from '../world/world.ts';
import { agentLog, agentLogBegins } from './agent-log.ts';
import { agentStartedAt } from './agent-process.ts';
import { hasAgent } from './agent-state.ts';
import { bundleFiles } from './bundle.ts';
import { createFileSystem, type FileEntry, type FileSystem } from './file-system.ts';
import { type HookRun, runsOn } from './hook-run.ts';
import { textFile } from './host-file.ts';
import { below, type Layout, layoutOf } from './layout.ts';
import { deploymentsLog, scriptsLog } from './script-logs.ts';

/** What lies on the disk of a machine at this moment, as far as its CodeDeploy agent is concerned. */
export function filesOf(world: World, host: Host): FileSystem {
	const layout = layoutOf(host.machine);
	if (!hasAgent(host)) return createFileSystem([], layout.separator);
	const runs = runsOn(world, host);
	const deployments = Map.groupBy(runs, ({ deployment }) => deployment);
	return createFileSystem(
		[
			...ownFiles(world, host, layout, runs),
			...[...deployments].flatMap(([deployment, its]) =>
				deploymentFiles(world, host, layout, deployment, its),
			),
			...instructionFiles(layout, deployments),
		],
		layout.separator,
	);
}

function ownFiles(world: World, host: Host, layout: Layout, runs: readonly HookRun[]): readonly FileEntry[] {
	const { machine, ailment } = host;
	const bornAt = machine.launchedAt;
	const clockOffsetMs = ailment?.clockOffsetMs ?? 0;
	// The second generation has not written this one so far.
	const shared =
		agentGeneration(machine) === 1 ? deploymentsLog(runs, clockOffsetMs, ailment?.logs) : undefined;
	const log = agentLog(world, host, runs, agentLogBegins(world, host)) ?? [];
	return [
		file(layout.version, bornAt, () => `agent_version: ${machine.agentVersion}\n`),
		file(layout.config, bornAt, () => config(host, layout)),
		file(layout.agentLog, log.at(-1)?.at ?? agentStartedAt(host), () =>
			log.map(({ text }) => `${text}\n`).join(''),
		),
		...(shared === undefined
			? []
			: [
					{
						path: below(layout, 'deployment-logs', 'codedeploy-agent-deployments.log'),
						modifiedAt: lastAt(runs),
						open: () => shared,
					},
				]),
	];
}

function deploymentFiles(
	world: World,
	host: Host,
	layout: Layout,
	deployment: Deployment,
	runs: readonly HookRun[],
): readonly FileEntry[] {
	const { ailment, machine } = host;
	const { group, id } = deployment;
	const inFolder = (...names: readonly string[]) => below(layout, group.id, id, ...names);
	if (ailment?.hasLostInstall && id === host.installedBy) return [];
	const isRunning = runs.some(({ event, output }) => event.endedAt === undefined && output.length > 0);
	const marks = isRunning ? [file(below(layout, 'ongoing-deployment', id), lastAt(runs), () => 'cmd-5')] : [];
	const log = scriptsLog(runs, ailment?.clockOffsetMs ?? 0, ailment?.logs);
	const logs = log
		? [{ path: inFolder('logs', 'scripts.log'), modifiedAt: lastAt(runs), open: () => log }]
		: [];
	const download = runs.find(({ event }) => event.name === 'DownloadBundle' && event.status === 'Succeeded');
	if (download === undefined) return [...marks, ...logs];
	const bundle = [...bundleFiles(world, deployment, machine.platform)].map(([name, text]) =>
		file(inFolder('deployment-archive', ...name.split('/')), download.startedAt, () => text),
	);
	return [...marks, ...logs, ...bundle];
}

/** What the agent notes for the next deployment of the group. */
function instructionFiles(
	layout: Layout,
	deployments: ReadonlyMap<Deployment, readonly HookRun[]>,
): readonly FileEntry[] {
	return [...deployments].flatMap(([{ group, id }, runs]) => {
		const installed = runs.find(({ event }) => event.name === 'Install' && event.status === 'Succeeded');
		const at = runs[0]?.startedAt ?? 0;
		const note = (name: string, text: string) =>
			file(below(layout, 'deployment-instructions', `${group.id}${name}`), at, () => text);
		const folder = below(layout, group.id, id);
		if (installed === undefined) return [note('_most_recent_install', folder)];
		const destination = `/opt/${group.applicationName}`;
		return [
			note('_most_recent_install', folder),
			note('_last_successful_install', folder),
			note('-cleanup', `${destination}/server.js\n${destination}/package.json\n`),
			note('-install.json', JSON.stringify({ instructions: [{ type: 'mkdir', directory: destination }] })),
		];
	});
}

function config({ ailment }: Host, { root, agentLog: log, separator }: Layout): string {
	const folder = log.slice(0, log.lastIndexOf(separator));
	return [
		'---',
		':log_aws_wire: false',
		`:log_dir: '${folder}'`,
		":pid_dir: '/opt/codedeploy-agent/state/.pid/'",
		':program_name: codedeploy-agent',
		`:root_dir: '${root}'`,
		':verbose: false',
		':wait_between_runs: 1',
		':proxy_uri:',
		':max_revisions: 5',
		...(ailment?.agent === 'denied' ? [':enable_auth_policy: true'] : []),
		'',
	].join('\n');
}

function file(path: string, modifiedAt: number, text: () => string): FileEntry {
	return { path, modifiedAt, open: () => textFile(text()) };
}

function lastAt(runs: readonly HookRun[]): number {
	const last = runs.findLast(({ output }) => output.length > 0);
	return last?.output.at(-1)?.at ?? 0;
}
