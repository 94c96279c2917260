import { deploymentElapsedMs, hasEnded } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { findStall, type Stall } from '../domain/stall.ts';
import { formatDuration } from '../lib/duration.ts';
import { memoEach, memoOne } from '../lib/memo.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { areRowsStale } from './freshness.ts';
import { markOf } from './glyphs.ts';
import { selectClusters } from './problem-lines.ts';
import { isStopped } from './stopping.ts';
import { tallyWords } from './summary.ts';

export type AnnouncementKind = 'failure' | 'stall' | 'ready' | 'end';

/** Something that a person who does not look should hear of, once. */
export type Announcement = {
	/** The same for the same event, however often it is seen: one of each kind for a deployment. */
	readonly key: string;
	readonly kind: AnnouncementKind;
	/** One line for a notification. */
	readonly text: string;
};

/**
 * What is news in `after`. What was so already when a deployment was first seen is none: who attaches to a failed
 * deployment hears nothing. The exception is one that was created while somebody watched, as a rollback is: all of it is
 * news. Failures and alarms that a stop causes do not ring, its end does.
 */
export function selectAnnouncements(before: AppState | undefined, after: AppState): readonly Announcement[] {
	return [...after.rollouts.values()].flatMap(is => {
		const was = before?.rollouts.get(is.id);
		if (was === is && before?.now === after.now) return [];
		const known = was && before && { now: before.now, rollout: was };
		return announcementsOf(known, { now: after.now, rollout: is }, watchedFrom(after, is.id));
	});
}

/** Since when this deployment is looked at: the watched one since the user went there. */
const watchedFrom = ({ scope, watchedSince, session }: AppState, id: DeploymentId): number =>
	id === scope.deploymentId ? watchedSince : session.startedAt;

/** A rollout as it is known at a moment, epoch milliseconds. */
export type Known = { readonly now: number; readonly rollout: Rollout };

/** What is news about one rollout. `since`: when the watching of it began, epoch milliseconds. */
export function announcementsOf(was: Known | undefined, is: Known, since: number): readonly Announcement[] {
	const { data } = is.rollout.deployment;
	if (!data) return [];
	const isFirst = was?.rollout.deployment.data === undefined;
	if (isFirst && (data.createdAt ?? 0) < since) return [];
	const earlier = new Set(isFirst || !was ? [] : standing(was, since).map(({ key }) => key));
	return standing(is, since).filter(({ key }) => !earlier.has(key));
}

/** All that is so now and worth a bell. */
function standing({ now, rollout }: Known, since: number): readonly Announcement[] {
	const { data } = rollout.deployment;
	if (!data) return [];
	const name = nameOf(rollout);
	const found: Announcement[] = [];
	const add = (kind: AnnouncementKind, text: string) =>
		void found.push({ key: `${rollout.id} ${kind}`, kind, text });
	if ((data.overview?.failed ?? 0) > 0 && !isStopped(rollout)) add('failure', failureText(rollout, name));
	const stall = stallOf({ now, rollout });
	if (stall && stall.at >= since) add('stall', `▲ ${name}: ${stallWords(stall, now)}`);
	if (data.status === 'Ready')
		add('ready', `${markOf(data.status).glyph} ${name} is Ready: waiting for you to reroute traffic`);
	if (hasEnded(data)) add('end', endText(rollout, now, name));
	return found;
}

const stallsOf = memoEach((rollout: Rollout) => memoOne((now: number) => stallAt(rollout, now)));

/** The stall of a rollout that is up to date: who is cut off from AWS, or has been stopped, knows of none. */
export const stallOf = ({ now, rollout }: Known): Stall | undefined => stallsOf(rollout)(now);

function stallAt(rollout: Rollout, now: number): Stall | undefined {
	const { data, failure } = rollout.deployment;
	if (!data || failure || rollout.reading.failure || areRowsStale({ now }, rollout)) return undefined;
	const { targets, readAts, config, history } = rollout;
	return findStall(
		{
			deployment: data,
			targets: [...targets.values()],
			config: config.data,
			readAt: id => readAts.get(id),
			usualMs: event => history.data?.events.get(event)?.medianMs,
		},
		now,
	);
}

function nameOf({ id, deployment: { data } }: Rollout): string {
	return data?.application === undefined ? id : `${data.application} / ${data.group ?? '?'}`;
}

function failureText(rollout: Rollout, name: string): string {
	const failed = rollout.deployment.data?.overview?.failed ?? 0;
	const [root] = selectClusters(rollout);
	const what = root ? [root.event, root.script, root.word].filter(word => word !== '').join(' ') : '';
	return `✗ ${name}: ${failed} failed${what === '' ? '' : `: ${what}`}`;
}

/** What does not move, and for how long. `now` is epoch milliseconds. */
export function stallWords({ kind, since, targetId }: Stall, now: number): string {
	const time = formatDuration(now - since);
	return kind === 'quiet'
		? `nothing has moved for ${time}`
		: `${targetId} has not begun its next event for ${time}`;
}

function endText(rollout: Rollout, now: number, name: string): string {
	const { data } = rollout.deployment;
	if (!data) return name;
	const elapsed = deploymentElapsedMs(data, now);
	const time = elapsed === undefined ? '' : ` after ${formatDuration(elapsed)}`;
	const undone = data.rollback?.triggeringDeploymentId === undefined ? '' : ' (rollback)';
	const counts = data.overview ? `: ${tallyWords(data.overview)}` : '';
	return `${markOf(data.status).glyph} ${name}${undone} ${data.status}${time}${counts}`;
}
