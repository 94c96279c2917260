import { GatewayFailure } from '../failure.ts';
import { line, list } from './fields.ts';

/**
 * What AWS calls things, by what is shown of it. People put signs like a warning triangle into names, of which
 * sanitising takes the invisible half: asked for by the shown name, such a thing would seem deleted, and sent back by
 * it, another would be meant.
 */
export type Originals = {
	/** Remembers what AWS calls things. */
	learn(values: readonly unknown[]): void;
	/** The one to ask AWS for. */
	original(shown: string): string;
	/** All that are shown like this. */
	all(shown: string): readonly string[];
	/** The one to change something by. Throws GatewayFailure when two look the same: which is meant cannot be told. */
	only(shown: string, operation: string): string;
};

/** From this many on the one that was not heard of for the longest is forgotten: a group is followed for weeks. */
const mostNames = 20_000;

/** `show` is how the mappers show what is remembered here. */
export function createOriginals(
	show: (value: unknown) => string | undefined = line,
	most = mostNames,
): Originals {
	const known = new Map<string, readonly string[]>();
	const all = (shown: string) => known.get(shown) ?? [shown];
	return {
		all,
		learn(values) {
			for (const value of list(values)) {
				const shown = show(value);
				if (typeof value !== 'string' || shown === undefined) continue;
				const others = known.get(shown) ?? [];
				// The latest stands last.
				known.delete(shown);
				known.set(shown, others.includes(value) ? others : [...others, value]);
				if (known.size > most) known.delete(known.keys().next().value ?? '');
			}
		},
		original: shown => all(shown).at(-1) ?? shown,
		only(shown, operation) {
			const [original = shown, ...others] = all(shown);
			if (others.length === 0) return original;
			throw new GatewayFailure({
				kind: 'invalid',
				operation,
				code: 'AmbiguousName',
				detail: `nothing was sent: ${others.length + 1} names differ in invisible characters only, ${line(shown.slice(0, 100))}`,
			});
		},
	};
}
