import { type AlarmSnapshot, breaches, comparisonSign } from '../domain/alarm.ts';
import { hasEnded } from '../domain/deployment.ts';
import { effectiveAlarms } from '../domain/deployment-group.ts';
import { formatDuration } from '../lib/duration.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { sparkline } from './bars.ts';
import { describeFailure } from './freshness.ts';
import { markOf } from './glyphs.ts';
import { keyHint } from './keys/hint.ts';
import {
	bold,
	cutSegments,
	dim,
	gap,
	type Line,
	line,
	type Segment,
	segment,
	segmentsWidth,
	type Tone,
} from './line.ts';

/** An alarm of the rollout: as CloudWatch describes it, or only its name when it is gone. */
export type RolloutAlarm = { readonly name: string; readonly alarm?: AlarmSnapshot };

const stateOrder = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];

/** The alarms that can stop this rollout; those that fire first, those that are gone last. */
export function selectAlarms(rollout: Rollout): readonly RolloutAlarm[] {
	const deployment = rollout.deployment.data;
	const effective = deployment && effectiveAlarms(deployment, rollout.group.data);
	if (!effective?.configuration.enabled) return [];
	const known = new Map(rollout.alarms.data?.map(alarm => [alarm.name, alarm]));
	return effective.configuration.alarms
		.map(name => {
			const alarm = known.get(name);
			return alarm ? { name, alarm } : { name };
		})
		.toSorted((a, b) => urgency(a) - urgency(b));
}

/** A name that CloudWatch does not return is that of a deleted alarm; before its first answer nothing is known. */
export const isDeleted = (rollout: Rollout, { alarm }: RolloutAlarm): boolean =>
	alarm === undefined && rollout.alarms.data !== undefined;

function urgency({ alarm }: RolloutAlarm): number {
	if (!alarm) return stateOrder.length;
	const order = stateOrder.indexOf(alarm.state);
	return order < 0 ? stateOrder.indexOf('INSUFFICIENT_DATA') : order;
}

/** One line with as many alarms as fit; undefined when the rollout has none. */
export function alarmStrip(state: AppState, rollout: Rollout): Line | undefined {
	const alarms = selectAlarms(rollout);
	if (alarms.length === 0) return undefined;
	const { columns } = state.ui.size;
	const hint = columns < 72 ? [] : [gap(2), bold(keyHint(state, 'alarms')), dim(' alarms')];
	const room = columns - 2 - segmentsWidth(hint);
	const failure = rollout.alarms.failure;
	if (failure && rollout.alarms.data === undefined) {
		const text = `? alarms  ${describeFailure(failure, state.session.profile)}`;
		return line(gap(1), ...cutSegments([segment(text, 'attention')], room));
	}
	const shown: Segment[] = [];
	const hidden: RolloutAlarm[] = [];
	for (const [index, alarm] of alarms.entries()) {
		const part = alarmSegments(state, rollout, alarm);
		const between = shown.length > 0 ? 5 : 0;
		const rest = segmentsWidth(restSegments(rollout, alarms.slice(index + 1)));
		const fits = segmentsWidth(shown) + between + segmentsWidth(part) + rest <= room;
		if (hidden.length === 0 && (fits || shown.length === 0)) shown.push(gap(between), ...part);
		else hidden.push(alarm);
	}
	shown.push(...restSegments(rollout, hidden, room - segmentsWidth(shown)));
	const left = cutSegments(shown, room);
	return line(gap(1), ...left, gap(room - segmentsWidth(left)), ...hint);
}

/** `+2, 1 deleted`, or `+2 ?` where `room` is short of that: one that is gone must not go unseen, as an alarm that cannot be read may stop a rollout. */
function restSegments(
	rollout: Rollout,
	hidden: readonly RolloutAlarm[],
	room = Infinity,
): readonly Segment[] {
	if (hidden.length === 0) return [];
	const deleted = hidden.filter(alarm => isDeleted(rollout, alarm)).length;
	if (deleted === 0) return [dim(`  +${hidden.length}`)];
	const words = deleted === hidden.length ? ' deleted' : `, ${deleted} deleted`;
	const told = [dim(`  +${hidden.length}`), segment(words, 'attention')];
	return segmentsWidth(told) <= room ? told : [dim(`  +${hidden.length}`), segment(' ?', 'attention')];
}

function alarmSegments(state: AppState, rollout: Rollout, entry: RolloutAlarm): readonly Segment[] {
	const { alarm, name } = entry;
	if (!alarm) {
		const word = isDeleted(rollout, entry) ? 'deleted' : 'asking';
		return [segment('? ', 'attention'), segment(name), segment(` ${word}`, 'attention')];
	}
	const mark = markOf(alarm.state);
	const firing = alarm.state === 'ALARM';
	const curve = state.ui.size.columns < 50 ? '' : alarmCurve(rollout, alarm, firing ? 9 : 6);
	return [
		{ text: `${mark.glyph} ${alarm.state}`, tone: mark.tone, bold: firing },
		{ text: `  ${name}`, tone: firing ? 'plain' : 'dim', bold: false },
		segment(curve === '' ? '' : ` ${curve}`, firing ? 'attention' : 'dim'),
		segment(` ${conditionText(rollout, alarm)}`, conditionTone(rollout, alarm)),
		dim(
			firing && alarm.stateChangedAt !== undefined
				? ` for ${formatDuration(lastAsked(state, rollout) - alarm.stateChangedAt)}`
				: '',
		),
	];
}

/** Some time after the end alarms are not asked about any more: it is not known whether this one still fires. */
function lastAsked(state: AppState, rollout: Rollout): number {
	const deployment = rollout.deployment.data;
	return deployment && hasEnded(deployment) ? (rollout.alarms.dataAt ?? state.now) : state.now;
}

/** The alarm's metric as a sparkline; the threshold is in the scale, so that calm looks calm. */
export function alarmCurve(rollout: Rollout, alarm: AlarmSnapshot, width: number): string {
	const points = rollout.plots.get(alarm.name)?.data?.points ?? [];
	return sparkline(
		points.map(point => point.value),
		width,
		alarm.condition?.threshold,
	);
}

/** The latest value against the threshold: `9.0 > 5`; what holds is said, so an alarm that is fine reads `180 ≤ 400`. */
export function conditionText(rollout: Rollout, alarm: AlarmSnapshot): string {
	const { condition } = alarm;
	if (!condition) return 'composite';
	const value = rollout.plots.get(alarm.name)?.data?.points.at(-1)?.value;
	const sign = comparisonSign(condition.comparison);
	if (condition.threshold === undefined) return sign;
	const threshold = formatValue(condition.threshold);
	if (value === undefined) return `alarms at ${sign} ${threshold}`;
	const holds = breaches(condition, value);
	return `${formatValue(value)} ${holds ? sign : (opposites[sign] ?? sign)} ${threshold}`;
}

/** An alarm that is still fine while its value is not is about to fire. */
export function conditionTone(rollout: Rollout, { name, state, condition }: AlarmSnapshot): Tone {
	if (state === 'ALARM') return 'plain';
	const value = rollout.plots.get(name)?.data?.points.at(-1)?.value;
	return condition && value !== undefined && breaches(condition, value) ? 'attention' : 'dim';
}

const opposites: Readonly<Record<string, string>> = { '>': '≤', '>=': '<', '<': '≥', '<=': '>' };

/** A metric's value in at most six cells or so. */
export function formatValue(value: number): string {
	const size = Math.abs(value);
	if (size >= 1e6) return `${(value / 1e6).toFixed(1)}M`;
	if (size >= 1e4) return `${(value / 1e3).toFixed(1)}k`;
	if (size >= 100 || Number.isInteger(value)) return value.toFixed(0);
	return size >= 1 ? value.toFixed(1) : value.toPrecision(2);
}
