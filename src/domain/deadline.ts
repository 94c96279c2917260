import { appSpecHooks } from './app-spec-hooks.ts';
import { type DeploymentSnapshot, hasEnded } from './deployment.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import { timeoutSeconds } from './failure-reason.ts';
import { type HostFacts, isGoneState } from './host.ts';
import type { TargetId } from './ids.ts';
import type { LifecycleEvent } from './lifecycle-event.ts';
import { failedEvent, type TargetSnapshot } from './target.ts';
import { nextShiftAt, nextShiftPercent } from './traffic-shift.ts';
import { unclaimedAfterMs, unclaimedSince } from './unclaimed.ts';
import { blueGreenWait, waitingSince } from './waits.ts';

/**
 * What CodeDeploy will do by itself, and when: it shows none of this (AWS: CodeDeploy quotas, and the settings of the
 * deployment).
 */
export type Deadline = {
	readonly kind: DeadlineKind;
	/** Since when this time runs, epoch milliseconds. */
	readonly since: number;
	/** When it happens, epoch milliseconds. */
	readonly at: number;
	/** When that was last seen to be so, epoch milliseconds: a row that nobody has asked about may have gone on since. */
	readonly seenAt?: number;
	/** AWS does not tell when the time began, or whether it is this one: said with `≈`. */
	readonly isInferred: boolean;
	/** Of one target; undefined: of the deployment. */
	readonly target?: TargetId;
	/** The event that it is about, in AWS's own spelling. */
	readonly event?: string;
	/** What share of the traffic the new version has then, 0-100. */
	readonly percent?: number;
};

export type DeadlineKind =
	/** An event that no agent picks up fails. */
	| 'unclaimed'
	/** An event that runs is ended, whatever its scripts do. */
	| 'event'
	/** A hook runs into the timeout that it has run into elsewhere. */
	| 'hook'
	/** Nothing is heard of a host that is gone. */
	| 'silence'
	/** The load balancer has not called the host healthy. */
	| 'health'
	/** The tasks of the replacement set are not healthy. */
	| 'taskSet'
	/** A hook's function has not reported back. */
	| 'callback'
	/** Nobody has rerouted the traffic: it stops. */
	| 'ready'
	/** The original fleet or task set is terminated. */
	| 'termination'
	/** The next step of a canary or linear shift. */
	| 'shift';

/** AWS: what one lifecycle event may take in all; as long as it waits for an agent, a load balancer, tasks or a hook. */
const eventLimitMs = 60 * 60_000;

export type DeadlineCase = {
	readonly deployment: DeploymentSnapshot;
	readonly targets: ReadonlyMap<TargetId, TargetSnapshot>;
	readonly config: DeploymentConfig | undefined;
	/** When each target was last read, epoch milliseconds. */
	readonly readAts: ReadonlyMap<TargetId, number>;
	readonly hosts: ReadonlyMap<TargetId, HostFacts> | undefined;
	/** Of hooks that have run into theirs, by event, milliseconds: {@link seenTimeouts}. */
	readonly timeouts: ReadonlyMap<string, number>;
	/** The text of an AppSpec that was deployed as content. */
	readonly appSpec: string | undefined;
};

/**
 * The timeouts of hooks as the agent tells them when one has run into its own: the AppSpec of a bundle is not there to be
 * read, but all hosts run the same scripts. By event, milliseconds, the longest of several.
 */
export function seenTimeouts(targets: Iterable<TargetSnapshot>): ReadonlyMap<string, number> {
	const seen = new Map<string, number>();
	for (const target of targets) {
		const event = target.status === 'Failed' ? failedEvent(target) : undefined;
		const seconds = event?.diagnostics && timeoutSeconds(event.diagnostics);
		if (event && seconds) seen.set(event.name, Math.max(seen.get(event.name) ?? 0, seconds * 1000));
	}
	return seen;
}

/** All that is known to come, the next first. */
export function findDeadlines(of: DeadlineCase): readonly Deadline[] {
	if (hasEnded(of.deployment)) return [];
	const found = [...waitDeadline(of)];
	for (const target of of.targets.values()) found.push(...targetDeadlines(of, target));
	return found.toSorted((a, b) => a.at - b.at);
}

/** What comes for one target. */
export function targetDeadlines(of: DeadlineCase, target: TargetSnapshot): readonly Deadline[] {
	const since = unclaimedSince(target);
	if (since !== undefined) {
		const kind = 'unclaimed';
		const next = target.events.find(({ status }) => status === 'Pending');
		// Before the first event it is not told when its turn came.
		const isInferred = next === target.events[0];
		const at = since + unclaimedAfterMs;
		const about = { ...seen(of, target), ...(next && { event: next.name }) };
		return [{ kind, since, at, isInferred, ...about }];
	}
	const running = target.events.find(({ status }) => status === 'InProgress');
	return running ? [...eventDeadlines(of, target, running)] : [];
}

function seen({ readAts }: DeadlineCase, { id }: TargetSnapshot) {
	const seenAt = readAts.get(id);
	return { target: id, ...(seenAt !== undefined && { seenAt }) };
}

function* waitDeadline({ deployment, targets }: DeadlineCase): Generator<Deadline> {
	const wait = blueGreenWait(deployment, targets.values());
	if (wait === undefined) return;
	const { readyWaitMinutes, onReadyTimeout, terminationWaitMinutes } = deployment.blueGreen ?? {};
	const since = waitingSince(targets.values());
	const stops = onReadyTimeout === 'STOP_DEPLOYMENT' ? readyWaitMinutes : undefined;
	const minutes = wait === 'reroute' ? stops : terminationWaitMinutes;
	if (since === undefined || minutes === undefined) return;
	const kind = wait === 'reroute' ? 'ready' : 'termination';
	yield { kind, since, at: since + minutes * 60_000, isInferred: true };
}

function* eventDeadlines(
	of: DeadlineCase,
	target: TargetSnapshot,
	event: LifecycleEvent,
): Generator<Deadline> {
	const { startedAt: since, name } = event;
	if (since === undefined) return;
	const limit = { ...seen(of, target), since, at: since + eventLimitMs, event: name, isInferred: false };
	switch (target.kind) {
		case 'instance':
			yield* hostDeadlines(of, target, limit);
			return;
		case 'ecs':
		case 'lambda': {
			if (name === 'AllowTraffic') yield* shiftDeadlines(of, target, limit);
			const kind = name === 'Install' ? 'taskSet' : hookKind(of, name);
			if (kind) yield { ...limit, kind };
		}
	}
}

type Limit = Omit<Deadline, 'kind'> & { readonly event: string };

function* hostDeadlines(of: DeadlineCase, target: TargetSnapshot, limit: Limit): Generator<Deadline> {
	if (isGone(of, target)) {
		yield { ...limit, kind: 'silence', isInferred: true };
		return;
	}
	const timeoutMs = of.timeouts.get(limit.event);
	// Scripts before it in the same event have taken some of the time.
	if (timeoutMs !== undefined)
		yield { ...limit, kind: 'hook', at: limit.since + timeoutMs, isInferred: true };
	yield { ...limit, kind: limit.event === 'AllowTraffic' ? 'health' : 'event' };
}

function* shiftDeadlines(
	{ config }: DeadlineCase,
	target: TargetSnapshot,
	limit: Limit,
): Generator<Deadline> {
	const routing = config?.trafficRouting;
	const at = routing && nextShiftAt(target, routing);
	const percent = routing && nextShiftPercent(target, routing);
	if (at === undefined || percent === undefined) return;
	yield { ...limit, kind: 'shift', at, percent, isInferred: true };
}

const reservedEvents: ReadonlySet<string> = new Set(['AllowTestTraffic', 'AllowTraffic']);

/** Reserved ones have no hooks, and where the AppSpec is known, it tells which others have none. */
function hookKind({ appSpec }: DeadlineCase, event: string): 'callback' | undefined {
	if (reservedEvents.has(event)) return undefined;
	if (appSpec === undefined) return 'callback';
	return appSpecHooks(appSpec).some(hook => hook.event === event) ? 'callback' : undefined;
}

function isGone({ hosts }: DeadlineCase, { id }: TargetSnapshot): boolean {
	const host = hosts?.get(id);
	return host?.kind === 'ec2' && isGoneState(host.instance.state ?? '');
}

/** Of what may last an hour nobody needs to hear in the first quarter of it; of what an agent does at once, soon. */
const pressingShares: Readonly<Record<DeadlineKind, number>> = {
	unclaimed: 0.1,
	event: 0.25,
	hook: 0.1,
	silence: 0,
	health: 0.1,
	taskSet: 0.25,
	callback: 0.25,
	ready: 0,
	termination: 0,
	shift: 0,
};

/** Whether it is time to speak of it: most events end long before their time is up. */
export const isPressing = ({ kind, since, at, seenAt = Infinity }: Deadline, now: number): boolean =>
	Math.min(now, seenAt) - since >= (at - since) * pressingShares[kind];
