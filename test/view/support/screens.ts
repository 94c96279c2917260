import type { AppState } from '../../../src/monitor/state.ts';

import { checklistEnded, checklistRunning, checklistWithheld } from './checklist-stories.ts';

import { deployScreens } from './deploy-stories.ts';
import { hosts, namesakes, onPremises } from './hosts.ts';
import { logScreens } from './log-stories.ts';

import { lastTime } from './past.ts';
import { preflightEnded, preflightRunning } from './preflight-stories.ts';
import { emptyRecord, partialRecord, record } from './record.ts';
import { fleet, plots, rolledBack, running, strange, tell } from './stories.ts';
import { ecs, lambda, ready } from './traffic-stories.ts';
import { pressed } from './user.ts';
import { terminating, unclaimed } from './wait-stories.ts';

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
	hosts,
	namesakes,
	'on-premises': onPremises,
	target: () => pressed(running(), 'n', 'enter'),
	'target-host': () => pressed(hosts(), 'n', 'enter'),
	'target-on-premises': () => pressed(onPremises(), 'n', 'enter'),
	logs: () => pressed(running(), 'n', 'l'),
	...logScreens,
	diagnosis: () => pressed(running(), 'd'),
	'diagnosis-of-target': () => pressed(strange(), 'n', 'enter', 'd'),
	'diagnosis-nothing': () =>
		pressed(tell({ targets: fleet.filter(({ status }) => status !== 'Failed') }), 'd'),
	details: () => pressed(running(), 'i'),
	alarms: () => pressed(running(), 'a'),
	timeline: () => pressed(running({ also: [...plots, lastTime] }), 't'),
	'timeline-zoomed': () => pressed(running({ also: [...plots, lastTime] }), 't', 'N', '+', '+', 'left'),
	'timeline-fleets': () => pressed(ready(), 't'),
	'timeline-traffic': () => pressed(ecs(), 't'),
	'timeline-unclaimed': () => pressed(unclaimed(), 't'),
	'timeline-termination': () => pressed(terminating(), 't'),
	history: () => pressed(running({ also: [record] }), 'h', 'j'),
	'history-partial': () => pressed(running({ also: [partialRecord] }), 'h'),
	'history-asking': () => pressed(running(), 'h'),
	'history-empty': () => pressed(running({ also: [emptyRecord] }), 'h'),
	help: () => pressed(running(), '?'),
	messages: () => pressed(running(), 'R', 's', 'esc', '!'),
	'checklist-running': checklistRunning,
	'checklist-withheld': checklistWithheld,
	'checklist-ended': checklistEnded,
	'preflight-running': preflightRunning,
	'preflight-ended': preflightEnded,
	'stop-typed': () => pressed(running(), 's', 'p', 'r', 'o', 'd'),
	'stop-plain': () => pressed(running(unprotected), 'b'),
	...deployScreens,
	ecs,
	lambda,
	ready,
};
