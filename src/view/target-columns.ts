import type { TargetId } from '../domain/ids.ts';
import type { TargetSnapshot } from '../domain/target.ts';
import { memoEach, memoOne } from '../lib/memo.ts';
import { displayWidth, fitEnd, fitStart } from '../lib/width.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { hostName, hostZone, shortZone } from './host-words.ts';
import { dim, gap, type Line, line, type Segment } from './line.ts';

/** Widths in cells; 0: the column is left out. Glyph, line and event are always there, and id or name. */
export type Columns = {
	readonly target: number;
	readonly name: number;
	readonly zone: number;
	readonly fleet: number;
	readonly step: number;
	readonly bar: number;
	readonly event: number;
	readonly status: number;
	readonly time: number;
	readonly note: number;
	/** Cells between two columns. */
	readonly air: number;
};

const usualAir = 2;
const narrowestEvent = 8;
const minimumNote = 10;
const widestBar = 26;
const lifecycleHead = 'LIFECYCLE';

type Content = HostContent & {
	readonly steps: number;
	readonly idWidth: number;
	/** Of the longest name of an event. */
	readonly eventWidth: number;
	readonly hasFleets: boolean;
};

/** How wide ids and names are. */
export type LabelContent = Pick<Content, 'idWidth' | 'nameWidth' | 'areNamesOwn'>;

export const labelContentOf = (
	targets: readonly TargetSnapshot[],
	hosts: Rollout['hosts']['data'],
): LabelContent => ({ ...contentOf(targets), ...hostContentOf(hosts) });

type HostContent = {
	/** 0: no host has a name. */
	readonly nameWidth: number;
	/** 0: no zone is known. */
	readonly zoneWidth: number;
	/** Names tell hosts apart, as ids do. All hosts of an Auto Scaling group may have the same one. */
	readonly areNamesOwn: boolean;
};

/**
 * Lays the columns out for a width. What is dropped, or shrunk, goes in this order: the note's surplus, the zone, the
 * target id if a name of its own stands for it, the status word, the note, the fleet's word, the middle of name or id,
 * the time. Where names, ids or events would be cut, they need the air between the columns more.
 */
export function layOutColumns(width: number, content: Content): Columns {
	const airy = layOutWith(usualAir, width, content);
	const tight = layOutWith(1, width, content);
	const isCut = labelWidth(tight) > labelWidth(airy) || tight.event > airy.event;
	return isCut && airy.note === 0 ? tight : airy;
}

const labelWidth = ({ target, name }: Columns): number => Math.max(target, name);

function layOutWith(air: number, width: number, content: Content): Columns {
	const inner = width - 2 - 2;
	const { idWidth, nameWidth, zoneWidth, areNamesOwn, steps } = content;
	const step = steps <= 4 ? 3 : 1;
	const narrow: Columns = {
		target: areNamesOwn ? 0 : Math.min(idWidth, 9),
		name: areNamesOwn ? Math.min(nameWidth, 9) : 0,
		zone: 0,
		fleet: 0,
		step,
		// Its head has to fit, too.
		bar: Math.max(steps * step, lifecycleHead.length),
		event: 13,
		status: 0,
		time: 0,
		note: 0,
		air,
	};
	// Rather the end of an event's name than that of every row.
	const excess = Math.max(0, usedWidth(narrow) - inner);
	let columns = { ...narrow, event: Math.max(narrowestEvent, narrow.event - excess) };
	const grow = (change: Partial<Columns>) => {
		const grown = { ...columns, ...change };
		if (usedWidth(grown) <= inner) columns = grown;
	};
	const growLabel = (most: number) =>
		grow(areNamesOwn ? { name: Math.min(nameWidth, most) } : { target: Math.min(idWidth, most) });
	grow({ time: 7 });
	grow({ event: 18 });
	growLabel(12);
	if (content.hasFleets) grow({ fleet: 5 });
	growLabel(19);
	grow({ note: minimumNote });
	grow({ status: 10 });
	grow(areNamesOwn ? { target: Math.min(idWidth, 19) } : { name: Math.min(nameWidth, 19) });
	if (columns.target > 0 && columns.status > 0) grow({ zone: zoneWidth });
	grow({ note: 18 });
	for (const step of [2, 3]) {
		const bar = steps * step;
		if (bar > columns.bar && bar <= widestBar) grow({ step, bar });
	}
	grow({ target: Math.min(idWidth, 44) });
	if (columns.name > 0) grow({ name: Math.min(nameWidth, 32) });
	grow({ event: Math.min(22, Math.max(18, content.eventWidth)) });
	return columns.note > 0 ? { ...columns, note: columns.note + inner - usedWidth(columns) } : columns;
}

function usedWidth(columns: Columns): number {
	const { target, name, zone, fleet, bar, event, status, time, note, air } = columns;
	const widths = [target, name, zone, fleet, bar, event, status, time, note].filter(width => width > 0);
	return widths.reduce((sum, width) => sum + width + air, -air);
}

/** The columns for the targets that are listed. */
export const columnsFor = (state: AppState, rollout: Rollout, targets: readonly TargetSnapshot[]): Columns =>
	layOutColumns(state.ui.size.columns, { ...contentOf(targets), ...hostContentOf(rollout.hosts.data) });

const contentOf = memoOne((targets: readonly TargetSnapshot[]) => {
	let steps = 1;
	let idWidth = 6;
	let eventWidth = 0;
	let hasFleets = false;
	for (const target of targets) {
		const widths = widthsOf(target);
		steps = Math.max(steps, target.events.length);
		idWidth = Math.max(idWidth, widths.id);
		eventWidth = Math.max(eventWidth, widths.event);
		hasFleets ||= target.label !== undefined;
	}
	return { steps, idWidth, eventWidth, hasFleets };
});

/** Of a target that stays as it is: a fleet is laid out with every answer, and an answer is about a few. */
const widthsOf = memoEach(({ id, events }: TargetSnapshot) => ({
	id: displayWidth(id),
	event: Math.max(0, ...events.map(({ name }) => name.length)),
}));

/** When as many have a name, the few that have none, or are gone, do not change how all are called. */
const mostHosts = 0.8;

/** Of all hosts, not of those listed: the columns keep their places when the list is narrowed. */
const hostContentOf = memoOne((hosts: Rollout['hosts']['data']): HostContent => {
	const names = new Set<string>();
	let named = 0;
	let nameWidth = 0;
	let zoneWidth = 0;
	for (const host of (hosts ?? new Map<TargetId, never>()).values()) {
		const name = hostName(host);
		if (name !== '') {
			named += 1;
			names.add(name);
			nameWidth = Math.max(nameWidth, displayWidth(name), 'NAME'.length);
		}
		const zone = shortZone(hostZone(host));
		if (zone !== '') zoneWidth = Math.max(zoneWidth, Math.min(displayWidth(zone), 12), 'ZONE'.length);
	}
	const count = hosts?.size ?? 0;
	const areNamesOwn = named > 0 && names.size === named && named >= count * mostHosts;
	// The others are called by their ids.
	if (areNamesOwn && named < count) nameWidth = Math.max(nameWidth, 12);
	return { nameWidth, zoneWidth, areNamesOwn };
});

/** The heads of the columns. */
export function tableHeader(columns: Columns): Line {
	const cells = [
		['TARGET', columns.target],
		['NAME', columns.name],
		['ZONE', columns.zone],
		['FLEET', columns.fleet],
		[lifecycleHead, columns.bar],
		['EVENT', columns.event],
		['STATUS', columns.status],
		['TIME', columns.time],
	] as const;
	return joinCells(
		cells.flatMap(([name, width]) => (width > 0 ? [[dim(fitHead(name, width))]] : [])),
		[gap(3)],
		columns.air,
	);
}

/** A number column's head stands over its right edge. */
const fitHead = (name: string, width: number): string =>
	name === 'TIME' ? fitStart(name, width) : fitEnd(name, width);

/** Cells side by side, with air between them. */
export function joinCells(
	cells: readonly (readonly Segment[])[],
	start: readonly Segment[],
	air = usualAir,
): Line {
	return line(
		...start,
		...cells.flatMap((segments, index) => (index === 0 ? segments : [gap(air), ...segments])),
	);
}
