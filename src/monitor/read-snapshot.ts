import { hasEnded } from '../domain/deployment.ts';
import { effectiveAlarms } from '../domain/deployment-group.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import { linkedDeployment } from '../domain/rollback.ts';
import { type Tally, tallyTotal } from '../domain/tally.ts';
import type { TargetStatus } from '../domain/target.ts';
import { isTransient } from '../gateway/failure.ts';
import { type Gateways, maxAlarmsPerCall, maxTargetsPerCall } from '../gateway/gateway.ts';
import { untilAborted } from '../lib/abort.ts';
import type { Clock } from '../lib/clock.ts';
import { asFailure } from './calls.ts';
import type { AppEvent, Part } from './events.ts';
import { type Rollout, rolloutOf } from './state.ts';
import type { Store } from './store.ts';

/**
 * How much of a deployment is read: `counts` = what is in the deployment itself, and the one target of ECS and Lambda,
 * which has the traffic; `whole` = what tells why it fails and what it waits for, too.
 */
export type SnapshotDepth = 'counts' | 'whole';

export type SnapshotOptions = {
	readonly store: Store;
	readonly gateways: Gateways;
	readonly clock: Clock;
	readonly depth: SnapshotDepth;
	/** How long the deployment itself is tried for while its failures can pass by themselves. */
	readonly patienceMs: number;
	/** How long everything else may take once the deployment is known. */
	readonly detailMs: number;
	readonly signal: AbortSignal;
};

/** Something that was asked for and has not been answered: what, and the deployment that it belongs to. */
export type Unread = { readonly part: Part; readonly id: DeploymentId };

const retryMs = 1_000;

/**
 * Reads a deployment once into the store: the deployment, then at the same time whatever else its state calls for, in
 * at most nine calls however large the fleet is. Never throws for AWS: failures are in the store, as those of a part.
 * Resolves to what was asked for and is not there.
 */
export async function readSnapshot(id: DeploymentId, options: SnapshotOptions): Promise<readonly Unread[]> {
	const { store, clock, signal, patienceMs, detailMs } = options;
	const rollout = () => rolloutOf(store.getState(), id);
	const tell = (event: AppEvent) => store.dispatch(event);

	await within(patienceMs, async (reader, giveUp) => {
		while (!giveUp.aborted) {
			if (await reader.deployment(id)) return;
			const { failure } = rollout().deployment;
			if (failure && !isTransient(failure.kind)) return;
			await clock.sleep(retryMs, giveUp);
		}
	});
	if (rollout().deployment.data === undefined) return [{ part: 'deployment', id }];
	return within(detailMs, reader => readDetails(id, rollout, reader, options));

	/** Does `work` with a reader whose calls are given up after `ms`; what is not there by then is unread. */
	async function within(
		ms: number,
		work: (reader: Reader, giveUp: AbortSignal) => Promise<void>,
	): Promise<readonly Unread[]> {
		const done = new AbortController();
		const late = new AbortController();
		const over = AbortSignal.any([signal, done.signal]);
		void clock.sleep(ms, over).then(() => late.abort());
		const giveUp = AbortSignal.any([signal, late.signal]);
		const reader = createReader({ gateways: options.gateways, clock, tell, signal: giveUp });
		await work(reader, giveUp);
		done.abort();
		return reader.unread();
	}
}

/** What a deployment's state calls for, all at the same time; what needs another answer first waits for that only. */
async function readDetails(
	id: DeploymentId,
	rollout: () => Rollout,
	reader: Reader,
	{ depth }: SnapshotOptions,
): Promise<void> {
	const { data } = rollout().deployment;
	if (!data) return;
	const { application, group, configName, platform, overview, status } = data;
	const ended = hasEnded(data);
	const isWhole = depth === 'whole';
	const alarms = async () => {
		if (application && group) await reader.group(id, application, group);
		const configuration = effectiveAlarms(data, rollout().group.data)?.configuration;
		if (configuration?.enabled) await reader.alarms(id, configuration.alarms);
	};
	const link = linkedDeployment(data);
	await Promise.all([
		// How traffic moves is what the time depends on.
		(isWhole || platform !== 'Server') && !ended && configName ? reader.config(id, configName) : undefined,
		isWhole && status !== 'Succeeded' ? alarms() : undefined,
		link ? reader.deployment(link.id) : undefined,
		platform === 'Server'
			? isWhole && overview && reader.targets(id, wantedStatuses(overview, ended), maxTargetsPerCall)
			: status !== 'Succeeded' && status !== 'Created' && reader.targets(id, undefined, 1),
	]);
}

/**
 * Of a small fleet all, undefined: those that are done show how long things take. Of a large one those that tell what is
 * wrong, then those that tell what it waits for.
 */
function wantedStatuses(overview: Tally, ended: boolean): readonly TargetStatus[] | undefined {
	const wanted: TargetStatus[] = [];
	if (overview.failed > 0) wanted.push('Failed');
	if (overview.inProgress > 0 && !ended) wanted.push('InProgress');
	if (overview.ready > 0 && !ended) wanted.push('Ready');
	// It waits for something that is of none of them.
	if (wanted.length === 0 && overview.succeeded > 0 && !ended) wanted.push('Succeeded');
	return wanted.length > 0 && tallyTotal(overview) <= maxTargetsPerCall ? undefined : wanted;
}

/** Asks, and tells what came of it. */
type Reader = {
	/** Whether it was answered. */
	deployment(id: DeploymentId): Promise<boolean>;
	config(id: DeploymentId, name: string): Promise<void>;
	group(id: DeploymentId, application: string, group: string): Promise<void>;
	alarms(id: DeploymentId, names: readonly string[]): Promise<void>;
	/** One batch: targets in the first of the statuses first; undefined: whatever there is. */
	targets(id: DeploymentId, statuses: readonly TargetStatus[] | undefined, limit: number): Promise<void>;
	/** What was asked for and not answered. */
	unread(): readonly Unread[];
};

function createReader(deps: {
	readonly gateways: Gateways;
	readonly clock: Clock;
	readonly tell: (event: AppEvent) => void;
	readonly signal: AbortSignal;
}): Reader {
	const { clock, tell, signal } = deps;
	const { codeDeploy, alarms } = deps.gateways;
	const open = new Map<string, Unread>();

	/** Whether `work` was answered; a failure is told as that of the part. */
	const attempt = async (part: Part, id: DeploymentId, work: () => Promise<void>): Promise<boolean> => {
		const key = `${part} ${id}`;
		open.set(key, { part, id });
		try {
			await untilAborted(work(), signal);
			open.delete(key);
			return true;
		} catch (error) {
			// What is given up has not failed.
			if (!signal.aborted) {
				const failure = asFailure(error, part);
				if (failure.kind === 'not-started') open.delete(key);
				tell({ type: 'part.failed', id, part, failure, at: clock.now() });
			}
			return false;
		}
	};

	return {
		unread: () => [...open.values()],
		deployment: id =>
			attempt('deployment', id, async () => {
				const deployment = await codeDeploy.getDeployment(id, signal);
				tell({ type: 'deployment.received', id, deployment, at: clock.now() });
			}),
		async config(id, name) {
			await attempt('config', id, async () => {
				const config = await codeDeploy.getDeploymentConfig(name, signal);
				tell({ type: 'config.received', id, config, at: clock.now() });
			});
		},
		async group(id, application, name) {
			await attempt('group', id, async () => {
				const group = await codeDeploy.getDeploymentGroup(application, name, signal);
				tell({ type: 'group.received', id, group, at: clock.now() });
			});
		},
		async alarms(id, names) {
			await attempt('alarms', id, async () => {
				const described = await alarms.describeAlarms(names.slice(0, maxAlarmsPerCall), signal);
				tell({ type: 'alarms.received', id, alarms: described, at: clock.now() });
			});
		},
		async targets(id, statuses, limit) {
			if (statuses?.length === 0) return;
			await attempt('targets', id, async () => {
				const queries = statuses?.map(status => ({ id, statuses: [status] })) ?? [{ id }];
				const pages = await Promise.all(queries.map(query => codeDeploy.listTargetIds(query, signal)));
				const ids: TargetId[] = [...new Set(pages.flatMap(({ items }) => items))];
				const asked = ids.slice(0, limit);
				if (asked.length === 0) return;
				const targets = await codeDeploy.getTargets(id, asked, signal);
				const complete = statuses === undefined && asked.length === ids.length;
				tell({ type: 'targetIds.received', id, ids: asked, complete, at: clock.now() });
				tell({ type: 'targets.received', id, targets, at: clock.now() });
			});
		},
	};
}
