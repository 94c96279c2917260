/** One line of a comparison. */
export type DiffLine = { readonly op: 'same' | 'removed' | 'added'; readonly text: string };

/** More lines than this on both sides are told as removed and added: a table of all pairs would not be worth it. */
const mostLines = 1_500;

/** What leads from one text to the other, line by line: as few changes as can be (longest common subsequence). */
export function diffLines(before: string, after: string): readonly DiffLine[] {
	const [old, next] = [before.split('\n'), after.split('\n')];
	let start = 0;
	while (start < old.length && start < next.length && old[start] === next[start]) start += 1;
	let end = 0;
	const most = Math.min(old.length, next.length) - start;
	while (end < most && old[old.length - 1 - end] === next[next.length - 1 - end]) end += 1;
	const as = (op: DiffLine['op'], lines: readonly string[]): readonly DiffLine[] =>
		lines.map(text => ({ op, text }));
	const removed = old.slice(start, old.length - end);
	const added = next.slice(start, next.length - end);
	return [
		...as('same', old.slice(0, start)),
		...(removed.length > mostLines || added.length > mostLines
			? [...as('removed', removed), ...as('added', added)]
			: between(removed, added)),
		...as('same', old.slice(old.length - end)),
	];
}

function between(old: readonly string[], next: readonly string[]): readonly DiffLine[] {
	const common = commonLengths(old, next);
	const at = (i: number, j: number) => common[i * (next.length + 1) + j] ?? 0;
	const lines: DiffLine[] = [];
	let [i, j] = [0, 0];
	while (i < old.length || j < next.length) {
		const [mine, theirs] = [old[i], next[j]];
		if (mine !== undefined && mine === theirs) {
			lines.push({ op: 'same', text: mine });
			i += 1;
			j += 1;
		} else if (mine !== undefined && (theirs === undefined || at(i + 1, j) >= at(i, j + 1))) {
			lines.push({ op: 'removed', text: mine });
			i += 1;
		} else {
			lines.push({ op: 'added', text: theirs ?? '' });
			j += 1;
		}
	}
	return lines;
}

/** How many lines the rest of one has in common with the rest of the other, from each pair of lines on. */
function commonLengths(old: readonly string[], next: readonly string[]): Uint16Array {
	const width = next.length + 1;
	const lengths = new Uint16Array((old.length + 1) * width);
	for (let i = old.length - 1; i >= 0; i--) {
		for (let j = next.length - 1; j >= 0; j--) {
			const after = lengths[(i + 1) * width + j + 1] ?? 0;
			lengths[i * width + j] =
				old[i] === next[j]
					? after + 1
					: Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
		}
	}
	return lengths;
}

/** The changes with so many lines around each; what is left out between them is counted. */
export function diffHunks(
	lines: readonly DiffLine[],
	around: number,
): readonly (DiffLine | { readonly op: 'skipped'; readonly count: number })[] {
	const changes = lines.flatMap(({ op }, index) => (op === 'same' ? [] : [index]));
	const shown = new Set(
		changes.flatMap(at => Array.from({ length: 2 * around + 1 }, (_, step) => at - around + step)),
	);
	const hunks: (DiffLine | { readonly op: 'skipped'; readonly count: number })[] = [];
	let skipped = 0;
	const tellSkipped = () => {
		if (skipped > 0) hunks.push({ op: 'skipped', count: skipped });
		skipped = 0;
	};
	for (const [index, each] of lines.entries()) {
		if (!shown.has(index)) {
			skipped += 1;
			continue;
		}
		tellSkipped();
		hunks.push(each);
	}
	tellSkipped();
	return hunks;
}
