import type { InstanceFacts, OnPremisesInstance } from '../domain/host.ts';
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
	const parts = hostParts(state, rollout, target);
	const width = state.ui.size.columns - 4;
	const first = startOf(parts, width);
	const rows = first.length === parts.length || most < 2 ? [parts] : [first, parts.slice(first.length)];
	return rows.map(row =>
		line(gap(3), ...cutSegments(joinParts(fitParts(row, width, between), between), width)),
	);
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

function hostParts(state: AppState, rollout: Rollout, target: TargetSnapshot): readonly Part[] {
	const host = rollout.hosts.data?.get(target.id);
	switch (host?.kind) {
		case 'ec2':
			return instanceParts(host.instance, state.now);
		case 'on-premises':
			return onPremisesParts(host.instance, state.now);
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

/** An age, and the time it stands for where there is more room. */
const since = (keep: number, what: string, at: number | undefined, now: number): readonly Part[] =>
	at === undefined
		? []
		: [...fact(keep, `${what} ${formatAge(now - at)} ago`), ...fact(2, `(${formatMinute(at)})`)];

const goneStates: ReadonlySet<string> = new Set(['stopped', 'shutting-down', 'terminated']);

function stateTone(state: string): Tone {
	if (state === 'running') return 'dim';
	return goneStates.has(state) ? 'failed' : 'attention';
}

function instanceParts(instance: InstanceFacts, now: number): readonly Part[] {
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
		...since(6, 'launched', launchedAt, now),
		...fact(3, privateIp),
		...fact(1, autoScalingGroup, 'in '),
	];
}

function onPremisesParts(instance: OnPremisesInstance, now: number): readonly Part[] {
	const { tags, registeredAt, deregisteredAt } = instance;
	const words = tags.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)).join('  ');
	return [
		...fact(4, 'on-premises'),
		...(deregisteredAt === undefined
			? []
			: [part(brief + 2, segment(`deregistered ${formatAge(now - deregisteredAt)} ago`, 'failed'))]),
		...fact(6, words),
		...(deregisteredAt === undefined ? since(4, 'registered', registeredAt, now) : []),
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
