import { deploymentElapsedMs } from '../../domain/deployment.ts';
import { emptyTally } from '../../domain/tally.ts';
import { formatAge, formatDuration } from '../../lib/duration.ts';
import { displayWidth, fitEnd, fitStart, truncateEnd, truncateMiddle } from '../../lib/width.ts';
import { rolloutBar } from '../bars.ts';
import { etaCell, etaOf } from '../eta.ts';
import { type Mark, markOf } from '../glyphs.ts';
import { howFar } from '../how-far.ts';
import {
	bold,
	cell,
	cutSegments,
	dim,
	gap,
	type Line,
	type Segment,
	segment,
	segmentsWidth,
} from '../line.ts';
import { joinCells } from '../target-columns.ts';
import { percentBar } from '../traffic-lines.ts';
import type { FleetColumns } from './fleet-columns.ts';
import type { FleetRow } from './fleet-rows.ts';
import { isActive } from './row-facts.ts';
import { type RowLook, rowNote } from './row-note.ts';

/** One deployment in one line. */
export function fleetRowLine(row: FleetRow, columns: FleetColumns, look: RowLook): Line {
	const { now } = look;
	const { facts } = row;
	const ended = !isActive(facts.state);
	const mark = rowMark(row);
	const cells: readonly (readonly Segment[])[] = [
		nameCell(row, columns.name),
		columns.context > 0
			? [cell(truncateMiddle(row.key.context, columns.context), columns.context, 'dim')]
			: [],
		columns.status > 0 ? [cell(statusWord(row), columns.status, mark.tone)] : [],
		columns.bar > 0
			? ended
				? [cell(endedAgo(row, now, columns.bar), columns.bar, 'dim')]
				: barCell(row, columns.bar)
			: [],
		countCells(row, columns),
		columns.elapsed > 0 ? [elapsedCell(row, now, columns.elapsed)] : [],
		columns.eta > 0 ? [etaSegment(row, now, columns.eta)] : [],
		columns.note > 0 ? cutSegments(rowNote(row, columns.note, look), columns.note) : [],
	];
	return joinCells(
		cells.filter(segments => segments.length > 0),
		[gap(1), segment(mark.glyph, mark.tone), gap(1)],
	);
}

/** The sign of a rollout: that of its status, unless something about it is worse. */
export function rowMark({ deployment, facts }: FleetRow): Mark {
	if (facts.isStopping) return markOf('Stopped');
	if (facts.state !== 'failing') return markOf(deployment.status);
	const isOnlyAlarm = facts.clusters.length === 0 && (deployment.overview?.failed ?? 0) === 0;
	return markOf(isOnlyAlarm ? 'ALARM' : 'Failed');
}

export const statusWord = ({ deployment, facts }: FleetRow): string =>
	facts.isStopping ? 'Stopping' : deployment.status;

/**
 * `checkout-api / prod-blue`: where there is no room for both, each gives up its end. What is told below its rollback
 * is called by its id, as the names stand above.
 */
function nameCell({ deployment, facts, key, takenBack }: FleetRow, width: number): readonly Segment[] {
	if (takenBack !== undefined) return [cell(`└ ${key.deploymentId}`, width, 'dim')];
	const { application = '?', group = '?' } = deployment;
	const room = width - 3;
	const groupWidth = displayWidth(group);
	const fits = displayWidth(application) + groupWidth <= room;
	const groupRoom = fits ? groupWidth : Math.min(groupWidth, Math.ceil(room / 2));
	const name = truncateEnd(application, room - groupRoom);
	const rest = truncateEnd(group, room - displayWidth(name));
	const segments = isActive(facts.state)
		? [bold(name), dim(' / '), segment(rest)]
		: [dim(`${name} / ${rest}`)];
	return [...segments, gap(width - segmentsWidth(segments))];
}

/** Of Amazon ECS and AWS Lambda the share of the traffic counts, and before the target has been read that is not known. */
const isShareUnknown = ({ deployment, facts, rollout }: FleetRow): boolean =>
	isActive(facts.state) &&
	rollout.targets.size === 0 &&
	(deployment.platform === 'ECS' || deployment.platform === 'Lambda');

function barCell(row: FleetRow, width: number): readonly Segment[] {
	const { deployment, facts } = row;
	if (isShareUnknown(row)) return percentBar(0, width);
	return facts.moved === undefined
		? rolloutBar(deployment.overview ?? emptyTally, width)
		: percentBar(facts.moved, width);
}

/** `29/60`, with the slashes below each other; the share of the traffic where that is what moves. */
function countCells(row: FleetRow, columns: FleetColumns): readonly Segment[] {
	const { deployment, facts } = row;
	const { overview } = deployment;
	const strong = isActive(facts.state) ? bold : dim;
	const far = facts.moved === undefined && isShareUnknown(row) ? undefined : howFar(facts.moved, overview);
	if (!far) return [dim(fitStart('?', columns.done)), gap(columns.total)];
	const [done, of] = far;
	return [strong(fitStart(done, columns.done)), dim(fitEnd(of, columns.total))];
}

function elapsedCell({ deployment, facts }: FleetRow, now: number, width: number): Segment {
	const ms = deploymentElapsedMs(deployment, now);
	const text = ms === undefined ? '' : formatDuration(ms);
	return segment(fitStart(text, width), isActive(facts.state) ? 'plain' : 'dim');
}

function etaSegment({ rollout, facts }: FleetRow, now: number, width: number): Segment {
	const eta = isActive(facts.state) ? etaOf(rollout, now) : undefined;
	return cell(eta ? etaCell(eta) : '', width, 'dim');
}

/** When it ended: by AWS's clock, else when that was seen. */
function endedAgo({ deployment, rollout }: FleetRow, now: number, width: number): string {
	const endedAt = deployment.completedAt ?? rollout.endSeenAt;
	if (endedAt === undefined) return '';
	const age = formatAge(now - endedAt);
	return width < 10 ? age : `${age} ago`;
}
