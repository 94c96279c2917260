import type { ImpactRow } from '../../actions/action.ts';
import { actionFor, commandLine } from '../../actions/action.ts';
import { whyNotProtect } from '../../actions/protect.ts';
import { protectionObstacles } from '../../actions/protecting/obstacles.ts';
import { partWords } from '../../domain/wish-parts.ts';
import { displayWidth } from '../../lib/width.ts';
import { type AppState, userKeysOf } from '../../monitor/state.ts';
import type { Confirmation, ProtectRequest } from '../../monitor/ui-state.ts';
import { keyIn } from '../keys/hint.ts';
import { focusedLayer } from '../keys/layer.ts';
import { bold, dim, emptyLine, gap, type Line, line, segment, spread } from '../line.ts';
import { layOutPager } from '../pager.ts';
import { answerLines, paragraph } from '../question-lines.ts';
import { layOutQuestion, type QuestionLayout } from '../question-window.ts';

/** The question before a group is changed, in at most `height` lines. */
export const protectQuestionBody = (
	state: AppState,
	confirmation: Confirmation,
	request: ProtectRequest,
	height: number,
): readonly Line[] => layOutProtectQuestion(state, confirmation, request, height).lines;

/** What changes first, then what to know, what can be left, and the command. */
export function layOutProtectQuestion(
	state: AppState,
	confirmation: Confirmation,
	request: ProtectRequest,
	height: number,
): QuestionLayout {
	const { columns } = state.ui.size;
	const { plan } = request;
	const { title, command, impact } = protectWords(state, request);
	const sections = [
		protectionObstacles(plan).flatMap(text => paragraph(`✗ ${text}`, columns, 'failed')),
		changeLines(impact.rows, columns),
		impact.warnings.flatMap(warning => paragraph(`▲ ${warning}`, columns, 'attention')),
		partLines(state, request),
		impact.notes.flatMap(note => paragraph(note, columns, 'plain')),
		command === undefined ? [] : paragraph(command, columns, 'dim'),
	].filter(({ length }) => length > 0);
	const isAiry = height >= 12;
	const parts = {
		title,
		name: `${plan.group.application} / ${plan.group.name}`,
		about: sections.flatMap((section, index) => (isAiry && index > 0 ? [emptyLine, ...section] : section)),
		answer: protectAnswer(state, confirmation, request),
		top: confirmation.top,
	};
	return layOutQuestion(parts, columns, height);
}

function protectWords(state: AppState, request: ProtectRequest) {
	const action = actionFor(request);
	const rollout = state.rollouts.get(request.deploymentId);
	const impact = rollout ? action.impact(state, rollout) : { rows: [], notes: [], warnings: [] };
	const command = action.command.length === 0 ? undefined : commandLine(action, state);
	return { title: action.title, command, impact };
}

/** What can be taken or left, where there is more than one thing. */
function partLines(state: AppState, { offered, left, chosen }: ProtectRequest): readonly Line[] {
	if (offered.length < 2) return [];
	const layer = focusedLayer(state.ui);
	const { columns } = state.ui.size;
	const key = (intent: 'vary' | 'option.take') => bold(keyIn(layer, intent, userKeysOf(state)));
	const keys = [key('vary'), dim(' next  '), key('option.take'), dim(' take or leave')];
	const parts = offered.map((part, index) => {
		const isChosen = index === chosen;
		const words = `${left.includes(index) ? '[ ]' : '[x]'} ${partWords(part)}`;
		return spread(
			[gap(2), dim(isChosen ? '▌ ' : '  '), isChosen ? bold(words) : segment(words)],
			[],
			columns,
		);
	});
	return [...parts, spread([gap(2), ...keys], [], columns)];
}

/** `automatic rollback   off → on: failure, alarm`. */
function changeLines(rows: readonly ImpactRow[], columns: number): readonly Line[] {
	if (rows.length === 0) return [line(gap(2), dim('Nothing would change.'))];
	const width = Math.max(...rows.map(({ what }) => displayWidth(what)));
	const isNarrow = columns - width < 30;
	return rows.flatMap(({ what, outcome }) => {
		const gutter = isNarrow ? [gap(2)] : [gap(2), segment(what.padEnd(width)), gap(2)];
		const text = isNarrow ? [segment(`${what}: `), bold(outcome)] : [bold(outcome)];
		return layOutPager([{ gutter, text, isError: false }], { wrap: true, search: '' }, columns).lines;
	});
}

function protectAnswer(
	state: AppState,
	confirmation: Confirmation,
	request: ProtectRequest,
): readonly Line[] {
	const { columns } = state.ui.size;
	const why = whyNotProtect(request);
	if (confirmation.sending || why === undefined) {
		return answerLines(confirmation, actionFor(request).title, columns, userKeysOf(state));
	}
	const key = keyIn(focusedLayer(state.ui), 'cancel', userKeysOf(state));
	const told = plain(why);
	return [spread([gap(2), segment(' Cancel ', 'chip'), bold(`  ${key}`), gap(3), dim(told)], [], columns)];
}

/** What is in the way has been said in full above. */
const plain = (why: string): string => (why.includes(':') ? 'it cannot be done, as said above' : why);
