import { liveNotice } from '../monitor/reduce-ui.ts';
import type { AppState, MessageTone, Rollout } from '../monitor/state.ts';
import type { Prompt } from '../monitor/ui-state.ts';
import { nextLine } from './following.ts';
import { connectionProblem } from './freshness.ts';
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

const promptNames: Readonly<Record<Prompt['purpose'], string>> = {
	filter: 'filter',
	search: 'search',
	goto: 'go to',
};

/** The line above the rule: what is being typed, else the latest news, else what is wrong with the connection. */
export function noticeLine(state: AppState, rollout: Rollout): Line {
	const { ui, now } = state;
	const room = ui.size.columns - 2;
	if (ui.prompt) return line(gap(1), ...cutSegments(promptSegments(ui.prompt), room));
	const notice = liveNotice(ui, now);
	if (notice) return line(gap(1), ...cutSegments([segment(notice.text, toneOf(notice.tone))], room));
	const started = nextLine(state);
	if (started) return line(gap(1), ...cutSegments(started, room));
	const problem = connectionProblem(state, rollout);
	if (problem) return line(gap(1), ...cutSegments([segment(`▲ ${problem}`, 'attention')], room));
	return emptyLine;
}

function promptState({ asking, problem, purpose }: Prompt): readonly Segment[] {
	if (problem !== undefined) return [segment(`  ${problem}`, 'attention')];
	if (asking) return [dim(`  asking what ${asking.application} / ${asking.group} does`)];
	const hint = purpose === 'goto' ? '  an id, or application/group' : '';
	return [dim(`${hint}  ↵ apply  esc cancel`)];
}

function promptSegments(prompt: Prompt): readonly Segment[] {
	return [
		bold(promptNames[prompt.purpose]),
		gap(1),
		segment(` ${prompt.text}│`, 'chip'),
		...promptState(prompt),
	];
}
