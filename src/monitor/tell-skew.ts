import { formatDuration } from '../lib/duration.ts';
import type { Message } from './state.ts';

/** Milliseconds by which AWS's clock is ahead of this machine's; 0 while that is not worth a word. */
export type SkewReading = () => number;

/** One clock has drifted, or has been put right, when what was told is wrong by this much. */
const worthTellingMs = 60_000;

/** The answer says what has become of the clocks since it was last asked; undefined when nothing has. */
export function skewNews(read: SkewReading): () => Pick<Message, 'tone' | 'text'> | undefined {
	let told = 0;
	return () => {
		const skewMs = read();
		if (Math.abs(skewMs - told) < worthTellingMs) return undefined;
		told = skewMs;
		return skewMs === 0
			? { tone: 'info', text: "this machine's clock agrees with AWS's again" }
			: { tone: 'attention', text: skewText(skewMs) };
	};
}

/** AWS's clock is `skewMs` ahead of this machine's. */
export function skewText(skewMs: number): string {
	const side = skewMs < 0 ? 'ahead of' : 'behind';
	return `this machine's clock is ${formatDuration(Math.abs(skewMs))} ${side} AWS's: times are told by this machine's`;
}
