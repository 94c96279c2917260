import type { DeploymentId } from '../../domain/ids.ts';
import type { FlakyHost, FlakyHosts } from '../../domain/record/flaky-hosts.ts';
import type { HookFailures, HookTime } from '../../domain/record/hooks.ts';
import { nameRevision } from '../../domain/revision.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import type { PastDeployment } from '../../domain/track-record.ts';
import { formatAge, formatClock, formatDuration } from '../../lib/duration.ts';
import type { RecordReading } from '../../monitor/record/reading.ts';
import { markOf } from '../glyphs.ts';
import { bold, dim, type Line, type Segment, segment } from '../line.ts';
import { starterName } from '../starter.ts';
import { type TableColumn, tableLines } from './table.ts';

/** One table of the record: its lines, and for each of its rows the deployment that it leads to. */
export type RecordTable = { readonly head: Line; readonly rows: readonly RecordRow[] };

/** `key` stays the same whatever else is learned. */
export type RecordRow = {
	readonly line: Line;
	readonly key: string;
	readonly leadsTo?: DeploymentId | undefined;
};

/** What the rows are drawn for. `keepsIds`: whether ids go last, where nothing but them leads on. */
export type TableFrame = { readonly now: number; readonly columns: number; readonly keepsIds: boolean };

/** Of each of the lower tables no more than these. */
const mostRows = 5;

const table = <Row>(
	rows: readonly Row[],
	columns: readonly TableColumn<Row>[],
	width: number,
	meaning: (row: Row) => Omit<RecordRow, 'line'>,
): RecordTable => {
	const laid = tableLines(rows, columns, width);
	return {
		head: laid.head,
		rows: rows.flatMap((row, index) => {
			const line = laid.rows[index];
			return line ? [{ line, ...meaning(row) }] : [];
		}),
	};
};

/** The deployments, newest first. */
export function deploymentsTable(
	deployments: readonly PastDeployment[],
	{ now, columns, keepsIds }: TableFrame,
): RecordTable {
	const all: readonly TableColumn<PastDeployment>[] = [
		{
			head: '  OUTCOME',
			keep: 10,
			cell: ({ deployment: { status } }) => {
				const { glyph, tone } = markOf(status);
				return segment(`${glyph} ${status}`, tone);
			},
		},
		{
			head: 'AGO',
			keep: 8,
			align: 'right',
			cell: ({ deployment: { createdAt } }) => dim(createdAt === undefined ? '' : formatAge(now - createdAt)),
		},
		{
			head: 'TOOK',
			keep: 6,
			align: 'right',
			cell: ({ durationMs }) => segment(durationMs === undefined ? '' : formatDuration(durationMs)),
		},
		{
			head: 'BY',
			keep: 4,
			atLeast: 8,
			cell: ({ deployment: { creator = '' } }) => dim(starterName(creator)),
		},
		{
			head: 'REVISION',
			keep: 5,
			atLeast: 10,
			cell: ({ deployment: { revision } }) => segment(revision ? nameRevision(revision) : ''),
		},
		{ head: 'DEPLOYMENT', keep: keepsIds ? 9 : 3, cell: ({ deployment: { id } }) => dim(id) },
		{ head: 'ROLLBACK', keep: 2, cell: ({ deployment }) => dim(rollbackWords(deployment)) },
		{ head: 'WHY', keep: 7, atLeast: 16, cell: whyCell },
	];
	return table(deployments, all, columns, ({ deployment: { id } }) => ({ key: id, leadsTo: id }));
}

/** A deployment succeeds although some targets fail as long as enough of them are healthy. */
function whyCell({ deployment: { status, overview }, cause }: PastDeployment): Segment {
	if (!cause) return dim('');
	return status === 'Succeeded'
		? dim(`${overview?.failed ?? 0} failed: ${cause.title}`)
		: segment(cause.title);
}

function rollbackWords(deployment: PastDeployment['deployment']): string {
	const link = linkedDeployment(deployment);
	if (!link) return '';
	return link.role === 'rollback' ? `by ${link.id}` : `of ${link.id}`;
}

/** What the hooks of the latest successes took, the slowest first. */
export function hookTimesTable(times: readonly HookTime[], { columns }: TableFrame): RecordTable {
	const shown = times.slice(0, mostRows);
	// A table says the same of all its rows.
	const isP95 = shown.every(({ p95Ms }) => p95Ms !== undefined);
	const all: readonly TableColumn<HookTime>[] = [
		{ head: 'EVENT', keep: 9, atLeast: 12, cell: ({ event }) => segment(event) },
		{ head: 'MEDIAN', keep: 8, align: 'right', cell: ({ medianMs }) => bold(formatClock(medianMs)) },
		{
			head: isP95 ? '95 % WITHIN' : 'SLOWEST',
			keep: 5,
			align: 'right',
			cell: ({ p95Ms, slowestMs }) => segment(formatClock(isP95 ? (p95Ms ?? slowestMs) : slowestMs)),
		},
		{ head: 'OVER', keep: 3, cell: ({ count, deployments }) => dim(`${count} runs in ${deployments}`) },
		{ head: 'LATEST', keep: 6, cell: ({ change }) => changeCell(change) },
	];
	return table(shown, all, columns, ({ event, latestIn }) => ({ key: `time ${event}`, leadsTo: latestIn }));
}

/** Half as long again, and by more than any machine varies. */
const noticeably = { times: 1.5, ms: 5_000 };

function changeCell(change: HookTime['change']) {
	if (!change) return dim('');
	const { latestMs, earlierMs } = change;
	const isSlower = latestMs > earlierMs * noticeably.times && latestMs - earlierMs > noticeably.ms;
	const words = `${formatClock(latestMs)}, ${formatClock(earlierMs)} before${isSlower ? ' ▲' : ''}`;
	return segment(words, isSlower ? 'attention' : 'plain');
}

/** The hooks that failed in the most deployments. */
export function hookFailuresTable(failures: readonly HookFailures[], { columns }: TableFrame): RecordTable {
	const all: readonly TableColumn<HookFailures>[] = [
		{ head: 'EVENT', keep: 9, atLeast: 12, cell: ({ event }) => segment(event) },
		{
			head: 'FAILED',
			keep: 8,
			cell: ({ count, deployments }) =>
				segment(`${count}× in ${deployments.length} deployment${deployments.length === 1 ? '' : 's'}`),
		},
		{ head: 'LATEST', keep: 4, cell: ({ deployments }) => dim(deployments[0] ?? '') },
		{ head: 'SCRIPT', keep: 6, atLeast: 14, cell: ({ script }) => segment(script) },
	];
	return table(failures.slice(0, mostRows), all, columns, ({ event, script, deployments }) => ({
		key: `failure ${event} ${script}`,
		leadsTo: deployments[0],
	}));
}

/** The hosts that failed again and again where others succeeded. */
export function flakyHostsTable(
	{ hosts, outOf }: FlakyHosts,
	names: RecordReading['hostNames'],
	{ columns }: TableFrame,
): RecordTable {
	const all: readonly TableColumn<FlakyHost>[] = [
		{ head: 'HOST', keep: 9, cell: ({ id }) => segment(id) },
		{ head: 'NAME', keep: 7, atLeast: 10, cell: ({ id }) => segment(names.get(id) ?? '') },
		{ head: 'FAILED', keep: 8, cell: ({ failures }) => segment(`${failures.length} of ${outOf}`) },
		{ head: 'AT', keep: 6, atLeast: 14, cell: ({ failures }) => dim(eventCounts(failures)) },
	];
	return table(hosts.slice(0, mostRows), all, columns, ({ id, failures }) => ({
		key: `host ${id}`,
		leadsTo: failures[0]?.deploymentId,
	}));
}

/** `AfterInstall, ApplicationStart 2×`. */
function eventCounts(failures: FlakyHost['failures']): string {
	const events = Map.groupBy(
		failures.flatMap(({ event }) => event ?? []),
		event => event,
	);
	return [...events].map(([event, all]) => (all.length === 1 ? event : `${event} ${all.length}×`)).join(', ');
}
