import { isEc2InstanceId, type TargetId } from '../../domain/ids.ts';
import { currentEvent, type TargetSnapshot } from '../../domain/target.ts';
import { leftMs } from '../cadence.ts';
import type { Watch } from '../watch.ts';

/** Which hosts are to be asked about. */
export type HostQuestions = {
	/** A turn begins: after a refresh all are asked about again. */
	begin(): void;
	/** Those of one kind that are to be asked about now, those on the screen first. */
	open(isMeant: (id: TargetId) => boolean): readonly TargetId[];
	answered(ids: readonly TargetId[]): void;
	/** Milliseconds until one may have to be asked about again; undefined: none will be by itself. */
	dueInMs(isMeant: (id: TargetId) => boolean): number | undefined;
};

/** However many hosts fail one after the other, they are not asked about again more often than this. */
const againMs = 15_000;

type Asked = { readonly since: number; readonly afterEnd: boolean };

export function createHostQuestions(watch: Watch): HostQuestions {
	const { clock, plan } = watch;
	const asked = new Map<TargetId, Asked>();
	let refreshes = watch.refreshes();
	let askedAgainAt = -Infinity;

	const isOver = () => watch.endedMs() !== undefined;
	const againInMs = () => leftMs({ since: askedAgainAt, ms: againMs }, clock.now());

	/** When a host is asked about the next time; Infinity: not by itself. */
	const waitMs = (id: TargetId): number => {
		const before = asked.get(id);
		if (!before) return 0;
		const target = watch.rollout().targets.get(id);
		// CodeDeploy's own register of on-premises instances does not say whether a machine is up.
		if (!(target && isEc2InstanceId(id))) return Infinity;
		if (isOver()) return isSuspect(target) && !before.afterEnd ? 0 : Infinity;
		if (!(target.status === 'Failed' || isStuck(target, clock.now() - plan.hostsMs))) return Infinity;
		return Math.max(againInMs(), leftMs({ since: before.since, ms: plan.hostsMs }, clock.now()));
	};

	return {
		begin() {
			if (refreshes === watch.refreshes()) return;
			refreshes = watch.refreshes();
			asked.clear();
		},
		open(isMeant) {
			const due = instancesOf(watch).filter(id => isMeant(id) && waitMs(id) === 0);
			const wanted = new Set(due);
			const visible = watch.visibleTargets().filter(id => wanted.has(id));
			return [...new Set([...visible, ...due])];
		},
		answered(ids) {
			const now = clock.now();
			if (ids.some(id => asked.has(id))) askedAgainAt = now;
			for (const id of ids) asked.set(id, { since: now, afterEnd: isOver() });
		},
		dueInMs(isMeant) {
			const ids = instancesOf(watch).filter(isMeant);
			if (ids.length === 0) return undefined;
			const first = ids.reduce((least, id) => Math.min(least, waitMs(id)), Infinity);
			// Hosts get stuck without anybody being told.
			const next = isOver() ? first : Math.min(first, plan.hostsMs);
			return next === Infinity ? undefined : next;
		},
	};
}

/** Targets that are hosts; where the platform is not known, those that are known to be. */
function instancesOf(watch: Watch): readonly TargetId[] {
	const { targetIds, targets, deployment } = watch.rollout();
	const platform = deployment.data?.platform;
	if (platform === 'Server') return targetIds;
	return platform === undefined ? targetIds.filter(id => targets.get(id)?.kind === 'instance') : [];
}

const calmStatuses: ReadonlySet<string> = new Set(['Succeeded', 'Skipped', 'Pending']);

/** Whether the host of this target may be why it did not succeed. */
const isSuspect = ({ status }: TargetSnapshot): boolean => !calmStatuses.has(status);

/** Whether it has been at the same event since before `since`, or has not even begun. */
const isStuck = (target: TargetSnapshot, since: number): boolean =>
	target.status === 'InProgress' && (currentEvent(target)?.startedAt ?? -Infinity) <= since;
