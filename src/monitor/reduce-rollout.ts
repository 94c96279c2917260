import { isDeepStrictEqual } from 'node:util';
import { type DeploymentSnapshot, hasEnded } from '../domain/deployment.ts';
import type { TargetId } from '../domain/ids.ts';
import type { TargetSnapshot } from '../domain/target.ts';
import { rememberTraffic } from '../domain/traffic-shift.ts';
import { VersionedMap } from '../lib/versioned-map.ts';
import { reduceCheckup } from './checkup.ts';
import type { Part, RolloutEvent } from './events.ts';
import { reduceLogs } from './host-log.ts';
import { type PreflightEvent, reducePreflight } from './preflight/preflight.ts';
import { receiveHosts } from './receive-hosts.ts';
import { failed, received, unasked } from './remote.ts';
import type { Rollout, Targets } from './state.ts';

/** Applies one answer to what is known of its deployment. Pure; returns the same reference when nothing has changed. */
export function reduceRollout(rollout: Rollout, event: RolloutEvent): Rollout {
	switch (event.type) {
		case 'deployment.received':
			return receiveDeployment(rollout, event.deployment, event.at);
		case 'targetIds.received':
			return receiveIds(rollout, event.ids, event.complete, event.at);
		case 'targets.received': {
			const targets = mergeTargets(rollout.targets, event.targets);
			const readAts = stamped(rollout.readAts, event.targets, event.at);
			const traffic = rememberTraffic(rollout.traffic, merged(targets, event.targets), event.at);
			const reading = received(rollout.reading, targets.size, event.at);
			return { ...rollout, targets, readAts, traffic, reading };
		}
		case 'config.received':
			return { ...rollout, config: received(rollout.config, event.config, event.at) };
		case 'group.received':
			return { ...rollout, group: received(rollout.group, event.group, event.at) };
		case 'siblings.received':
			return { ...rollout, siblings: received(rollout.siblings, event.ids, event.at) };
		case 'appSpec.received':
			return { ...rollout, appSpec: received(rollout.appSpec, event.content, event.at) };
		case 'alarms.received':
			return { ...rollout, alarms: received(rollout.alarms, event.alarms, event.at) };
		case 'plot.received': {
			const plot = received(rollout.plots.get(event.alarm) ?? unasked, event.plot, event.at);
			return { ...rollout, plots: new Map(rollout.plots).set(event.alarm, plot) };
		}
		case 'plot.failed': {
			const plot = failed(rollout.plots.get(event.alarm) ?? unasked, event.failure, event.at);
			return { ...rollout, plots: new Map(rollout.plots).set(event.alarm, plot) };
		}
		case 'history.received':
			return { ...rollout, history: received(rollout.history, event.history, event.at) };
		case 'record.received':
			return { ...rollout, record: received(rollout.record, event.reading, event.at) };
		case 'hosts.received':
			return { ...rollout, hosts: receiveHosts(rollout.hosts, event.hosts, event.at) };
		case 'log.wanted':
		case 'log.left':
		case 'log.asked':
		case 'log.received':
		case 'log.obstructed':
		case 'log.failed':
			return { ...rollout, logs: reduceLogs(rollout.logs, event) };
		case 'checkup.asked':
		case 'checkup.began':
		case 'checkup.withheld':
		case 'checkup.resumed':
		case 'checkup.ended':
		case 'knowledge.gained':
		case 'host.examined':
			return { ...rollout, ...reduceCheckup(rollout, event) };
		case 'preflight.asked':
		case 'preflight.gained':
		case 'preflight.ended':
			return receivePreflight(rollout, event);
		case 'part.failed':
			return failPart(rollout, event.part, event);
	}
}

function receivePreflight(rollout: Rollout, event: PreflightEvent): Rollout {
	const preflight = reducePreflight(rollout.preflight, event);
	return preflight === undefined ? rollout : { ...rollout, preflight };
}

/** An ended deployment stays ended: an answer that says otherwise was asked for earlier and has been overtaken. */
function receiveDeployment(rollout: Rollout, answer: DeploymentSnapshot, at: number): Rollout {
	const known = rollout.deployment.data;
	const overtaken = known !== undefined && hasEnded(known) && !hasEnded(answer);
	const deployment = received(rollout.deployment, overtaken ? known : answer, at);
	if (rollout.endSeenAt !== undefined || !hasEnded(answer)) return { ...rollout, deployment };
	const wasOver = known === undefined && answer.completedAt !== undefined;
	return { ...rollout, deployment, endSeenAt: wasOver ? Math.min(at, answer.completedAt) : at };
}

type PartFailed = Extract<RolloutEvent, { type: 'part.failed' }>;

function failPart(rollout: Rollout, part: Part, { failure, at, retryAt }: PartFailed): Rollout {
	switch (part) {
		case 'deployment':
			return { ...rollout, deployment: failed(rollout.deployment, failure, at, retryAt) };
		case 'listing':
			return { ...rollout, listing: failed(rollout.listing, failure, at, retryAt) };
		case 'targets':
			return { ...rollout, reading: failed(rollout.reading, failure, at, retryAt) };
		case 'config':
			return { ...rollout, config: failed(rollout.config, failure, at, retryAt) };
		case 'group':
			return { ...rollout, group: failed(rollout.group, failure, at, retryAt) };
		case 'siblings':
			return { ...rollout, siblings: failed(rollout.siblings, failure, at, retryAt) };
		case 'appSpec':
			return { ...rollout, appSpec: failed(rollout.appSpec, failure, at, retryAt) };
		case 'alarms':
			return { ...rollout, alarms: failed(rollout.alarms, failure, at, retryAt) };
		case 'history':
			return { ...rollout, history: failed(rollout.history, failure, at, retryAt) };
		case 'record':
			return { ...rollout, record: failed(rollout.record, failure, at, retryAt) };
		case 'hosts':
			return { ...rollout, hosts: failed(rollout.hosts, failure, at, retryAt) };
	}
}

function receiveIds(rollout: Rollout, ids: readonly TargetId[], complete: boolean, at: number): Rollout {
	const same = isDeepStrictEqual(rollout.targetIds, ids);
	const targetIds = same ? rollout.targetIds : ids;
	if (!complete) return same ? rollout : { ...rollout, targetIds };
	return {
		...rollout,
		targetIds,
		listing: received(rollout.listing, ids.length, at),
		targets: keepListed(rollout.targets, ids),
	};
}

/** Targets that a whole list no longer names are gone: scaled in, or never part of it. */
function keepListed(targets: Targets, ids: readonly TargetId[]): Targets {
	const listed = new Set(ids);
	const kept = [...targets].filter(([id]) => listed.has(id));
	return kept.length === targets.size ? targets : new Map(kept);
}

function stamped(
	known: Rollout['readAts'],
	batch: readonly TargetSnapshot[],
	at: number,
): Rollout['readAts'] {
	return VersionedMap.of(known).with(batch.map(({ id }) => [id, at]));
}

/** What is known now of those that were asked about. */
const merged = (targets: Targets, batch: readonly TargetSnapshot[]): readonly TargetSnapshot[] =>
	batch.flatMap(({ id }) => targets.get(id) ?? []);

/** Merges by id. An older answer loses, an equal one keeps the reference, and nothing new returns the map itself. */
export function mergeTargets(known: Targets, batch: readonly TargetSnapshot[]): Targets {
	const news = new Map<TargetId, TargetSnapshot>();
	for (const target of batch) {
		const before = news.get(target.id) ?? known.get(target.id);
		if (before && (isOlder(target, before) || isDeepStrictEqual(target, before))) continue;
		news.set(target.id, target);
	}
	return news.size === 0 ? known : VersionedMap.of(known).with(news);
}

/** By AWS's own clock: this machine's may have been set between two answers. */
function isOlder(target: TargetSnapshot, known: TargetSnapshot): boolean {
	const at = awsTime(target);
	const knownAt = awsTime(known);
	return at !== undefined && knownAt !== undefined && at < knownAt;
}

const awsTime = ({ updatedAt, awsAheadMs = 0 }: TargetSnapshot): number | undefined =>
	updatedAt === undefined ? undefined : updatedAt + awsAheadMs;
