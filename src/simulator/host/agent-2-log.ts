import { trafficEvents } from '../world/mishap.ts';
import type { HookRun, LogEntry } from './hook-run.ts';
import { plainTime } from './moments.ts';

/** What the second generation of the agent writes: other words, UTC, no process. */
export function runLinesOfAgent2(runs: readonly HookRun[], offsetMs: number): readonly LogEntry[] {
	return runs
		.filter(({ event }) => !trafficEvents.has(event.name))
		.flatMap(run => {
			const { startedAt, event, deployment, failure, report } = run;
			const place = `deployment{deployment_id=${deployment.id} command=${event.name} app=${deployment.group.applicationName}}`;
			const line = (at: number, level: string, text: string): LogEntry => ({
				at,
				text: `${plainTime(at + offsetMs)} ${level.padStart(5)} ${place}: ${text}`,
			});
			const begins = line(startedAt, 'INFO', 'Command started');
			if (event.endedAt === undefined) return [begins];
			const elapsed = `elapsed_ms=${event.endedAt - startedAt}`;
			const message = report?.message ?? event.diagnostics?.message ?? '';
			return event.status === 'Failed' && failure !== undefined
				? [begins, line(event.endedAt, 'INFO', `Command failed ${elapsed} error=${message}`)]
				: [begins, line(event.endedAt, 'INFO', `Command succeeded ${elapsed}`)];
		});
}
