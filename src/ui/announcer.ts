import { displayWidth } from '../lib/width.ts';
import type { Announcement } from '../view/announce.ts';
import { toAscii } from '../view/glyphs.ts';
import type { Notifications } from '../view/notifications.ts';
import type { Outside, Progress } from '../view/outside.ts';
import { knowsNotifications, knowsProgress, type TmuxWindow } from './terminal-features.ts';

/** Tells the terminal around the pane how the rollout stands, and calls for attention. Writes between frames. */
export type Announcer = {
	/** Title and progress; what has not changed is not written again, but for progress that terminals forget. */
	show(outside: Outside): void;
	/** Rings once for all of these, and never again for any of them. */
	ring(news: readonly Announcement[]): void;
	/** Somebody else has the terminal now: title and progress are as before. */
	pause(): void;
	/** The terminal is back; what has happened meanwhile rings now. */
	resume(): void;
	/** tmux lets programs rename this window. */
	nameWindow(window: TmuxWindow): void;
};

export type AnnouncerParts = {
	readonly write: (sequence: string) => void;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly notifications: Notifications;
	readonly ascii: boolean;
};

/** Some terminals take a progress that is not repeated for that of a program that has died, after 15 s. */
const progressRepeatMs = 5_000;

export function createAnnouncer({ write, env, notifications, ascii }: AnnouncerParts): Announcer {
	const { bell, title: hasTitle } = notifications;
	const hasProgress = decide(notifications.progress, () => knowsProgress(env));
	const hasDesktop = decide(notifications.desktop, () => knowsNotifications(env));
	const plain = (text: string) => withoutControls(ascii ? toAscii(text, displayWidth) : text);
	const rung = new Set<string>();
	const missed: Announcement[] = [];
	let isAway = false;
	/** What is written there now; undefined: nothing of ours. */
	let title: string | undefined;
	let windowName: string | undefined;
	let progress: string | undefined;
	let progressAt = 0;
	let window: TmuxWindow | undefined;

	const showTitle = (text: string) => {
		if (!hasTitle) return;
		if (text !== title) write((title === undefined ? saveTitle : '') + setTitle(text));
		title = text;
		if (window && text !== windowName) {
			write(setWindowName(text));
			windowName = text;
		}
	};
	const showProgress = (next: Progress, at: number) => {
		if (!hasProgress) return;
		const sequence = progressSequence(next);
		const isIdle = next.state === 'none';
		const isDue = !isIdle && Math.abs(at - progressAt) >= progressRepeatMs;
		if (sequence === (progress ?? noProgress) && !isDue) return;
		write(sequence);
		progress = isIdle ? undefined : sequence;
		progressAt = at;
	};
	const ringNow = (news: readonly Announcement[]) => {
		if (news.length === 0) return;
		if (hasDesktop) for (const { text } of news) write(notify(plain(text)));
		if (bell) write('\x07');
	};
	const leave = () => {
		// Terminals that keep no titles take an empty one for their own; those that do forget it again.
		if (title !== undefined) write(setTitle('') + restoreTitle);
		if (window && windowName !== undefined) write(setWindowName(window.isAutomatic ? '' : window.name));
		if (progress !== undefined) write(noProgress);
		title = undefined;
		windowName = undefined;
		progress = undefined;
	};

	return {
		show(outside) {
			if (isAway) return;
			showTitle(plain(outside.title));
			showProgress(outside.progress, outside.at);
		},
		ring(news) {
			const fresh = news.filter(({ key }) => !rung.has(key));
			for (const { key } of fresh) rung.add(key);
			if (isAway) missed.push(...fresh);
			else ringNow(fresh);
		},
		pause() {
			leave();
			isAway = true;
		},
		resume() {
			isAway = false;
			ringNow(missed.splice(0));
		},
		nameWindow(found) {
			window = found;
		},
	};
}

function decide(wanted: boolean | 'auto', isKnown: () => boolean): boolean {
	return wanted === 'auto' ? isKnown() : wanted;
}

/** ST ends these, not BEL: VTE takes nothing else for progress, and where it is not understood nothing rings. */
const st = '\x1b\\';
const saveTitle = '\x1b[22;0t';
const restoreTitle = '\x1b[23;0t';
const setTitle = (text: string): string => `\x1b]2;${text}${st}`;
const setWindowName = (text: string): string => `\x1bk${text}${st}`;
const notify = (text: string): string => `\x1b]9;${text}${st}`;
const noProgress = `\x1b]9;4;0${st}`;
const progressStates = { normal: 1, error: 2, paused: 4 } as const;

const progressSequence = (progress: Progress): string =>
	progress.state === 'none'
		? noProgress
		: `\x1b]9;4;${progressStates[progress.state]};${progress.percent}${st}`;

/** All of it has been sanitised long before; a title is the last place where a mistake should end the sequence early. */
const withoutControls = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f]/g, ' ');
