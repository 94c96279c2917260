import { render, type SuspendTerminal } from 'ink';
import type { ActionRunner } from '../actions/runner.ts';
import { App } from './app.tsx';
import { browse } from './browse.ts';
import { type Clipboard, createClipboard } from './clipboard.ts';
import { createController, type Effects } from './controller.ts';
import { createPainter } from './paint.ts';
import { createShellProgram, type ShellProgram } from './run-shell.ts';
import { createShell, type Shell } from './shell.ts';
import { themeFor } from './theme.ts';
import { type ReportParts, writeReport } from './write-report.ts';

/** The terminal to draw on, and what the screen needs of the rest of the program. */
export type ScreenParts = ReportParts & {
	readonly runner: ActionRunner;
	/** Asks AWS now. */
	readonly refresh: () => void;
	readonly stdout: NodeJS.WriteStream;
	readonly stdin: NodeJS.ReadStream;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly platform: string;
	readonly ascii: boolean;
	/** Leaves ctrl-c and its like to a program that has the terminal; returns the way back. */
	readonly yieldInterrupts: () => () => void;
	readonly clipboard?: Clipboard;
	readonly shellProgram?: ShellProgram;
};

export type ScreenHandle = {
	/** Resolves when the user has quit; rejects when drawing has failed. The terminal is as it was before. */
	readonly closed: Promise<void>;
	close(): void;
	/** Gives the terminal back without Ink: the last resort, when closing has not closed it. */
	restore(): void;
	/** Resolves when all that is known has been painted and written. */
	flushed(): Promise<void>;
};

/** DEC private modes: bracketed paste off, the main screen with its cursor back, the cursor visible. */
const pasteOff = '\x1b[?2004l';
const mainScreen = '\x1b[?1049l';
const cursorOn = '\x1b[?25h';

/** Draws the watch in the alternate screen until it is closed. */
export function openScreen(parts: ScreenParts): ScreenHandle {
	const { store, stdout, stdin, env } = parts;
	const clipboard = parts.clipboard ?? createClipboard(env, sequence => void stdout.write(sequence));
	let suspendTerminal: SuspendTerminal | undefined;
	const shell = createShell({
		...parts,
		run: parts.shellProgram ?? createShellProgram(parts),
		async suspend(work) {
			if (!suspendTerminal) throw new Error('the screen has not been drawn yet');
			await suspendTerminal(work);
		},
	});
	const controller = createController(
		store,
		createEffects(parts, clipboard, shell, () => instance.unmount()),
		() => shell.isOpen,
	);
	// A terminal that was never told its size says 0 by 0.
	const onSuspend = (suspend: SuspendTerminal) => {
		suspendTerminal = suspend;
	};
	const resized = () => controller.resize(stdout.columns || 80, stdout.rows || 24);
	resized();
	// Before Ink listens: so the frame has its new size when Ink lays out for the new width.
	stdout.on('resize', resized);
	const restore = () => {
		stdin.setRawMode(false);
		stdout.write(pasteOff + mainScreen + cursorOn);
	};
	// Ink does so only after the first frame: until then the terminal would echo keys, right across it.
	stdin.setRawMode(true);
	const instance = orElse(restore, () =>
		render(
			<App
				store={store}
				controller={controller}
				paint={createPainter(themeFor(env), parts.ascii)}
				onSuspend={onSuspend}
			/>,
			{
				stdout,
				stdin,
				alternateScreen: true,
				incrementalRendering: true,
				maxFps: 60,
				exitOnCtrlC: false,
				// Ink would print above the frame, which reaches from top to bottom.
				patchConsole: false,
				// Ink takes CI=1 for "nobody is looking"; that there is a terminal has been found out already.
				interactive: true,
			},
		),
	);
	const letGo = () => {
		stdout.off('resize', resized);
		stdin.setRawMode(false);
	};
	return {
		closed: instance
			.waitUntilExit()
			.then(() => {})
			.finally(async () => {
				letGo();
				await shell.end();
			}),
		close() {
			if (shell.isOpen) void shell.end().then(() => instance.unmount());
			else instance.unmount();
		},
		restore,
		flushed: () => instance.waitUntilRenderFlush(),
	};
}

function orElse<T>(cleanUp: () => void, attempt: () => T): T {
	try {
		return attempt();
	} catch (error) {
		cleanUp();
		throw error;
	}
}

function createEffects(parts: ScreenParts, clipboard: Clipboard, shell: Shell, quit: () => void): Effects {
	const { store, clock, runner } = parts;
	const notice = (text: string, tone: 'info' | 'attention') => {
		store.dispatch({ type: 'notice.shown', tone, text, at: clock.now() });
	};
	return {
		quit,
		writeReport: deploymentId => writeReport(parts, deploymentId),
		openShell: targetId => void shell.open(targetId),
		refresh: parts.refresh,
		perform: (request, seenStatus) => void runner.perform(request, seenStatus),
		copy(text, what) {
			void clipboard(text).then(({ copied, where }) =>
				notice(copied ? `copied ${what} ${where}` : `not copied: ${where}`, copied ? 'info' : 'attention'),
			);
		},
		browse(url) {
			// The URL is shown whatever happens: over ssh there is no browser, but there are eyes and a mouse.
			void browse(url, parts.platform, parts.env).then(opened =>
				notice(opened ? `opened ${url}` : url, 'info'),
			);
		},
	};
}
