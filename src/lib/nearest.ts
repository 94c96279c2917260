import { closestMatch } from 'leven';

/**
 * The one of `known` that was probably meant by a misspelt `word`, whatever its case; undefined when none comes near:
 * a guess that is far off helps nobody.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
	const wanted = word.slice(0, longestWord).toLowerCase();
	const lowered = new Map(known.map(name => [name.toLowerCase(), name]));
	const maxDistance = Math.min(3, Math.floor(wanted.length / 3) + 1);
	const match = closestMatch(wanted, [...lowered.keys()], { maxDistance });
	return match === undefined ? undefined : lowered.get(match);
}

/** No name of ours is longer; the time that a comparison takes grows with the length. */
const longestWord = 60;
