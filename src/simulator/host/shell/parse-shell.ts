/** One program of a shell script, and how it hangs together with its neighbours. */
export type Step = {
	readonly words: readonly string[];
	/** From 1. */
	readonly line: number;
	/** Runs always, or depending on how the one before ended. */
	readonly when: 'always' | 'after-success' | 'after-failure';
	/** Reads what the one before writes. */
	readonly isPiped: boolean;
	readonly dropsOutput: boolean;
	readonly errors: 'shown' | 'dropped' | 'as-output';
};

/** Stands in a word for the exit code of the program before. */
export const lastCode = '\ue000';

const connectors: Readonly<Record<string, Pick<Step, 'when' | 'isPiped'>>> = {
	';': { when: 'always', isPiped: false },
	'\n': { when: 'always', isPiped: false },
	'&&': { when: 'after-success', isPiped: false },
	'||': { when: 'after-failure', isPiped: false },
	'|': { when: 'always', isPiped: true },
};

const redirects: Readonly<Record<string, Partial<Step>>> = {
	'2>/dev/null': { errors: 'dropped' },
	'2>&1': { errors: 'as-output' },
	'>/dev/null': { dropsOutput: true },
	'1>/dev/null': { dropsOutput: true },
	'&>/dev/null': { dropsOutput: true, errors: 'dropped' },
};

const token =
	/(?<redirect>(?:[12&]?> ?\/dev\/null|2>&1))|(?<connector>&&|\|\||[;|\n])|(?<word>(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s;|&<>'"\\])+)|(?<other>[^ \t])/g;

/** Undefined: it is no script that this shell understands. */
export function parseShell(script: string): readonly Step[] | undefined {
	const steps: Step[] = [];
	let line = 1;
	let step = emptyStep(line);
	const close = (): void => {
		if (step.words.length > 0) steps.push(step);
	};
	for (const { groups = {} } of script.matchAll(token)) {
		const { redirect, connector, word, other } = groups;
		if (other !== undefined) return undefined;
		if (redirect !== undefined) step = { ...step, ...redirects[redirect.replace(' ', '')] };
		else if (word !== undefined) step = { ...step, words: [...step.words, unquoted(word)] };
		else if (connector !== undefined) {
			close();
			if (connector === '\n') line++;
			// A line may break after a connector.
			const keeps = connector === '\n' && step.words.length === 0;
			step = {
				...emptyStep(line),
				...(keeps ? { when: step.when, isPiped: step.isPiped } : connectors[connector]),
			};
		}
	}
	close();
	return steps;
}

function emptyStep(line: number): Step {
	return { words: [], line, when: 'always', isPiped: false, dropsOutput: false, errors: 'shown' };
}

function unquoted(word: string): string {
	return word.replaceAll(
		/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|\$\?/g,
		(all: string, single?: string, double?: string, escaped?: string) => {
			if (single !== undefined) return single;
			if (double !== undefined) return double.replaceAll(/\\(["\\$`])/g, '$1').replaceAll('$?', lastCode);
			return escaped ?? (all === '$?' ? lastCode : all);
		},
	);
}
