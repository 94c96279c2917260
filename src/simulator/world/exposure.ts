import type { Host } from './host.ts';
import type { Revision } from './revision.ts';

/**
 * How much of a group's traffic is answered by a faulty revision, over time, and how far that has been felt: metrics
 * follow the traffic with a delay, climb while the share is high and recover after a rollback.
 */
export type Exposure = {
	/** From now on this share (0 to 1) is answered by a faulty revision. */
	set(at: number, share: number): void;
	/** How far it was felt at that moment, 0 to 1. */
	levelAt(at: number): number;
};

type Change = { readonly at: number; readonly share: number; readonly level: number };

/** `reactionMs`: after this time, 63 % of a change has been felt. */
export function createExposure(reactionMs: number): Exposure {
	const changes: Change[] = [];
	function levelAt(at: number): number {
		const last = changes.findLast(change => change.at <= at);
		if (last === undefined) return 0;
		return last.share + (last.level - last.share) * Math.exp((last.at - at) / reactionMs);
	}
	return {
		levelAt,
		set(at, share) {
			if (changes.at(-1)?.share === share) return;
			changes.push({ at, share, level: levelAt(at) });
		},
	};
}

/** The share of a faulty revision among the hosts that get traffic. */
export function faultyShare(hosts: readonly Host[], isFaulty: (revision: Revision) => boolean): number {
	let serving = 0;
	let faulty = 0;
	for (const { inService, installed } of hosts) {
		if (!inService) continue;
		serving++;
		if (installed !== undefined && isFaulty(installed)) faulty++;
	}
	return serving === 0 ? 0 : faulty / serving;
}
