import { counted } from '../../diagnosis/words.ts';
import type { Recovery } from '../../domain/record/recovery.ts';
import type { RunTimes } from '../../domain/record/run-times.ts';
import type { FailureRate, TrackRecord } from '../../domain/track-record.ts';
import { formatAge, formatDuration } from '../../lib/duration.ts';
import type { RecordGap, RecordReading } from '../../monitor/record/reading.ts';
import { describeFailure } from '../freshness.ts';

/** What a track record comes to, in words. The first of each list is the statement, the others what it rests on. */

/** A share of fewer releases is chance. */
const enoughForShare = 5;

const notEnough = 'not enough deployments to say';

/** `4 of 16 releases failed or were stopped (25 %)`, `not counted: 2 rollbacks`. */
export function rateWords({ releases, failed, stopped, ...leftOut }: FailureRate): readonly string[] {
	const bad = failed + stopped;
	const onlyStopped = bad === 1 ? 'was stopped' : 'were stopped';
	const what = failed === 0 ? onlyStopped : stopped === 0 ? 'failed' : 'failed or were stopped';
	const statement =
		releases === 0
			? 'no release has ended'
			: bad === 0
				? `none of ${counted(releases, 'release')} failed`
				: `${bad} of ${counted(releases, 'release')} ${what}`;
	const share = releases >= enoughForShare ? ` (${Math.round((100 * bad) / releases)} %)` : '';
	const others = [
		leftOut.rollbacks > 0 ? counted(leftOut.rollbacks, 'rollback') : '',
		leftOut.scaling > 0 ? `${leftOut.scaling} by Auto Scaling` : '',
		leftOut.running > 0 ? `${leftOut.running} running` : '',
	].filter(words => words !== '');
	return [
		`${statement}${share}`,
		...(releases > 0 && share === '' ? [`how often: ${notEnough}`] : []),
		...(others.length > 0 ? [`not counted: ${others.join(', ')}`] : []),
	];
}

/** `took 4m12s, the median of 12`, `90 % within 6m`, `slower lately: 5m10s, before 4m`. */
export function timesWords(times: RunTimes | undefined): readonly string[] {
	if (!times) return ['no release has succeeded'];
	const { count, medianMs, p90Ms, slowestMs, trend } = times;
	if (count === 1)
		return [`took ${formatDuration(medianMs)}, the only one that succeeded`, `trend: ${notEnough}`];
	return [
		`took ${formatDuration(medianMs)}, the median of ${count} that succeeded`,
		p90Ms === undefined ? `slowest ${formatDuration(slowestMs)}` : `90 % within ${formatDuration(p90Ms)}`,
		trend ? trendWords(trend) : `trend: ${notEnough}`,
	];
}

function trendWords({ direction, laterMs, earlierMs }: NonNullable<RunTimes['trend']>): string {
	if (direction === 'steady') return 'about as long as before';
	return `${direction} lately: ${formatDuration(laterMs)}, before ${formatDuration(earlierMs)}`;
}

/** `recovered in 7m20s, the mean of 3 times`, `broken since d-… failed 2 h ago`. */
export function recoveryWords({ outages, meanMs }: Recovery, now: number): readonly string[] {
	const [latest] = outages;
	if (!latest) return ['nothing to recover from'];
	const over = outages.filter(({ tookMs }) => tookMs !== undefined).length;
	const rests = over === 1 ? 'once' : `the mean of ${over} times`;
	return [
		...(meanMs === undefined ? [] : [`recovered in ${formatDuration(meanMs)}, ${rests}`]),
		...(latest.tookMs === undefined
			? [`not recovered yet from ${latest.brokenBy}, ${formatAge(now - latest.brokenAt)} ago`]
			: []),
	];
}

/** Whether the last release left the group broken. */
export const isBroken = ({ recovery: { outages } }: TrackRecord): boolean =>
	outages[0] !== undefined && outages[0].tookMs === undefined;

const nouns: Readonly<Record<RecordGap['what'], string>> = {
	'failed targets': 'causes',
	'hook times': 'hook times',
	'names of hosts': 'names of hosts',
};

/** What could not be read, one sentence for each reason. */
export function gapWords({ gaps }: RecordReading, profile: string | undefined): readonly string[] {
	const reasons = gaps.map(({ what, failure, id }) => ({
		what: nouns[what],
		isOfDeployment: id !== undefined,
		why: failure ? describeFailure(failure, profile) : 'they are too many',
	}));
	const groups = Map.groupBy(reasons, ({ what, why }) => `${what} ${why}`);
	return [...groups.values()].flatMap(group => {
		const [first] = group;
		if (!first) return [];
		const of = first.isOfDeployment ? ` of ${counted(group.length, 'deployment')}` : '';
		return [`${first.what}${of} not read: ${first.why}`];
	});
}
