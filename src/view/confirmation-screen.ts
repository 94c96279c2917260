import { actionFor, commandLine, type ImpactRow } from '../actions/action.ts';
import { displayWidth } from '../lib/width.ts';
import { type AppState, rolloutOf, userKeysOf } from '../monitor/state.ts';
import type { Confirmation } from '../monitor/ui-state.ts';
import type { UserKeys } from '../monitor/user-keys.ts';
import { keyIn } from './keys/hint.ts';
import {
	bold,
	dim,
	emptyLine,
	fitParts,
	gap,
	joinParts,
	type Line,
	line,
	type Part,
	segment,
	segmentsWidth,
	spread,
	type Tone,
} from './line.ts';
import { layOutPager, type PagerRow } from './pager.ts';
import { statusLine } from './status-lines.ts';

/** The question before an action: impact first, then the command, then the answer. It replaces the body. */
export function confirmationBody(
	state: AppState,
	confirmation: Confirmation,
	height: number,
): readonly Line[] {
	const rollout = rolloutOf(state, confirmation.request.deploymentId);
	const action = actionFor(confirmation.request);
	const { columns } = state.ui.size;
	const air = height >= 16 ? [emptyLine] : [];
	const impact = action.impact(state, rollout);
	const rows = impactLines(impact.rows, columns);
	const answer = answerLines(confirmation, action.title, columns, userKeysOf(state));
	const warnings = impact.warnings.flatMap(warning => paragraph(`▲ ${warning}`, columns, 'attention'));
	const head = height >= 22 ? [emptyLine, statusLine(state, rollout), emptyLine] : [];
	const essential = [
		titleLine(action.title, rollout.id, columns),
		...air,
		...warnings,
		...(warnings.length > 0 ? air : []),
		...rows,
	];
	const extras = [
		...impact.notes.map((note, index) => [...(index === 0 ? air : []), ...paragraph(note, columns, 'plain')]),
		[...air, ...paragraph(commandLine(action, state), columns, 'dim')],
	];
	// The answer is never cut: what is said about it gives way. Half a sentence or half a command is worse than none.
	const room = Math.max(0, height - head.length - answer.length - air.length);
	const about = essential.slice(0, room);
	for (const extra of extras) if (about.length + extra.length <= room) about.push(...extra);
	return [...head, ...about, ...air, ...answer].slice(-height);
}

function titleLine(title: string, id: string, columns: number): Line {
	const parts: readonly Part[] = [
		{ segments: [bold(title, 'attention')], keep: 2 },
		{ segments: [segment(id)], keep: 1 },
	];
	return spread(joinParts(fitParts(parts, columns - 2, 2), 2), [], columns);
}

/** Who is affected how: in two columns, or one below the other where the second would be too narrow to read. */
function impactLines(rows: readonly ImpactRow[], columns: number): readonly Line[] {
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

function paragraph(text: string, columns: number, tone: Tone): readonly Line[] {
	const row = { gutter: [gap(2)], text: [segment(text, tone)], isError: false };
	return layOutPager([row], { wrap: true, search: '' }, columns).lines;
}

function answerLines(
	confirmation: Confirmation,
	title: string,
	columns: number,
	userKeys: UserKeys,
): readonly Line[] {
	if (confirmation.sending)
		return [line(gap(3), bold('sending'), dim(' · the deployment is read again first'))];
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
