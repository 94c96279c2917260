/** The process as commands see it: where they write, what they are attached to. */
export type Io = {
	/** Writes to standard output. */
	out(text: string): void;
	/** Writes to standard error. */
	err(text: string): void;
	/** Both standard input and output are terminals that can be drawn on. */
	readonly isInteractive: boolean;
	/**
	 * Asks on the terminal, and waits for a line. Resolves to nothing when the answer is an end of file, or the process is
	 * told to end. Absent where there is no terminal.
	 */
	ask?(question: string): Promise<string | undefined>;
	/** How wide standard output is; undefined where it is no terminal, and there is no limit. */
	readonly columns?: number;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Aborted when the process is told to end: a signal, a closed terminal, a closed pipe. */
	readonly signal: AbortSignal;
	/**
	 * Leaves what ctrl-c, ctrl-\\ and ctrl-z raise to another program that has the terminal: it reaches all programs in
	 * the foreground, this one too. Returns the way back.
	 */
	yieldInterrupts(): () => void;
};
