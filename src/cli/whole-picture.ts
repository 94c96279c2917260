import { effectiveAlarms } from '../domain/deployment-group.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { tallyTotal } from '../domain/tally.ts';
import { isTransient } from '../gateway/failure.ts';
import type { Clock } from '../lib/clock.ts';
import type { Remote } from '../monitor/remote.ts';
import { type AppState, type Rollout, rolloutOf } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';
import { describeFailure } from '../view/freshness.ts';

/** How long is waited for the whole picture once there is a first one: a thousand targets take half a minute. */
const patienceMs = 60_000;

/** The names of hosts are worth a moment, not a minute: everything else can be told without them. */
const namesPatienceMs = 5_000;

/**
 * Waits until everything that is known of a deployment has been read, or cannot be; no longer than a minute, and not at
 * all once `signal` aborts. Resolves to whether the picture is whole.
 */
export async function awaitWholePicture(
	store: Store,
	id: DeploymentId,
	clock: Clock,
	signal: AbortSignal,
): Promise<boolean> {
	const isRead = () => isRolloutRead(rolloutOf(store.getState(), id));
	const isNamed = () => areHostsNamed(rolloutOf(store.getState(), id));
	await waitUntil(isRead, patienceMs);
	if (isRead()) await waitUntil(isNamed, namesPatienceMs);
	return isRead() && isNamed();

	async function waitUntil(isSo: () => boolean, patience: number): Promise<void> {
		if (isSo()) return;
		const done = new AbortController();
		const unsubscribe = store.subscribe(() => {
			if (isSo()) done.abort();
		});
		await clock.sleep(patience, AbortSignal.any([done.signal, signal]));
		unsubscribe();
	}
}

/** What the picture lacks, one sentence each: what could not be read, and what was not there in time. */
export const missingParts = (state: AppState, id: DeploymentId): readonly string[] =>
	findMissing(state, id).map(({ what, read, why }) => `${read ?? `${what} not read`}: ${why}`);

/** Something that the picture lacks, and how much of it is there, if there is something. */
export type Missing = { readonly what: string; readonly read?: string; readonly why: string };

/** What could not be read, and what was not there in time. */
export function findMissing(state: AppState, id: DeploymentId): readonly Missing[] {
	const rollout = rolloutOf(state, id);
	const why = ({ failure }: Remote<unknown>) =>
		failure === undefined ? 'no answer yet' : describeFailure(failure, state.session.profile);
	const parts = [...partsOf(rollout), ...(rollout.hosts.failure ? [namesOf(rollout)] : [])];
	const total = Math.max(countOf(rollout), rollout.targetIds.length);
	const { listing, reading, targets } = rollout;
	const unread = listing.failure?.kind === 'not-started' ? 0 : total - targets.size;
	const read = `${targets.size} of ${total} targets read`;
	return [
		...(unread > 0 ? [{ what: 'targets', read, why: why(listing.failure ? listing : reading) }] : []),
		...parts
			.filter(({ remote }) => remote.data === undefined)
			.map(({ name, remote }) => ({ what: name, why: why(remote) })),
	];
}

type Part = { readonly name: string; readonly remote: Remote<unknown> };

const namesOf = ({ hosts }: Rollout): Part => ({ name: 'names of the hosts', remote: hosts });

/** What is asked for besides the targets, where there is something to ask. */
function partsOf(rollout: Rollout): readonly Part[] {
	const { data } = rollout.deployment;
	return [
		...(data?.configName === undefined ? [] : [{ name: 'deployment configuration', remote: rollout.config }]),
		...(data?.group === undefined ? [] : [{ name: 'deployment group', remote: rollout.group }]),
		...(hasAlarms(rollout) ? [{ name: 'alarms', remote: rollout.alarms }] : []),
	];
}

const isRolloutRead = (rollout: Rollout): boolean =>
	rollout.deployment.data !== undefined &&
	areTargetsRead(rollout) &&
	partsOf(rollout).every(({ remote }) => isAnswered(remote));

const areHostsNamed = ({ targets, hosts }: Rollout): boolean =>
	isGivenUp(hosts) ||
	[...targets.values()].every(({ id, kind }) => kind !== 'instance' || hosts.data?.has(id));

/** A throttle or a bad connection passes: that is no answer yet. */
const isAnswered = (remote: Remote<unknown>): boolean => remote.data !== undefined || isGivenUp(remote);

const isGivenUp = ({ failure }: Remote<unknown>): boolean =>
	failure !== undefined && !isTransient(failure.kind);

const hasAlarms = ({ deployment, group }: Rollout): boolean => {
	const configuration = deployment.data && effectiveAlarms(deployment.data, group.data)?.configuration;
	return configuration?.enabled === true && configuration.alarms.length > 0;
};

const countOf = ({ deployment: { data } }: Rollout): number =>
	data?.overview ? tallyTotal(data.overview) : 0;

/** A deployment that has not begun, or never did, has no targets; a list that may not be read is not waited for. */
function areTargetsRead(rollout: Rollout): boolean {
	const { listing, reading, targetIds, targets } = rollout;
	if (countOf(rollout) === 0 || isGivenUp(listing)) return true;
	if (listing.data === undefined) return false;
	return targets.size >= targetIds.length || isGivenUp(reading);
}
