import { usualHook } from '../data/hook-output.ts';
import { hostileDiagnostics } from '../data/hostile-text.ts';
import { isDeaf } from '../world/ailment.ts';
import type { Deployment } from '../world/deployment.ts';
import { type HookReport, retell } from '../world/diagnose.ts';
import type { Host } from '../world/host.ts';
import { failureOn } from '../world/mishap.ts';
import { revisionKey } from '../world/revision.ts';
import type { Failure } from '../world/script.ts';
import type { LifecycleEvent } from '../world/target.ts';
import type { World } from '../world/world.ts';

/** One event of one deployment on one machine, as far as the machine's agent heard of it. */
export type HookRun = {
	readonly deployment: Deployment;
	readonly event: LifecycleEvent;
	readonly startedAt: number;
	readonly failure: Failure | undefined;
	/** What the agent will report, or has reported, of a failure that the corpus knows. */
	readonly report: HookReport | undefined;
	/** The script that runs, if the AppSpec names one. */
	readonly script: string | undefined;
	/** What has been written to the logs of scripts, oldest first. */
	readonly output: readonly LogEntry[];
};

/** A line of a log, without what is written before it. Times are the world's, whatever the machine's clock says. */
export type LogEntry = { readonly at: number; readonly text: string };

/** How fast a script talks, in scripted milliseconds. */
const lineMs = 250;

/** Everything that has run on a machine, oldest first. */
export function runsOn(world: World, host: Host): readonly HookRun[] {
	const runs: HookRun[] = [];
	let installedBy: Deployment | undefined;
	for (const deployment of world.deployments.values()) {
		const target = deployment.targets?.find(({ id }) => id === host.id);
		if (target === undefined) continue;
		for (const event of target.events) {
			if (event.startedAt === undefined) continue;
			const run = runOf(world, host, deployment, event, event.startedAt, installedBy);
			if (run) runs.push(run);
		}
		const isInstalled = target.events.some(each => each.name === 'Install' && each.status === 'Succeeded');
		if (isInstalled) installedBy = deployment;
	}
	return runs;
}

function runOf(
	world: World,
	host: Host,
	deployment: Deployment,
	event: LifecycleEvent,
	startedAt: number,
	installed: Deployment | undefined,
): HookRun | undefined {
	const { ailment, terminatedAt = Number.POSITIVE_INFINITY } = host;
	const ailsSince = ailment?.since ?? Number.POSITIVE_INFINITY;
	if (startedAt >= terminatedAt || (isDeaf(ailment) && startedAt >= ailsSince)) return undefined;
	const scriptOf = ({ revision }: Deployment) => world.scripts.get(revisionKey(revision));
	const script = scriptOf(deployment) ?? {};
	const installedBy = installed?.id;
	// What ails a machine now did not when it was deployed to before.
	const then = startedAt < ailsSince ? { ...host, ailment: undefined } : host;
	const before = installed && scriptOf(installed);
	// What would go wrong now need not have gone wrong then.
	const failure =
		event.status === 'Succeeded' ? undefined : failureOn(script, then, event.name, before)?.failure;
	const place = { event: event.name, groupId: deployment.group.id, deploymentId: deployment.id, installedBy };
	const report = failure?.type === 'agent' ? retell(failure, place) : undefined;
	const text = textOf(host, deployment, event.name, failure, report, installedBy);
	return {
		deployment,
		event,
		startedAt,
		failure,
		report,
		script: /^Script - (.*)$/m.exec(text)?.[1],
		output: timed(world, then, event, startedAt, text),
	};
}

/** What is written to scripts.log, without the times. */
function textOf(
	{ machine }: Host,
	{ group }: Deployment,
	event: string,
	failure: Failure | undefined,
	report: HookReport | undefined,
	installedBy: string | undefined,
): string {
	if (report !== undefined) return report.scriptsLog;
	if (failure?.type === 'authored') return failure.diagnostics.logTail;
	const hook = usualHook(event, group.applicationName, machine.platform);
	// On a machine that is new there is nothing to stop.
	if (hook === undefined || (event === 'ApplicationStop' && installedBy === undefined)) return '';
	return [`LifecycleEvent - ${event}`, `Script - ${hook.script}`, ...hook.output]
		.map(line => `${line}\n`)
		.join('');
}

/** The lines that have been written by now. */
function timed(
	world: World,
	{ ailment, terminatedAt = Number.POSITIVE_INFINITY }: Host,
	{ endedAt = Number.POSITIVE_INFINITY }: LifecycleEvent,
	startedAt: number,
	text: string,
): readonly LogEntry[] {
	const logs = ailment?.logs;
	if (text === '' || logs?.type === 'empty') return [];
	const all = [...text.slice(0, -1).split('\n'), ...(logs?.type === 'hostile' ? hostileLines : [])];
	const until = Math.min(world.clockwork.now - (logs?.type === 'late' ? logs.byMs : 0), terminatedAt);
	return all
		.map((line, index) => ({
			at: Math.min(endedAt, Math.round(startedAt + (index * lineMs) / world.speed)),
			text: line,
		}))
		.filter(({ at }) => at <= until);
}

/** What a terminal must not be shown, line by line. */
export const hostileLines: readonly string[] = hostileDiagnostics.flatMap(({ logTail }) =>
	logTail.slice(0, -1).split('\n').slice(2),
);
