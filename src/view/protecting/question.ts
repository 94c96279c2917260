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
import { answerLines, paragraph, questionTitle } from '../question-lines.ts';

/** The question before a group is changed: what changes first, then what to know, the command, and the answer. */
export function protectQuestionBody(
	state: AppState,
	confirmation: Confirmation,
	request: ProtectRequest,
	height: number,
): readonly Line[] {
	const { columns } = state.ui.size;
	const { plan } = request;
	const { title, command, impact } = protectWords(state, request);
	const air = height >= 16 ? [emptyLine] : [];
	const answer = protectAnswer(state, confirmation, request);
	const sections = [
		partLines(state, request),
		protectionObstacles(plan).flatMap(text => paragraph(`✗ ${text}`, columns, 'failed')),
		changeLines(impact.rows, columns),
		impact.warnings.flatMap(warning => paragraph(`▲ ${warning}`, columns, 'attention')),
	];
	const about = sections.filter(({ length }) => length > 0).flatMap(section => [...air, ...section]);
	const extras = [
		...impact.notes.map((note, index) => [...(index === 0 ? air : []), ...paragraph(note, columns, 'plain')]),
		...(command === undefined ? [] : [[...air, ...paragraph(command, columns, 'dim')]]),
	];
	// The answer is never cut: what is said before it gives way.
	const room = Math.max(0, height - answer.length - air.length);
	const name = `${plan.group.application} / ${plan.group.name}`;
	const told = [questionTitle(title, name, columns), ...about].slice(0, room);
	for (const extra of extras) if (told.length + extra.length <= room) told.push(...extra);
	return [...told, ...air, ...answer].slice(-height);
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
	const keys = [key('vary'), dim(' the next  '), key('option.take'), dim(' takes or leaves it')];
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
