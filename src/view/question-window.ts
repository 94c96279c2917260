import { lookup } from '../lib/lookup.ts';
import type { Intent } from './keys/intent.ts';
import { emptyLine, type Line } from './line.ts';
import { happened, type Outcome } from './outcome.ts';
import { questionTitle } from './question-lines.ts';

/** A question laid out: the lines before the answer are a window on all that there is to say. */
export type QuestionLayout = {
	readonly lines: readonly Line[];
	readonly top: number;
	/** Lines in the window, and the lowest line at which it may begin. */
	readonly window: number;
	readonly lastTop: number;
};

/** What a question consists of. `top`: where its window shall begin. */
export type QuestionParts = {
	readonly title: string;
	readonly name: string;
	readonly about: readonly Line[];
	readonly answer: readonly Line[];
	readonly top: number | undefined;
};

/** The answer is never cut: what is said about it can be scrolled. */
export function layOutQuestion(
	{ title, name, about, answer, top: wanted = 0 }: QuestionParts,
	columns: number,
	height: number,
): QuestionLayout {
	const air = height >= 16 ? [emptyLine] : [];
	const window = Math.max(0, height - 1 - 2 * air.length - answer.length);
	const lastTop = Math.max(0, about.length - window);
	const top = Math.min(wanted, lastTop);
	const heading = questionTitle(title, name, columns, placeWords(top, about.length - top - window));
	const lines = [heading, ...air, ...about.slice(top, top + window), ...air, ...answer];
	return { lines: lines.slice(-height), top, window, lastTop };
}

/** What is out of sight is counted. */
function placeWords(above: number, below: number): string {
	if (above === 0 && below <= 0) return '';
	return [above > 0 ? `↑ ${above}` : '', below > 0 ? `↓ ${below} more ${below === 1 ? 'line' : 'lines'}` : '']
		.filter(words => words !== '')
		.join('  ');
}

/** Keys that scroll a question; undefined for all others. */
export function scrollQuestion(
	{ top, window, lastTop }: QuestionLayout,
	intent: Intent,
): Outcome | undefined {
	const by = {
		'cursor.down': 1,
		'cursor.up': -1,
		'page.down': Math.max(1, window - 1),
		'page.up': -Math.max(1, window - 1),
	};
	const step = lookup(by, intent);
	if (step === undefined) return undefined;
	return happened({ type: 'action.scrolled', top: Math.min(lastTop, Math.max(0, top + step)) });
}
