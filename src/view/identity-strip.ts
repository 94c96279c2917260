import { accountOfArn, formatAccount } from '../domain/arn.ts';
import { type AppState, type Rollout, watchedRollout } from '../monitor/state.ts';
import { ageSegments } from './freshness.ts';
import {
	bold,
	dim,
	fitParts,
	gap,
	joinParts,
	type Line,
	line,
	type Part,
	type Segment,
	segment,
	segmentsWidth,
} from './line.ts';
import { isProtected } from './protection.ts';

/** A throttle colours the strip for this long. */
const throttleShownMs = 60_000;

/**
 * The top line: what is watched, where, how fresh, at what cost. It is the last thing to go; within it the deployment
 * id goes last, then application and group.
 */
export function identityStrip(state: AppState, rollout: Rollout): Line {
	const { columns } = state.ui.size;
	const inner = columns - 2;
	const left: readonly Part[] = [
		{ segments: [segment(' rollcall ', 'chip')], keep: 2 },
		{ segments: nameSegments(rollout), keep: 8 },
		{ segments: [segment(rollout.id)], keep: 9 },
	];
	const right: readonly Part[] = [
		{ segments: modeSegments(state), keep: 7 },
		{ segments: placeSegments(state, rollout), keep: placeKeep },
		{ segments: ageSegments(state, rollout), keep: 6 },
		{ segments: callsSegments(state), keep: 1 },
	];
	const between = 3;
	const kept = fitParts([...left, ...right], inner, between);
	const leftKept = kept.filter(part => left.includes(part));
	const rightKept = kept.filter(part => right.includes(part));
	const leftSegments = joinParts(leftKept, 2);
	const rightSegments = joinParts(rightKept, between);
	const room = Math.max(0, inner - segmentsWidth(leftSegments) - segmentsWidth(rightSegments));
	return line(gap(1), ...leftSegments, gap(room), ...rightSegments);
}

/** The place is long: it goes before the age does, and leaves room for the names. */
const placeKeep = 4;

function nameSegments(rollout: Rollout): readonly Segment[] {
	const deployment = rollout.deployment.data;
	if (deployment?.application === undefined) return [];
	return [bold(deployment.application), dim(' / '), bold(deployment.group ?? '?')];
}

/** It cannot go on where it is not told what there is. */
function followingSegments(state: AppState): readonly Segment[] {
	const { failure } = watchedRollout(state).siblings;
	return failure ? [segment('cannot follow', 'attention')] : [segment('following', 'running')];
}

function modeSegments(state: AppState): readonly Segment[] {
	return [
		...(state.session.readOnly ? [segment('read-only', 'attention')] : []),
		...(state.session.readOnly && state.follow.on ? [dim(' · ')] : []),
		...(state.follow.on ? [...followingSegments(state)] : []),
	];
}

function placeSegments(state: AppState, rollout: Rollout): readonly Segment[] {
	const { session } = state;
	const account = accountOf(state, rollout);
	const words = [session.profile, account && formatAccount(account), session.region];
	const text = words.filter(word => word !== undefined && word !== '').join(' · ');
	return [segment(text, isProtected(session, rollout) ? 'attention' : 'dim')];
}

/** The account of the targets, which is where things happen; else the caller's. */
export function accountOf(state: AppState, rollout: Rollout): string | undefined {
	for (const target of rollout.targets.values()) {
		const account = accountOfArn(target.arn);
		if (account !== undefined) return account;
	}
	return state.identity.data?.account;
}

function callsSegments({ api, now }: AppState): readonly Segment[] {
	const calls = `${api.callsPerMinute} calls/min`;
	if (api.throttledAt === undefined || now - api.throttledAt > throttleShownMs) return [dim(calls)];
	return [segment(`throttled · ${calls}`, 'attention')];
}
