import type { TargetId } from '../../domain/ids.ts';

/**
 * At most `size` of `ids`, spread evenly over the list: first those that take part now, so that each can be compared with
 * itself, then others.
 */
export function sampleTargets(
	ids: readonly TargetId[],
	present: readonly TargetId[],
	size: number,
): readonly TargetId[] {
	const now = new Set(present);
	const known = spread(
		ids.filter(id => now.has(id)),
		size,
	);
	const others = ids.filter(id => !now.has(id));
	return [...known, ...spread(others, size - known.length)];
}

function spread(ids: readonly TargetId[], size: number): readonly TargetId[] {
	if (ids.length <= size) return ids;
	const step = ids.length / Math.max(1, size);
	return Array.from({ length: size }, (_, index) => ids[Math.floor(index * step)]).filter(
		id => id !== undefined,
	);
}
