import type { Failure } from './case.ts';
import type { Verdict } from './rule.ts';
import { previousRevisionNote } from './rules/previous-revision.ts';
import { unknownFailure } from './rules/unknown.ts';
import { failureRules } from './rules.ts';

/** What is said of one failure. */
export type Judgement = {
	readonly failure: Failure;
	readonly best: Verdict;
	/** What has to be known besides, and what else may be the reason. */
	readonly others: readonly Verdict[];
};

/**
 * The first rule that is sure or nearly sure wins. Where several explanations are merely possible none is put first:
 * the failure is unknown, and they are told after it.
 */
export function judge(failure: Failure): Judgement {
	const possible: Verdict[] = [];
	let best: Verdict | undefined;
	for (const rule of failureRules) {
		const verdict = rule(failure);
		if (!verdict) continue;
		if (verdict.confidence === 'possible') possible.push(verdict);
		else best ??= verdict;
		if (best?.confidence === 'certain') break;
	}
	const note = previousRevisionNote(failure);
	const notes = note ? [note] : [];
	if (best === undefined) {
		const [only, ...more] = possible;
		if (only && more.length === 0) return { failure, best: only, others: notes };
		return { failure, best: unknownFailure(failure), others: [...notes, ...possible] };
	}
	const { cause, confidence } = best;
	const alternatives = confidence === 'certain' ? [] : possible.filter(other => other.cause !== cause);
	return { failure, best, others: [...notes, ...alternatives] };
}
