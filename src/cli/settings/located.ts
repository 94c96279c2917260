/** Where something stands in a file; both count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** What a file holds, with the place of each part. */
export type Located = LocatedMap | LocatedList | LocatedScalar;

export type LocatedMap = { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly at: Place };

export type Entry = { readonly key: string; readonly at: Place; readonly value: Located };

export type LocatedList = { readonly kind: 'list'; readonly items: readonly Located[]; readonly at: Place };

export type LocatedScalar = {
	readonly kind: 'scalar';
	readonly value: string | number | boolean | null;
	/** As it stands in the file. */
	readonly written: string;
	readonly at: Place;
};

/** One thing that is wrong with a file. */
export type Problem = { readonly at: Place; readonly text: string };

/** In the order of the file. */
export const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
	problems.toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
