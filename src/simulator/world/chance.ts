import { createRandom, type Random } from '../../lib/random.ts';

/**
 * Chance by label: each label has its own sequence of numbers, the same for the same seed. What one host draws does
 * therefore not depend on what others drew before it, and stopping one deployment does not change the next.
 */
export type Chance = (label: string) => Random;

export function createChance(seed: number): Chance {
	return label => createRandom(hash(`${seed}/${label}`));
}

/** A number between `low` and `high`. */
export function between(random: Random, low: number, high: number): number {
	return low + random() * (high - low);
}

/** `length` characters drawn from `alphabet`. */
export function drawText(random: Random, alphabet: string, length: number): string {
	let text = '';
	for (let at = 0; at < length; at++) text += alphabet.charAt(Math.floor(random() * alphabet.length));
	return text;
}

/** FNV-1a, 32 bit. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) {
		value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
	}
	return value;
}
