import { displayWidth, truncateStart } from '../lib/width.ts';
import { liveNotice } from '../monitor/reduce-ui.ts';
import { type AppState, type MessageTone, type Rollout, userKeysOf } from '../monitor/state.ts';
import type { Prompt, UiState } from '../monitor/ui-state.ts';
import { noUserKeys, type UserKeys } from '../monitor/user-keys.ts';
import { nextLine } from './following.ts';
import { connectionProblem } from './freshness.ts';
import { keyIn } from './keys/hint.ts';
import {
	bold,
	cutSegments,
	dim,
	emptyLine,
	gap,
	type Line,
	line,
	type Segment,
	segment,
	type Tone,
} from './line.ts';

const tones: Readonly<Record<MessageTone, Tone>> = {
	info: 'plain',
	good: 'succeeded',
	attention: 'attention',
	bad: 'failed',
};

/** The looks of a message's tone. */
export const toneOf = (tone: MessageTone): Tone => tones[tone];

/** What a line of text is for. */
export const promptNames: Readonly<Record<Prompt['purpose'], string>> = {
	filter: 'filter',
	search: 'search',
	goto: 'go to',
};

/** The line above the rule: what is being typed, else the latest news, else what is wrong with the connection. */
export function noticeLine(state: AppState, rollout: Rollout): Line {
	const { ui, now } = state;
	const room = ui.size.columns - 2;
	const told = typedOrTold(ui, now, { userKeys: userKeysOf(state) });
	if (told) return told;
	const started = nextLine(state);
	if (started) return line(gap(1), ...cutSegments(started, room));
	const problem = connectionProblem(state, rollout);
	if (problem) return line(gap(1), ...cutSegments([segment(`▲ ${problem}`, 'attention')], room));
	return emptyLine;
}

/** What can be typed or told in one line. */
type Telling = Pick<UiState, 'prompt' | 'notice' | 'size'>;

/** What is being typed, else the latest news, while it is young. `goto`: how the place to go to is asked for. */
export function typedOrTold(
	ui: Telling,
	now: number,
	{
		goto = promptNames.goto,
		userKeys = noUserKeys,
	}: { readonly goto?: string; readonly userKeys?: UserKeys } = {},
): Line | undefined {
	const room = ui.size.columns - 2;
	if (ui.prompt) {
		const name = ui.prompt.purpose === 'goto' ? goto : promptNames[ui.prompt.purpose];
		return line(gap(1), ...cutSegments(promptSegments(ui.prompt, name, userKeys, room), room));
	}
	const notice = liveNotice(ui, now);
	return notice && line(gap(1), ...cutSegments([segment(notice.text, toneOf(notice.tone))], room));
}

function promptState({ asking, problem }: Prompt, userKeys: UserKeys): readonly Segment[] {
	if (problem !== undefined) return [segment(`  ${problem}`, 'attention')];
	if (asking) return [dim(`  asking what ${asking.application} / ${asking.group} does`)];
	return [
		dim(`  ${keyIn('prompt', 'submit', userKeys)} apply  ${keyIn('prompt', 'cancel', userKeys)} cancel`),
	];
}

/** The end of the text stays in sight, since that is where letters come and go. */
function promptSegments(prompt: Prompt, name: string, userKeys: UserKeys, room: number): readonly Segment[] {
	const said = prompt.problem === undefined ? 0 : displayWidth(prompt.problem) + 2;
	const text = truncateStart(prompt.text, Math.max(8, room - displayWidth(name) - 3 - said));
	return [bold(name), gap(1), segment(` ${text}│`, 'chip'), ...promptState(prompt, userKeys)];
}
