import { displayWidth, fitEnd, fitStart } from '../../lib/width.ts';
import { dim, gap, type Line, line, type Segment } from '../line.ts';

/** A column of a table whose widths follow what is in it. */
export type TableColumn<Row> = {
	readonly head: string;
	/** The lowest goes first where there is no room for all. */
	readonly keep: number;
	readonly align?: 'right';
	/** It may be cut to this many cells before a column goes. */
	readonly atLeast?: number;
	readonly cell: (row: Row) => Segment;
};

type Laid<Row> = { readonly column: TableColumn<Row>; readonly width: number };

const between = 2;

/** Heading and rows in `width` cells, with one of air on the left; columns without any text are left out. */
export function tableLines<Row>(
	rows: readonly Row[],
	columns: readonly TableColumn<Row>[],
	width: number,
): { readonly head: Line; readonly rows: readonly Line[] } {
	const filled = columns.filter(({ cell }) => rows.some(row => cell(row).text !== ''));
	const laid = fitColumns(filled, rows, width - 2);
	const lineOf = (segmentOf: (column: TableColumn<Row>) => Segment): Line =>
		line(
			...laid.flatMap(({ column, width: cells }, index) => {
				const part = segmentOf(column);
				const text = (column.align === 'right' ? fitStart : fitEnd)(part.text, cells);
				return [gap(index === 0 ? 1 : between), { ...part, text }];
			}),
		);
	return {
		head: lineOf(({ head }) => dim(head)),
		rows: rows.map(row => lineOf(({ cell }) => cell(row))),
	};
}

/** Cuts what may be cut, the last column first, then leaves out columns, the least important first. */
function fitColumns<Row>(
	columns: readonly TableColumn<Row>[],
	rows: readonly Row[],
	room: number,
): readonly Laid<Row>[] {
	const natural = columns.map(column => ({ column, width: widthOf(column, rows) }));
	let over = natural.reduce((sum, { width }) => sum + width + between, -between) - room;
	const cut = natural.toReversed().map(({ column, width }) => {
		const least = Math.min(width, column.atLeast ?? width);
		const taken = Math.max(0, Math.min(over, width - least));
		over -= taken;
		return { column, width: width - taken };
	});
	const [first] = cut;
	if (over <= 0 || !first) return cut.toReversed();
	if (cut.length === 1) return [{ ...first, width: Math.max(1, first.width - over) }];
	const least = columns.reduce((low, each) => (each.keep < low.keep ? each : low));
	return fitColumns(
		columns.filter(each => each !== least),
		rows,
		room,
	);
}

const widthOf = <Row>({ head, cell }: TableColumn<Row>, rows: readonly Row[]): number =>
	rows.reduce((most, row) => Math.max(most, displayWidth(cell(row).text)), displayWidth(head));
