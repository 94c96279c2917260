import type { AlarmSnapshot, AlarmTransition } from '../../domain/alarm.ts';
import { type DeploymentSnapshot, hasEnded } from '../../domain/deployment.ts';
import type { TimeRange } from '../../gateway/gateway.ts';
import { asFailure } from '../calls.ts';
import { failureMessage } from '../messages.ts';
import type { AppState } from '../state.ts';
import type { Turn } from '../turn.ts';
import { currentScreen } from '../ui-state.ts';
import type { Watch } from '../watch.ts';

const transitionsEntry = 'transitions';

/** The metrics of the alarms and their changes of state on the rollout's own time axis, one alarm after the other. */
export function createPlotsTurn(watch: Watch): Turn {
	const { schedule, store } = watch;
	return async signal => {
		for (const alarm of wantedAlarms(watch)) {
			if (schedule.isDue(plotEntry(alarm))) await readPlot(watch, alarm, signal);
		}
		return schedule.dueInMs(wantedAlarms(watch).map(plotEntry));
	};

	function wantedAlarms({ plan, rollout }: Watch): readonly AlarmSnapshot[] {
		const { alarms, deployment } = rollout();
		if (!(alarms.data && deployment.data)) return [];
		if (isAlarmsScreenOpen(store.getState())) return alarms.data;
		const loudFirst = alarms.data.toSorted((a, b) => loudness(b) - loudness(a));
		return loudFirst.slice(0, plan.plottedAlarms);
	}
}

/** Whether all alarms are plotted, and not only those that the deployment screen has room for. */
const isAlarmsScreenOpen = (state: AppState): boolean => currentScreen(state.ui).type === 'alarms';

const plotEntry = (alarm: AlarmSnapshot): string => `plot ${alarm.name}`;

const loudness = ({ state }: AlarmSnapshot): number => (state === 'ALARM' ? 1 : 0);

async function readPlot(watch: Watch, alarm: AlarmSnapshot, signal: AbortSignal): Promise<void> {
	const { id, clock, schedule, plan } = watch;
	const { data: deployment } = watch.rollout().deployment;
	if (!deployment) return;
	const range = plotRange(watch, deployment);
	const usualMs = Math.max(plan.plotMs, (alarm.condition?.periodSeconds ?? 60) * 1000);
	try {
		const points = await readPoints(watch, alarm, range, signal);
		const transitions = await readTransitions(watch, alarm, range, signal);
		watch.tell({
			type: 'plot.received',
			id,
			alarm: alarm.name,
			plot: { points, transitions },
			at: clock.now(),
		});
		schedule.answered(plotEntry(alarm), hasEnded(deployment) ? undefined : usualMs);
	} catch (error) {
		signal.throwIfAborted();
		const failure = asFailure(error, 'GetMetricData');
		watch.tell({ type: 'plot.failed', id, alarm: alarm.name, failure, at: clock.now() });
		if (failure.kind === 'denied' && hasEnded(deployment)) schedule.dropped(plotEntry(alarm));
		else schedule.failed(plotEntry(alarm), failure.kind, usualMs);
	}
}

function plotRange({ clock, plan }: Watch, deployment: DeploymentSnapshot): TimeRange {
	const now = clock.now();
	const start = deployment.startedAt ?? deployment.createdAt ?? now;
	const end = deployment.completedAt === undefined ? now : deployment.completedAt + plan.plotTailMs;
	return { from: start - plan.plotLeadMs, to: Math.min(now, end) };
}

/** A composite alarm has no metric of its own. */
const readPoints = async (watch: Watch, alarm: AlarmSnapshot, range: TimeRange, signal: AbortSignal) =>
	alarm.kind === 'composite'
		? []
		: watch.ask('GetMetricData', ({ alarms }, inner) => alarms.getSeries(alarm, range, inner), signal);

/** The changes of state are an addition: a plot without them is better than none. */
async function readTransitions(
	watch: Watch,
	alarm: AlarmSnapshot,
	range: TimeRange,
	signal: AbortSignal,
): Promise<readonly AlarmTransition[]> {
	const { clock, schedule, plan } = watch;
	if (!schedule.isDue(transitionsEntry)) return [];
	try {
		return await watch.ask(
			'DescribeAlarmHistory',
			({ alarms }, inner) => alarms.getTransitions(alarm.name, range, inner),
			signal,
		);
	} catch (error) {
		signal.throwIfAborted();
		const failure = asFailure(error, 'DescribeAlarmHistory');
		schedule.failed(transitionsEntry, failure.kind, plan.plotMs);
		watch.tell({ type: 'message.added', ...failureMessage(failure, clock.now()) });
		return [];
	}
}
