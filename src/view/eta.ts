import { type Eta, estimateEta } from '../domain/eta.ts';
import { type Evidence, gatherEvidence } from '../domain/evidence.ts';
import type { GroupHistory } from '../domain/history.ts';
import { memoEach, memoOne } from '../lib/memo.ts';
import type { Rollout, Targets } from '../monitor/state.ts';
import { isStopping } from './stopping.ts';

/** When a rollout will be over, and in which words. */

const evidenceFor = memoEach((targets: Targets) =>
	memoOne((history: GroupHistory | undefined) => gatherEvidence(targets, history)),
);

/** What this rollout and earlier ones show of how long things take. */
export const evidenceOf = ({ targets, history }: Rollout): Evidence => evidenceFor(targets)(history.data);

const etasOf = memoEach((rollout: Rollout) => memoOne((now: number) => estimate(rollout, now)));

/** The estimate at `now` (epoch milliseconds); undefined where nothing was measured, and while a person is waited for. */
export const etaOf = (rollout: Rollout, now: number): Eta | undefined => etasOf(rollout)(now);

function estimate(rollout: Rollout, now: number): Eta | undefined {
	const { targets } = rollout;
	const deployment = rollout.deployment.data;
	// What a stop cuts short ends at another time.
	if (!deployment || isStopping(rollout)) return undefined;
	const config = rollout.config.data;
	const history = rollout.history.data;
	const evidence = evidenceOf(rollout);
	const { readAts } = rollout;
	return estimateEta({ deployment, targets, readAts, config, history, evidence }, now);
}

/** `≈ 2m30s left`, `≈ 2m to Ready`, `any moment`, `≈ 1m over`. */
export function etaWords(eta: Eta): string {
	const left = roundedLeft(eta.leftMs);
	if (left > 0) return `≈ ${roundDuration(left)} ${eta.until === 'ready' ? 'to Ready' : 'left'}`;
	const over = roundedOver(eta.overMs);
	return over > 0 ? `≈ ${roundDuration(over)} over` : 'any moment';
}

/** For a column: `≈ 2m30s`, `≈ 0s`, `+1m` when it is over. */
export function etaCell(eta: Eta): string {
	const over = roundedOver(eta.overMs);
	return over > 0 ? `+${roundDuration(over)}` : `≈ ${roundDuration(roundedLeft(eta.leftMs))}`;
}

const second = 1_000;
const minute = 60 * second;

/** Steps that are wide enough for an estimate not to flicker: from which time on, and how wide. */
const steps: readonly (readonly [fromMs: number, stepMs: number])[] = [
	[2 * 60 * minute, 10 * minute],
	[30 * minute, 5 * minute],
	[10 * minute, minute],
	[2 * minute, 30 * second],
	[30 * second, 10 * second],
	[0, 5 * second],
];

const stepOf = (ms: number): number => steps.find(([from]) => ms > from)?.[1] ?? 5 * second;

/** Never less than it is; nothing when it is due. */
const roundedLeft = (ms: number): number => (ms < 3 * second ? 0 : Math.ceil(ms / stepOf(ms)) * stepOf(ms));

/** Being a little late is no news. */
const roundedOver = (ms: number): number => (ms < 20 * second ? 0 : Math.floor(ms / stepOf(ms)) * stepOf(ms));

/** `40s`, `2m30s`, `12m`, `1h10m`: without what is zero. */
function roundDuration(ms: number): string {
	const [hours, minutes, seconds] = [
		Math.floor(ms / (60 * minute)),
		Math.floor(ms / minute) % 60,
		Math.floor(ms / second) % 60,
	];
	const pad = (value: number, unit: string, isFirst: boolean) =>
		value === 0 ? '' : `${isFirst ? value : String(value).padStart(2, '0')}${unit}`;
	const text = `${pad(hours, 'h', true)}${pad(minutes, 'm', hours === 0)}${pad(seconds, 's', hours + minutes === 0)}`;
	return text === '' ? '0s' : text;
}
