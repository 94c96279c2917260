import type { AlarmSnapshot, AlarmTransition } from '../../domain/alarm.ts';
import { type DeploymentSnapshot, hasEnded } from '../../domain/deployment.ts';
import type { FailureDetails } from '../../gateway/failure.ts';
import type { TimeRange } from '../../gateway/gateway.ts';
import { asFailure } from '../calls.ts';
import { failureMessage } from '../messages.ts';
import type { AppState } from '../state.ts';
import type { Turn } from '../turn.ts';
import { currentScreen } from '../ui-state.ts';
import type { Watch } from '../watch.ts';
import { areAlarmsOver, linkedIds } from './aftermath.ts';

/** The metrics of the alarms and their changes of state on the rollout's own time axis, one alarm after the other. */
export function createPlotsTurn(watch: Watch): Turn {
	const { schedule, store } = watch;
	return async signal => {
		for (const alarm of wantedAlarms(watch)) {
			if (schedule.dueInMs(entriesOf(alarm)) === 0) await readPlot(watch, alarm, signal);
		}
		return schedule.dueInMs(wantedAlarms(watch).flatMap(entriesOf));
	};

	/** Changes of state are not asked for without the metric: as long as that fails they wait for it. */
	function entriesOf(alarm: AlarmSnapshot): readonly string[] {
		const metric = plotEntry(alarm);
		return schedule.isFailing(metric) ? [metric] : [metric, transitionsEntry(alarm)];
	}

	function wantedAlarms({ plan, rollout }: Watch): readonly AlarmSnapshot[] {
		const { alarms, deployment } = rollout();
		if (!(alarms.data && deployment.data)) return [];
		// A composite alarm has no metric, and nothing to mark its changes of state on.
		const plottable = alarms.data.filter(({ kind }) => kind === 'metric');
		if (areAlarmsShown(store.getState())) return plottable;
		const loudFirst = plottable.toSorted((a, b) => loudness(b) - loudness(a));
		return loudFirst.slice(0, plan.plottedAlarms);
	}
}

/** Whether all alarms are plotted, and not only those that the deployment screen has room for. */
const areAlarmsShown = ({ ui }: AppState): boolean =>
	currentScreen(ui).type === 'alarms' || currentScreen(ui).type === 'timeline';

/** Names in the schedule. */
const plotEntry = (alarm: AlarmSnapshot): string => `plot ${alarm.name}`;
const transitionsEntry = (alarm: AlarmSnapshot): string => `transitions ${alarm.name}`;

const loudness = ({ state }: AlarmSnapshot): number => (state === 'ALARM' ? 1 : 0);

async function readPlot(watch: Watch, alarm: AlarmSnapshot, signal: AbortSignal): Promise<void> {
	const { id, clock, schedule, plan } = watch;
	const { data: deployment } = watch.rollout().deployment;
	if (!deployment) return;
	const range = plotRange(watch, deployment);
	const usualMs = Math.max(plan.plotMs, (alarm.condition?.periodSeconds ?? 60) * 1000);
	try {
		const points = await watch.ask(
			'GetMetricData',
			({ alarms }, inner) => alarms.getSeries(alarm, range, inner),
			signal,
		);
		const nextInMs = areAlarmsOver(watch) ? undefined : usualMs;
		const transitions = await readTransitions(watch, alarm, range, nextInMs, signal);
		watch.tell({
			type: 'plot.received',
			id,
			alarm: alarm.name,
			plot: { points, transitions },
			at: clock.now(),
		});
		schedule.answered(plotEntry(alarm), nextInMs);
	} catch (error) {
		signal.throwIfAborted();
		const failure = asFailure(error, 'GetMetricData');
		watch.tell({ type: 'plot.failed', id, alarm: alarm.name, failure, at: clock.now() });
		retry(watch, plotEntry(alarm), failure, usualMs);
	}
}

/** Nothing that is not allowed is tried again once the deployment has ended. */
function retry({ schedule, rollout }: Watch, entry: string, { kind }: FailureDetails, usualMs: number): void {
	const { data: deployment } = rollout().deployment;
	schedule.failed(entry, kind, usualMs);
	if (kind === 'denied' && deployment && hasEnded(deployment)) schedule.dropped(entry);
}

/** Goes on past the end for as long as the alarms are followed, and keeps what has been seen then. */
function plotRange(watch: Watch, deployment: DeploymentSnapshot): TimeRange {
	const { clock, plan } = watch;
	const now = clock.now();
	const start = deployment.startedAt ?? deployment.createdAt ?? now;
	const linked = linkedIds(watch).map(id => watch.rollout(id).deployment.data);
	const lastEnd = Math.max(...[deployment, ...linked].map(each => each?.completedAt ?? 0));
	const to = areAlarmsOver(watch) && lastEnd > 0 ? Math.min(now, lastEnd + plan.plotTailMs) : now;
	// By a clock that has been set back the rollout may not have begun.
	return { from: start - plan.plotLeadMs, to: Math.max(start, to) };
}

/** The changes of state are an addition: a plot with those that are known, or without any, is better than none. */
async function readTransitions(
	watch: Watch,
	alarm: AlarmSnapshot,
	range: TimeRange,
	nextInMs: number | undefined,
	signal: AbortSignal,
): Promise<readonly AlarmTransition[]> {
	const { clock, schedule, plan } = watch;
	const entry = transitionsEntry(alarm);
	const known = watch.rollout().plots.get(alarm.name)?.data?.transitions ?? [];
	if (!schedule.isDue(entry)) return known;
	try {
		const transitions = await watch.ask(
			'DescribeAlarmHistory',
			({ alarms }, inner) => alarms.getTransitions(alarm.name, range, inner),
			signal,
		);
		schedule.answered(entry, nextInMs);
		return transitions;
	} catch (error) {
		signal.throwIfAborted();
		const failure = asFailure(error, 'DescribeAlarmHistory');
		retry(watch, entry, failure, plan.plotMs);
		watch.tell({ type: 'message.added', ...failureMessage(failure, clock.now()) });
		return known;
	}
}
