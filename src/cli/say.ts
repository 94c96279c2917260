import { redact } from '../lib/redact.ts';
import { sanitizeText } from '../lib/sanitize.ts';
import { displayWidth } from '../lib/width.ts';
import { toAscii } from '../view/glyphs.ts';
import type { CommonOptions } from './command.ts';
import type { Io } from './io.ts';

/**
 * The way to print lines on standard output, which is often kept: without secrets, in ASCII where that is asked for. What
 * the command line has said is in them too.
 */
export const lineSayer =
	({ ascii }: Pick<CommonOptions, 'ascii'>, { out }: Pick<Io, 'out'>) =>
	(line: string): void => {
		const safe = redact(sanitizeText(line));
		out(`${ascii ? toAscii(safe, displayWidth) : safe}\n`);
	};
