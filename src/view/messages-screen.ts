import { formatTimeOfDay } from '../lib/duration.ts';
import type { Message } from '../monitor/state.ts';
import { bold, dim, segment, spread } from './line.ts';
import { toneOf } from './notice-line.ts';
import type { PagedScreen } from './paged-screen.ts';
import { pagerRow } from './pager.ts';

/** Every notice and every API failure with its time, the latest at the end. */
export function messagesScreen(messages: readonly Message[], columns: number): PagedScreen {
	const rows = messages.map(message =>
		pagerRow(
			[segment(message.text, toneOf(message.tone)), dim(message.count > 1 ? `  ${message.count}×` : '')],
			[dim(`${formatTimeOfDay(message.at)}  `)],
		),
	);
	return {
		heading: place => spread([bold('Messages')], [dim(place)], columns),
		rows: rows.length > 0 ? rows : [pagerRow([dim('nothing has happened that needed to be said')])],
		opensAt: 'end',
	};
}
