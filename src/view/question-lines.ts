import type { ImpactRow } from '../actions/action.ts';
import { displayWidth } from '../lib/width.ts';
import type { Confirmation } from '../monitor/ui-state.ts';
import type { UserKeys } from '../monitor/user-keys.ts';
import { keyIn } from './keys/hint.ts';
import {
	bold,
	dim,
	fitParts,
	gap,
	joinParts,
	type Line,
	line,
	type Part,
	segment,
	segmentsWidth,
	spread,
	spreadCutting,
	type Tone,
} from './line.ts';
import { layOutPager, type PagerRow } from './pager.ts';

/** What is asked, and about what. */
export function questionTitle(title: string, about: string, columns: number, place = ''): Line {
	const parts: readonly Part[] = [
		{ segments: [bold(title, 'attention')], keep: 2 },
		{ segments: [segment(about)], keep: 1 },
	];
	const room = columns - 2 - (place === '' ? 0 : place.length + 2);
	const right = place === '' ? [] : [bold(place, 'attention')];
	return spreadCutting(joinParts(fitParts(parts, room, 2), 2), right, columns);
}

/** Who is affected how: in two columns, or one below the other where the second would be too narrow to read. */
export function impactLines(rows: readonly ImpactRow[], columns: number): readonly Line[] {
	const whatWidth = Math.max(0, ...rows.map(row => displayWidth(row.what)));
	const isNarrow = columns - whatWidth < 40;
	return rows.flatMap(({ what, outcome }) => {
		const arrow = dim('→ ');
		const row: PagerRow = {
			gutter: isNarrow ? [gap(4), arrow] : [gap(2), segment(what.padEnd(whatWidth)), gap(2), arrow],
			text: [bold(outcome)],
			isError: false,
		};
		const told = layOutPager([row], { wrap: true, search: '' }, columns).lines;
		return isNarrow ? [spread([gap(2), segment(what)], [], columns), ...told] : told;
	});
}

/** A text that wraps. */
export function paragraph(text: string, columns: number, tone: Tone): readonly Line[] {
	const row = { gutter: [gap(2)], text: [segment(text, tone)], isError: false };
	return layOutPager([row], { wrap: true, search: '' }, columns).lines;
}

/** The answer, with Cancel or the field in the focus. */
export function answerLines(
	confirmation: Confirmation,
	title: string,
	columns: number,
	userKeys: UserKeys,
): readonly Line[] {
	if (confirmation.sending) return [line(gap(3), bold('sending'), dim(` · ${rereadWords(confirmation)}`))];
	const { token, typed } = confirmation;
	if (token === undefined) {
		const cancel = [gap(2), segment(' Cancel ', 'chip'), bold(`  ${keyIn('confirm', 'cancel', userKeys)}`)];
		return [
			spread(
				[...cancel, gap(5), bold(keyIn('confirm', 'confirm', userKeys)), segment(` ${title}`)],
				[],
				columns,
			),
		];
	}
	const complete = typed === token;
	const enter = keyIn('confirm-typed', 'confirm', userKeys);
	const long = [gap(2), bold(token), segment(' is protected. Type its name to confirm:')];
	const short = [gap(2), segment('Type '), bold(token), segment(' to confirm:')];
	return [
		spread(segmentsWidth(long) <= columns - 2 ? long : short, [], columns),
		spread(
			[
				gap(2),
				segment(` ${typed}│`.padEnd(token.length + 3), 'chip'),
				...(complete
					? [bold(`  ${enter} `), bold(title, 'attention')]
					: [dim(`  ${enter} cancels until it is complete`)]),
			],
			[],
			columns,
		),
	];
}

/** What is done between the answer and the call. */
export const rereadWords = ({ request }: Confirmation): string =>
	request.action === 'deploy' || request.action === 'protect'
		? 'the group is read again first'
		: 'the deployment is read again first';
