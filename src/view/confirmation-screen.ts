import { actionFor, commandLine } from '../actions/action.ts';
import { type AppState, rolloutOf, userKeysOf } from '../monitor/state.ts';
import type { Confirmation } from '../monitor/ui-state.ts';
import { deployQuestionBody } from './deploying/question.ts';
import { emptyLine, type Line } from './line.ts';
import { protectQuestionBody } from './protecting/question.ts';
import { answerLines, impactLines, paragraph, questionTitle } from './question-lines.ts';
import { statusLine } from './status-lines.ts';

/** The question before an action: impact first, then the command, then the answer. It replaces the body. */
export function confirmationBody(
	state: AppState,
	confirmation: Confirmation,
	height: number,
): readonly Line[] {
	const { request } = confirmation;
	if (request.action === 'deploy') return deployQuestionBody(state, confirmation, request, height);
	if (request.action === 'protect') return protectQuestionBody(state, confirmation, request, height);
	const rollout = rolloutOf(state, request.deploymentId);
	const action = actionFor(request);
	const { columns } = state.ui.size;
	const air = height >= 16 ? [emptyLine] : [];
	const impact = action.impact(state, rollout);
	const rows = impactLines(impact.rows, columns);
	const answer = answerLines(confirmation, action.title, columns, userKeysOf(state));
	const warnings = impact.warnings.flatMap(warning => paragraph(`▲ ${warning}`, columns, 'attention'));
	const head = height >= 22 ? [emptyLine, statusLine(state, rollout), emptyLine] : [];
	const essential = [
		questionTitle(action.title, rollout.id, columns),
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
