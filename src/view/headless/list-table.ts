import { type DeploymentSnapshot, deploymentElapsedMs } from '../../domain/deployment.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import { formatDuration, formatMinute } from '../../lib/duration.ts';
import { displayWidth, fitEnd, fitStart, truncateMiddle } from '../../lib/width.ts';
import { markOf } from '../glyphs.ts';
import { howFar, howFarWords } from '../how-far.ts';
import type { ListedDeployment } from './list-json.ts';

type Column = {
	readonly head: string;
	readonly align: 'left' | 'right';
	/** What goes first where there is no room for all. */
	readonly keep: number;
	readonly cells: readonly string[];
};

const between = 2;

/** A name is cut to these cells before a column is left out for it, and to fewer only when there is none to spare. */
const shortName = 20;
const shortestName = 8;
/** Status, id and name are a row; everything else can go. */
const fewestColumns = 3;

/**
 * Deployments as a table with aligned columns: `width` cells at most, as wide as it is where there is no such limit. The
 * place is told where there are several.
 */
export function listTable(
	rows: readonly ListedDeployment[],
	{
		now,
		width,
		hasPlaces,
	}: { readonly now: number; readonly width?: number | undefined; readonly hasPlaces: boolean },
): readonly string[] {
	const column = (
		head: string,
		keep: number,
		cellOf: (row: ListedDeployment) => string,
		align: Column['align'] = 'left',
	): Column => ({ head, keep, align, cells: rows.map(cellOf) });
	const all: readonly Column[] = [
		column('STATUS', 9, ({ deployment: { status } }) => `${markOf(status).glyph} ${status}`),
		column('DEPLOYMENT', 10, ({ deployment }) => deployment.id),
		column('APPLICATION / GROUP', 8, ({ deployment }) => nameOf(deployment)),
		column('DONE', 7, ({ deployment }) => doneOf(deployment), 'right'),
		column('FAILED', 6, ({ deployment }) => failedOf(deployment), 'right'),
		column('TOOK', 4, ({ deployment }) => tookOf(deployment, now), 'right'),
		column('CREATED', 3, ({ deployment: { createdAt } }) =>
			createdAt === undefined ? '' : formatMinute(createdAt),
		),
		column('BY', 1, ({ deployment }) => deployment.creator ?? ''),
		column('ROLLBACK', 2, ({ deployment }) => rollbackOf(deployment)),
		...(hasPlaces ? [column('PLACE', 5, ({ place }) => place.label)] : []),
	];
	const columns = fitted(
		all.filter(({ cells }) => cells.some(text => text !== '')),
		width ?? Infinity,
	);
	const widths = columns.map(widthOf);
	return [
		columns.map(({ head }) => head),
		...rows.map((_, index) => columns.map(({ cells }) => cells[index] ?? '')),
	].map(cells =>
		cells
			.map((text, at) => (columns[at]?.align === 'right' ? fitStart : fitEnd)(text, widths[at] ?? 0))
			.join(' '.repeat(between))
			.trimEnd(),
	);
}

const widthOf = ({ head, cells }: Column): number => Math.max(displayWidth(head), ...cells.map(displayWidth));

/** Cuts the names as far as they can be cut, then leaves out columns, the least important first. */
function fitted(columns: readonly Column[], width: number): readonly Column[] {
	const needed = columns.reduce((sum, each) => sum + widthOf(each) + between, -between);
	if (needed <= width) return columns;
	const names = columns.find(({ keep }) => keep === 8);
	const others = needed - (names ? widthOf(names) : 0);
	const least = columns.length > fewestColumns ? shortName : shortestName;
	if (names && width - others >= Math.min(least, widthOf(names))) {
		const room = width - others;
		const cells = names.cells.map(text => truncateMiddle(text, room));
		const cut = { ...names, head: truncateMiddle(names.head, room), cells };
		return columns.map(each => (each === names ? cut : each));
	}
	if (columns.length === 1) return columns;
	const first = columns.reduce((low, each) => (each.keep < low.keep ? each : low));
	return fitted(
		columns.filter(each => each !== first),
		width,
	);
}

const nameOf = ({ application, group }: DeploymentSnapshot): string =>
	application === undefined ? '' : `${application} / ${group ?? '?'}`;

const doneOf = ({ overview }: DeploymentSnapshot): string => howFarWords(howFar(undefined, overview));

const failedOf = ({ overview }: DeploymentSnapshot): string =>
	overview && overview.failed > 0 ? `${overview.failed}` : '';

function tookOf(deployment: DeploymentSnapshot, now: number): string {
	const elapsed = deploymentElapsedMs(deployment, now);
	return elapsed === undefined ? '' : formatDuration(elapsed);
}

function rollbackOf(deployment: DeploymentSnapshot): string {
	const link = linkedDeployment(deployment);
	if (!link) return '';
	return link.role === 'rollback' ? `by ${link.id}` : `of ${link.id}`;
}
