import type { Clock } from '../lib/clock.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import type { AppEvent } from '../monitor/events.ts';
import { catchStrayOutput } from './stray-output.ts';

/** A screen that is being drawn. */
export type DrawnScreen = {
	readonly closed: Promise<void>;
	close(): void;
	restore(): void;
};

export type HoldParts = {
	readonly process: NodeJS.Process;
	readonly clock: Clock;
	/** Where what others print becomes a message. */
	readonly store: { dispatch(event: Extract<AppEvent, { type: 'message.added' }>): void };
	/** Closes the screen. */
	readonly signal: AbortSignal;
	/** Told the way to give the terminal back by force; undefined once that is not needed any more. */
	readonly onDrawn: (restore: (() => void) | undefined) => void;
};

/** Draws until the user quits, or the signal aborts. */
export async function holdScreen(open: () => DrawnScreen, parts: HoldParts): Promise<void> {
	const { process, clock, store, signal, onDrawn } = parts;
	const release = catchStrayOutput(process, text =>
		store.dispatch({ type: 'message.added', tone: 'attention', text: sanitizeLine(text), at: clock.now() }),
	);
	const screen = open();
	onDrawn(screen.restore);
	signal.addEventListener('abort', screen.close, { once: true });
	if (signal.aborted) screen.close();
	try {
		await screen.closed;
	} finally {
		onDrawn(undefined);
		release();
	}
}
