import { redact } from '../lib/redact.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { truncateMiddle } from '../lib/width.ts';
import { type RuleId, rules } from './rules.ts';

/** An error makes the agent fail, or silently skip a hook; everything else is a warning. */
export type Severity = 'error' | 'warning';

/** Where something is: line and column count from 1, the column in characters. */
export type Place = { readonly file: string; readonly line?: number; readonly column?: number };

export type Finding = Place & {
	readonly rule: RuleId;
	readonly severity: Severity;
	/** What is wrong here. */
	readonly what: string;
};

/** A finding with the severity of its rule, or a milder one where this case of it makes nothing fail. */
export function finding(rule: RuleId, place: Place, what: string, severity?: 'warning'): Finding {
	// Words and names of a bundle are somebody else's text.
	const safe = redact(sanitizeLine(what));
	const { file, ...position } = place;
	return {
		rule,
		severity: severity ?? rules[rule].severity,
		file: sanitizeLine(file),
		...position,
		what: safe,
	};
}

/** What was probably meant, at the end of what is wrong; nothing if nothing is known. */
export const perhaps = (guess: string | undefined): string =>
	guess === undefined ? '' : `, perhaps ${guess} is meant`;

/** What somebody wrote, in quotes, short enough for a sentence. */
export const quoted = (value: unknown): string => `“${truncateMiddle(sanitizeLine(String(value)), 60)}”`;
