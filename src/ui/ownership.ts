import type { SuspendTerminal } from 'ink';
import { displayWidth } from '../lib/width.ts';
import { toAscii } from '../view/glyphs.ts';
import { defaultNotifications } from '../view/notifications.ts';
import { type Announcer, createAnnouncer } from './announcer.ts';
import type { Scene } from './stage.ts';
import { stopReading } from './stop-reading.ts';
import { createSuspension, type Suspension } from './suspension.ts';
import type { TerminalParts } from './terminal.tsx';
import { askTmuxWindow } from './terminal-features.ts';
import { createVoice, type Voice } from './voice.ts';

/** Whose the terminal is: the screen's, or for a while that of another program or of the shell. */
export type Ownership = {
	readonly announcer: Announcer;
	readonly suspension: Suspension;
	/** Says in lines what there is to say; unset where it is drawn. */
	readonly voice: Voice | undefined;
	/** Shows around the pane what the stage says. */
	show(): void;
	/** Gives the terminal away for as long as `work` takes, and draws again after it. */
	suspend(work: () => Promise<void>): Promise<void>;
	/** The screen is drawn: from now on the terminal can be given away. */
	granted(suspend: SuspendTerminal): void;
};

export function createOwnership(parts: TerminalParts, stage: () => Scene): Ownership {
	const { stdout, stdin, env, notifications = defaultNotifications } = parts;
	const announcer = createAnnouncer({ ...parts, notifications, write: text => void stdout.write(text) });
	if (notifications.title) void askTmuxWindow(env).then(window => window && announcer.nameWindow(window));
	const voice = parts.screenReader
		? createVoice({
				write: text => void stdout.write(text),
				columns: () => stdout.columns || 80,
				spell: parts.ascii ? text => toAscii(text, displayWidth) : text => text,
			})
		: undefined;
	const show = () => {
		const outside = stage().outside?.();
		if (outside) announcer.show(outside);
	};
	let suspendTerminal: SuspendTerminal | undefined;
	const suspend = async (work: () => Promise<void>) => {
		if (!suspendTerminal) throw new Error('the screen has not been drawn yet');
		await suspendTerminal(async () => {
			announcer.pause();
			voice?.pause();
			await work().finally(() => {
				announcer.resume();
				voice?.resume();
				show();
			});
		});
	};
	const suspension = createSuspension({
		clock: parts.clock,
		jobs: parts.jobs,
		async handOver(work) {
			await suspend(async () => {
				await stopReading(stdin);
				await work();
			});
		},
		isTaken: () => stage().isAway,
		resumed: () => stage().wake?.(),
	});
	return {
		announcer,
		suspension,
		voice,
		show,
		suspend,
		granted(suspend) {
			suspendTerminal = suspend;
		},
	};
}
