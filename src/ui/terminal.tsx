import { type Instance, render, type SuspendTerminal } from 'ink';
import type { Clock } from '../lib/clock.ts';
import { redact } from '../lib/redact.ts';

import type { Announcement } from '../view/announce.ts';
import type { Notifications } from '../view/notifications.ts';

import type { ThemeName } from '../view/theme-names.ts';
import { App } from './app.tsx';
import { browse } from './browse.ts';
import { type Clipboard, createClipboard } from './clipboard.ts';
import { createFleetStage, type FleetSceneParts } from './fleet-scene.ts';
import type { JobControl } from './job-control.ts';
import { Listener } from './listener.tsx';
import { createOwnership } from './ownership.ts';
import { createPainter } from './paint.ts';
import { guardPastes } from './paste-guard.ts';
import { createPickerStage, type PickerSceneParts } from './picker-scene.ts';
import { narrationOf, type Scene } from './stage.ts';
import { themeFor } from './theme.ts';
import { createWatchScene, type WatchSceneParts } from './watch-scene.ts';

/** The terminal to draw on. */
export type TerminalParts = {
	readonly stdout: NodeJS.WriteStream;
	readonly stdin: NodeJS.ReadStream;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly platform: string;
	readonly ascii: boolean;
	readonly theme?: ThemeName;
	readonly clock: Clock;
	readonly notifications?: Notifications;
	/** Lines that are appended, for somebody who does not see the screen. */
	readonly screenReader?: boolean;
	/** Unset where there is no job control. */
	readonly jobs?: JobControl | undefined;
	readonly clipboard?: Clipboard;
};

/** What scenes do with the terminal, beyond being drawn on it. */
export type Terminal = Pick<TerminalParts, 'stdout' | 'stdin' | 'env' | 'platform'> & {
	/** Gives it back for good. */
	quit(): void;
	/** Gives it away for as long as `work` takes, and draws again after it. */
	suspend(work: () => Promise<void>): Promise<void>;
	/** Stops the program until its shell continues it; resolves to what is to be said about that, if anything is. */
	stop(): Promise<string | undefined>;
	/** Calls for attention, once for each of these. */
	ring(news: readonly Announcement[]): void;
	/** Puts text on the clipboard; resolves to what is to be said about that. */
	copy(text: string, what: string): Promise<{ readonly said: string; readonly tone: 'info' | 'attention' }>;
	/** Opens a page; resolves to what is to be said about that. */
	browse(url: string): Promise<string>;
};

export type ScreenParts = WatchSceneParts & TerminalParts;

export type ScreenHandle = {
	/** Resolves when the user has quit; rejects when drawing has failed. The terminal is as it was before. */
	readonly closed: Promise<void>;
	close(): void;
	/** Gives the terminal back without Ink: the last resort, when closing has not closed it. */
	restore(): void;
	/** Resolves when all that is known has been painted and written. */
	flushed(): Promise<void>;
};

/** Draws the watch of one deployment in the alternate screen until it is closed. */
export const openScreen = (parts: ScreenParts): ScreenHandle =>
	openTerminal(parts, terminal => createWatchScene(parts, terminal));

/** Draws the fleet, and the watch of what is opened in it. */
export const openFleetScreen = (parts: FleetSceneParts & TerminalParts): ScreenHandle =>
	openTerminal(parts, terminal => createFleetStage(parts, terminal));

/** Draws the choice of a group, and the watch of what is chosen. */
export const openPickerScreen = (parts: PickerSceneParts & TerminalParts): ScreenHandle =>
	openTerminal(parts, terminal => createPickerStage(parts, terminal));

/** DEC private modes: bracketed paste off, the main screen with its cursor back, the cursor visible. */
const pasteOff = '\x1b[?2004l';
const mainScreen = '\x1b[?1049l';
const cursorOn = '\x1b[?25h';

/** Draws a scene, or a stage for several, in the alternate screen until it is closed. */
function openTerminal(parts: TerminalParts, begin: (terminal: Terminal) => Scene): ScreenHandle {
	const { stdout, stdin } = parts;
	const ownership = createOwnership(parts, () => stage);
	const { announcer, suspension, voice, show, suspend } = ownership;
	const stage = begin({
		...parts,
		...createReach(parts),
		quit: () => instance.unmount(),
		suspend,
		stop: suspension.suspend,
		ring: announcer.ring,
	});
	// A terminal that was never told its size says 0 by 0.
	const resized = () =>
		voice
			? stage.controller.resize(readColumns, readRows)
			: stage.controller.resize(stdout.columns || 80, stdout.rows || 24);
	resized();
	// Before Ink listens: so the frame has its new size when Ink lays out for the new width.
	stdout.on('resize', resized);
	const restore = () => {
		announcer.pause();
		stdin.setRawMode(false);
		stdout.write(pasteOff + (voice ? '' : mainScreen) + cursorOn);
	};
	// Ink does so only after the first frame: until then the terminal would echo keys, right across it.
	stdin.setRawMode(true);
	const unguard = guardPastes(stdin);
	const stopShowing = stage.subscribe(show);
	show();
	const instance = orElse(restore, () => (voice ? listen : draw)(parts, stage, ownership.granted));
	const stopNarrating = voice && narrationOf(stage, voice.say);
	const letGo = () => {
		stdout.off('resize', resized);
		stopShowing();
		unguard();
		stopNarrating?.();
		voice?.end();
		announcer.pause();
		stdin.setRawMode(false);
	};
	return {
		closed: instance
			.waitUntilExit()
			.then(() => {})
			.finally(async () => {
				letGo();
				await suspension.end();
				await stage.comeBack();
			}),
		close() {
			if (suspension.isAway) void suspension.end().then(() => instance.unmount());
			else if (stage.isAway) void stage.comeBack().then(() => instance.unmount());
			else instance.unmount();
		},
		restore,
		flushed: () => instance.waitUntilRenderFlush(),
	};
}

/** What is read out does not depend on the window: room enough for all words, and not too many lines at a time. */
const readColumns = 120;
const readRows = 44;

type OpenInk = (
	parts: TerminalParts,
	stage: Scene,
	onSuspend: (suspend: SuspendTerminal) => void,
) => Instance;

/** Ink takes CI=1 for "nobody is looking"; that there is a terminal has been found out already. */
const always = { exitOnCtrlC: false, interactive: true } as const;

/** Takes keys; Ink itself writes nothing visible. */
const listen: OpenInk = ({ stdout, stdin }, { controller }, onSuspend) =>
	render(<Listener controller={controller} onSuspend={onSuspend} />, {
		...always,
		stdout,
		stdin,
		isScreenReaderEnabled: true,
		patchConsole: false,
	});

const draw: OpenInk = ({ stdout, stdin, env, theme, ascii }, stage, onSuspend) =>
	render(<App stage={stage} paint={createPainter(themeFor(env, theme), ascii)} onSuspend={onSuspend} />, {
		...always,
		stdout,
		stdin,
		alternateScreen: true,
		incrementalRendering: true,
		// Data comes at a pace of its own: a key is not to wait for the next frame because there has just been one.
		maxFps: 250,
		isScreenReaderEnabled: false,
		// Ink would print above the frame, which reaches from top to bottom.
		patchConsole: false,
	});

function orElse<T>(cleanUp: () => void, attempt: () => T): T {
	try {
		return attempt();
	} catch (error) {
		cleanUp();
		throw error;
	}
}

/** What is reached through the terminal, or beside it: the clipboard and the browser. */
function createReach(parts: TerminalParts): Pick<Terminal, 'copy' | 'browse'> {
	const { stdout, env, platform } = parts;
	const clipboard = parts.clipboard ?? createClipboard(env, sequence => void stdout.write(sequence));
	return {
		async copy(text, what) {
			// It is pasted into a ticket or a chat.
			const safe = redact(text);
			const { copied, where } = await clipboard(safe);
			const left = safe === text ? '' : ', without what looks like a secret';
			return copied
				? { said: `copied ${redact(what)} ${where}${left}`, tone: 'info' }
				: { said: `not copied: ${where}`, tone: 'attention' };
		},
		async browse(url) {
			// The URL is shown whatever happens: over ssh there is no browser, but there are eyes and a mouse.
			return (await browse(url, platform, env)) ? `opened ${url}` : url;
		},
	};
}
