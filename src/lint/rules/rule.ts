/** Something that is looked for in a bundle. */
export type Rule = {
	readonly severity: 'error' | 'warning';
	/** Why it matters: what happens when it is deployed as it is. */
	readonly why: string;
	/** How it is mended. */
	readonly fix: string;
};

/** What makes the agent fail, or silently skip a hook. */
export const error = (why: string, fix: string): Rule => ({ severity: 'error', why, fix });

export const warning = (why: string, fix: string): Rule => ({ severity: 'warning', why, fix });
