import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import type { FailureKind } from '../../gateway/failure.ts';
import { lookup } from '../../lib/lookup.ts';
import { displayWidth, truncateEnd } from '../../lib/width.ts';
import { type AppState, rolloutOf } from '../../monitor/state.ts';
import { etaCell, etaOf } from '../eta.ts';
import { markOf } from '../glyphs.ts';
import { howFarOf, howFarWords } from '../how-far.ts';
import { cutSegments, fitParts, joinParts, type Segment, segment, segmentsWidth } from '../line.ts';

/** The fewest cells that a name is worth showing in. */
const shortestName = 4;

/**
 * A deployment for a status bar: `✗2 17/40 checkout-api`, at most `width` cells. The name is cut first, then what can be
 * done without is left out.
 */
export function briefStatus(state: AppState, id: DeploymentId, width: number): readonly Segment[] {
	const rollout = rolloutOf(state, id);
	const { data } = rollout.deployment;
	if (!data) return [segment(truncateEnd(`? ${id}`, width), 'attention')];
	const name = data.application ?? id;
	const far = howFarOf(rollout);
	const parts = [
		{ segments: markSegments(data), keep: 9 },
		{ segments: far === undefined ? [] : [segment(howFarWords(far))], keep: 8 },
		{ segments: rollbackSegments(state, data), keep: 7 },
	];
	const kept = fitParts(parts, width, 1);
	const left = joinParts(kept, 1);
	const room = width - segmentsWidth(left) - 1;
	const least = Math.min(shortestName, displayWidth(name));
	if (room < least) return cutSegments(left, width);
	// How long it takes is told where that does not take the name away.
	const eta = etaOf(rollout, state.now);
	const time = eta === undefined ? '' : ` ${etaCell(eta).replace(' ', '')}`;
	const besideTime = room - displayWidth(time);
	return besideTime < Math.max(least, Math.ceil(displayWidth(name) / 2))
		? [...left, segment(` ${truncateEnd(name, room)}`)]
		: [...left, segment(` ${truncateEnd(name, besideTime)}${time}`)];
}

/** Failures first; without any the status, by its glyph alone while all is as it should be. */
function markSegments({ status, overview }: DeploymentSnapshot): readonly Segment[] {
	const { glyph, tone } = markOf(status);
	const failed = overview?.failed ?? 0;
	const isUsual = status === 'InProgress' || status === 'Succeeded';
	if (isUsual && failed > 0) return [segment(`✗${failed}`, 'failed')];
	return [segment(isUsual ? glyph : `${glyph} ${status}`, tone)];
}

function rollbackSegments(state: AppState, data: DeploymentSnapshot): readonly Segment[] {
	const link = linkedDeployment(data);
	if (link?.role !== 'rollback') return [];
	const status = rolloutOf(state, link.id).deployment.data?.status;
	if (status === undefined) return [segment('↩ ?', 'attention')];
	const { glyph, tone } = markOf(status);
	return [segment('↩ '), segment(`${glyph} ${status}`, tone)];
}

const shortWords: Readonly<Partial<Record<FailureKind, string>>> = {
	network: 'no answer',
	denied: 'denied',
	expired: 'expired',
	credentials: 'no credentials',
	throttled: 'throttled',
	missing: 'not found',
	invalid: 'refused',
};

/** Nothing is known, and why, in as few words as there are: `? checkout-api no answer`. */
export function briefProblem(name: string, kind: FailureKind | undefined, width: number): readonly Segment[] {
	const why = kind === undefined ? 'no answer' : (lookup(shortWords, kind) ?? 'AWS error');
	const room = width - displayWidth(why) - 3;
	if (room < shortestName) return [segment(truncateEnd(`? ${name}`, width), 'attention')];
	return [segment(`? ${truncateEnd(name, room)}`, 'attention'), segment(` ${why}`)];
}
