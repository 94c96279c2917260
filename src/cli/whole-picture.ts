import { effectiveAlarms } from '../domain/deployment-group.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { tallyTotal } from '../domain/tally.ts';
import type { Clock } from '../lib/clock.ts';
import type { Remote } from '../monitor/remote.ts';
import { type AppState, type Rollout, rolloutOf } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';

/** How long is waited for the whole picture once there is a first one: a thousand targets take half a minute. */
const patienceMs = 60_000;

/**
 * Waits until everything that is known of a deployment has been read, or has failed to be, once; no longer than a minute,
 * and not at all once `signal` aborts. Resolves to whether the picture is whole.
 */
export async function awaitWholePicture(
	store: Store,
	id: DeploymentId,
	clock: Clock,
	signal: AbortSignal,
): Promise<boolean> {
	const isWhole = () => isWholePicture(store.getState(), id);
	if (isWhole()) return true;
	const whole = new AbortController();
	const unsubscribe = store.subscribe(() => {
		if (isWhole()) whole.abort();
	});
	await clock.sleep(patienceMs, AbortSignal.any([whole.signal, signal]));
	unsubscribe();
	return isWhole();
}

/** Whether every part has been asked about once, whatever came of it. */
export function isWholePicture(state: AppState, id: DeploymentId): boolean {
	const rollout = rolloutOf(state, id);
	const deployment = rollout.deployment.data;
	if (!deployment) return false;
	const parts: readonly Remote<unknown>[] = [
		...(deployment.configName === undefined ? [] : [rollout.config]),
		...(deployment.group === undefined ? [] : [rollout.group]),
		...(hasAlarms(rollout) ? [rollout.alarms] : []),
	];
	return areTargetsRead(rollout) && areHostsRead(rollout) && parts.every(isAnswered);
}

const isAnswered = ({ data, failure }: Remote<unknown>): boolean =>
	data !== undefined || failure !== undefined;

const hasAlarms = ({ deployment, group }: Rollout): boolean => {
	const configuration = deployment.data && effectiveAlarms(deployment.data, group.data)?.configuration;
	return configuration?.enabled === true && configuration.alarms.length > 0;
};

/** A deployment that has not begun, or never did, has no targets; a list that could not be read is not waited for. */
function areTargetsRead({ deployment, listing, reading, targetIds, targets }: Rollout): boolean {
	const total = deployment.data?.overview ? tallyTotal(deployment.data.overview) : 0;
	if (total === 0 || listing.failure !== undefined) return true;
	if (listing.data === undefined) return false;
	return targets.size >= targetIds.length || reading.failure !== undefined;
}

const areHostsRead = ({ hosts: { data, failure }, targets }: Rollout): boolean =>
	failure !== undefined ||
	[...targets.values()].every(({ id, kind }) => kind !== 'instance' || data?.has(id));
