import type { InstanceFacts, OnPremisesInstance } from '../domain/host.ts';
import { isGoneState } from '../domain/host.ts';
import { isEc2InstanceId } from '../domain/ids.ts';
import type { TargetSnapshot } from '../domain/target.ts';
import { formatAge, formatMinute } from '../lib/duration.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { describeFailure } from './freshness.ts';
import {
	bold,
	cutSegments,
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
	type Tone,
} from './line.ts';

const between = 3;

/**
 * What is known of the host behind a target, in at most `most` lines; what matters least is left out where there is no
 * room. None for targets that are no hosts.
 */
export function hostLines(
	state: AppState,
	rollout: Rollout,
	target: TargetSnapshot,
	most: number,
): readonly Line[] {
	if (target.kind !== 'instance' || most < 1) return [];
	const width = state.ui.size.columns - 4;
	const long = layOut(hostParts(state, rollout, target, 'long'), width, most);
	const rows = long.isWhole ? long.rows : layOut(hostParts(state, rollout, target), width, most).rows;
	return rows.map(row => line(gap(3), ...cutSegments(joinParts(row, between), width)));
}

/** In one row, or in two if that is not enough. */
function layOut(parts: readonly Part[], width: number, most: number) {
	const first = startOf(parts, width);
	const all = first.length === parts.length || most < 2 ? [parts] : [first, parts.slice(first.length)];
	const rows = all.map(row => fitParts(row, width, between));
	return { rows, isWhole: rows.flat().length === parts.length };
}

/** The name of a host, and its state if that is a reason to worry: for panes without room for a line about it. */
export function hostBrief(state: AppState, rollout: Rollout, target: TargetSnapshot): readonly Segment[] {
	if (target.kind !== 'instance' || !rollout.hosts.data?.has(target.id)) return [];
	const parts = hostParts(state, rollout, target).filter(({ keep }) => keep >= brief);
	return parts.length === 0 ? [] : [gap(2), ...joinParts(parts, 2)];
}

/** Parts from here on are never left out if it can be helped. */
const brief = 8;

/** As many of the first parts as fit. */
function startOf(parts: readonly Part[], width: number): readonly Part[] {
	let used = -between;
	const end = parts.findIndex(({ segments }) => {
		used += between + segmentsWidth(segments);
		return used > width;
	});
	return end < 0 ? parts : parts.slice(0, Math.max(1, end));
}

/** Ages come with the times they stand for where there is room for all. */
type Form = 'long' | 'short';

function hostParts(
	state: AppState,
	rollout: Rollout,
	target: TargetSnapshot,
	form: Form = 'short',
): readonly Part[] {
	const host = rollout.hosts.data?.get(target.id);
	switch (host?.kind) {
		case 'ec2':
			return instanceParts(host.instance, state.now, form);
		case 'on-premises':
			return onPremisesParts(host.instance, state.now, form);
		case 'unknown':
			return [part(brief, segment(unknownWords(target), 'attention'))];
		case undefined:
			return [part(brief, unreadWords(state, rollout, target))];
	}
}

const part = (keep: number, ...segments: readonly Segment[]): Part => ({ keep, segments });

/** A part with a fact; empty ones are left out. */
const fact = (keep: number, text: string | undefined, label = ''): readonly Part[] =>
	text === undefined || text === '' ? [] : [part(keep, dim(`${label}${text}`))];

/** `2 h ago`, and when that was. */
const age = (at: number, now: number, form: Form): string =>
	`${formatAge(now - at)} ago${form === 'long' ? `, ${formatMinute(at)}` : ''}`;

function stateTone(state: string): Tone {
	if (state === 'running') return 'dim';
	return isGoneState(state) ? 'failed' : 'attention';
}

function instanceParts(instance: InstanceFacts, now: number, form: Form): readonly Part[] {
	const { name, zone, type, state, imageId, launchedAt, privateIp, autoScalingGroup } = instance;
	const isFine = state === 'running';
	return [
		...(name === undefined ? [] : [part(brief + 1, bold(name))]),
		...(state === undefined
			? []
			: [part(isFine ? 2 : brief + 2, segment(isFine ? state : `instance ${state}`, stateTone(state)))]),
		...fact(7, zone),
		...fact(5, type),
		...fact(4, imageId),
		...(launchedAt === undefined ? [] : fact(6, age(launchedAt, now, form), 'launched ')),
		...fact(3, privateIp),
		...fact(1, autoScalingGroup, 'in '),
	];
}

function onPremisesParts(instance: OnPremisesInstance, now: number, form: Form): readonly Part[] {
	const { tags, registeredAt, deregisteredAt } = instance;
	const words = tags.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)).join('  ');
	return [
		...fact(4, 'on-premises'),
		...(deregisteredAt === undefined
			? []
			: [part(brief + 2, segment(`deregistered ${age(deregisteredAt, now, form)}`, 'failed'))]),
		...fact(6, words),
		...(registeredAt === undefined || deregisteredAt !== undefined
			? []
			: fact(4, age(registeredAt, now, form), 'registered ')),
	];
}

const unknownWords = ({ id }: TargetSnapshot): string =>
	isEc2InstanceId(id)
		? 'EC2 does not know this instance any more'
		: 'CodeDeploy has no on-premises instance of this name';

/** Why nothing is known yet. Hosts of two kinds are asked about apart from each other. */
function unreadWords(state: AppState, rollout: Rollout, { id }: TargetSnapshot): Segment {
	const operation = isEc2InstanceId(id) ? 'DescribeInstances' : 'BatchGetOnPremisesInstances';
	const { failure } = rollout.hosts;
	if (failure?.operation !== operation) return dim('facts of this host are being asked for');
	if (failure.kind !== 'denied')
		return segment(`no facts: ${describeFailure(failure, state.session.profile)}`, 'attention');
	return segment(`facts need ${failure.action ?? failure.operation}`, 'attention');
}
