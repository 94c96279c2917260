import type { AppState } from '../../../src/monitor/state.ts';
import { rolledBack, running } from './stories.ts';
import { ecs, lambda, ready } from './traffic-stories.ts';
import { after } from './user.ts';

/** The sizes that the screens are designed for. */
export const designedSizes = [
	[200, 60],
	[120, 36],
	[100, 30],
	[80, 24],
	[60, 15],
	[40, 10],
] as const;

const unprotected = { session: { protectedPatterns: [] } };

/** Every screen, at a moment when it has something to tell. */
export const screens: Readonly<Record<string, () => AppState>> = {
	running,
	'rolled-back': rolledBack,
	target: () => after(running(), 'n', 'enter'),
	logs: () => after(running(), 'n', 'l'),
	details: () => after(running(), 'i'),
	alarms: () => after(running(), 'a'),
	help: () => after(running(), '?'),
	messages: () => after(running(), 'R', 's', 'esc', '!'),
	'stop-typed': () => after(running(), 's', 'p', 'r', 'o', 'd'),
	'stop-plain': () => after(running(unprotected), 'b'),
	ecs,
	lambda,
	ready,
};
