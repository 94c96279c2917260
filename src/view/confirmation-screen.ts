import { actionFor, commandLine } from '../actions/action.ts';
import { displayWidth } from '../lib/width.ts';
import { type AppState, rolloutOf } from '../monitor/state.ts';
import type { Confirmation } from '../monitor/ui-state.ts';
import { bold, dim, emptyLine, gap, type Line, line, segment, spread } from './line.ts';
import { layOutPager } from './pager.ts';
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
	const whatWidth = Math.max(0, ...impact.rows.map(row => displayWidth(row.what)));
	const rows = impact.rows.map(row =>
		spread([gap(2), segment(row.what.padEnd(whatWidth)), dim('  → '), bold(row.outcome)], [], columns),
	);
	const answer = answerLines(confirmation, action.title, columns);
	const about: readonly Line[] = [
		spread([bold(action.title, 'attention'), segment(`  ${rollout.id}`)], [], columns),
		...air,
		...rows,
		...(rows.length > 0 ? air : []),
		...impact.notes.flatMap(note => paragraph(note, columns, false)),
		...impact.warnings.flatMap(warning => paragraph(`▲ ${warning}`, columns, true)),
		...(impact.notes.length + impact.warnings.length > 0 ? air : []),
		...(height >= 9 ? paragraph(commandLine(action, state), columns, false, true) : []),
		...air,
	];
	// The answer is never cut: what is said about it gives way.
	const head = height >= 16 ? [emptyLine, statusLine(state, rollout), emptyLine] : [];
	const room = Math.max(0, height - head.length - answer.length);
	return [...head, ...about.slice(0, room), ...answer].slice(-height);
}

function paragraph(text: string, columns: number, isWarning: boolean, isDim = false): readonly Line[] {
	const tone = isWarning ? 'attention' : isDim ? 'dim' : 'plain';
	const row = { gutter: [gap(2)], text: [segment(text, tone)], isError: false };
	return layOutPager([row], { wrap: true, search: '' }, columns).lines;
}

function answerLines(confirmation: Confirmation, title: string, columns: number): readonly Line[] {
	if (confirmation.sending)
		return [line(gap(3), bold('sending'), dim(' · the deployment is read again first'))];
	const { token, typed } = confirmation;
	if (token === undefined) {
		return [
			spread(
				[gap(2), segment(' Cancel ', 'chip'), dim('  ↵'), segment(`     ${title}`), bold('  y')],
				[],
				columns,
			),
		];
	}
	const complete = typed === token;
	return [
		spread([gap(2), bold(token), segment(' is protected. Type its name to confirm: ')], [], columns),
		spread(
			[
				gap(2),
				segment(` ${typed}│`.padEnd(token.length + 3), 'chip'),
				complete ? bold(`  ↵ ${title}`, 'attention') : dim('  ↵ cancels until the name is complete'),
			],
			[],
			columns,
		),
	];
}
