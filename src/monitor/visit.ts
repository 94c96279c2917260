import { setMaxListeners } from 'node:events';
import { createAllowance } from './allowance.ts';
import { createSchedule } from './schedule.ts';
import type { Scope } from './scope.ts';
import { createBell, keepTurning, type Loop, type Turn } from './turn.ts';
import { createAlarmsTurn } from './turns/alarms-turn.ts';
import { createChaptersTurn, endedChapters } from './turns/chapters-turn.ts';
import { createCheckupTurn } from './turns/checkup-turn.ts';
import { createDeploymentTurn } from './turns/deployment-turn.ts';
import { createFactsTurn } from './turns/facts-turn.ts';
import { createGotoTurn } from './turns/goto-turn.ts';
import { createGroupTurn } from './turns/group-turn.ts';
import { comparesWithHistory, createHistoryTurn } from './turns/history-turn.ts';
import { createHostsTurn } from './turns/hosts-turn.ts';
import { createLogsTurn } from './turns/logs-turn.ts';
import { createPlotsTurn } from './turns/plots-turn.ts';
import { createPreflightTurn } from './turns/preflight-turn.ts';
import { createRecordTurn } from './turns/record-turn.ts';
import { createTargetsTurn } from './turns/targets-turn.ts';
import type { ScreenName } from './ui-state.ts';
import { createWatch, type Watch, type WatchDeps } from './watch.ts';

/** The loops that watch one deployment, from the moment the user goes there until they leave. */
export type Visit = {
	readonly scope: Scope;
	/** Until the signal aborts or the visit is left; nothing it has started is left behind. */
	run(signal: AbortSignal): Promise<void>;
	leave(): void;
	/** Asks everything again that can have changed. */
	refresh(): void;
	/** A screen has been opened: what only that one shows is asked for now. */
	opened(screen: ScreenName): void;
	/** Something has changed that may be a reason to ask: a checklist, a preflight or a log is wanted, or targets were listed. */
	noticed(): void;
	/** Whether a loop is about to wake up. */
	isRung(): boolean;
};

const asleep = (loop: Loop): Loop => ({ ...loop, startsAsleep: true });

export function createVisit(deps: WatchDeps, scope: Scope): Visit {
	const { clock, random, plan } = deps;
	const leaving = new AbortController();
	// Every loop and call listens; Node would take that for a leak, and write so across the screen.
	setMaxListeners(0, leaving.signal);
	const schedule = createSchedule(clock, random, plan);
	let refreshes = 0;
	const watch = createWatch(deps, {
		scope,
		schedule,
		allowance: createAllowance(clock),
		refreshes: () => refreshes,
	});

	const loop = (name: string, turn: Turn): Loop => ({ name, turn, bell: createBell(clock) });
	const asked = Promise.withResolvers<void>();
	let isFirst = true;
	let seen: unknown;
	// Each of these needs what the next one learns.
	const plots = asleep(loop('plots', createPlotsTurn(watch)));
	const alarms = asleep(loop('alarms', createAlarmsTurn(watch, plots.bell.ring)));
	const facts = asleep(loop('facts', createFactsTurn(watch, alarms.bell.ring)));
	const targets = loop('targets', createTargetsTurn(watch, asked.promise));
	const answered = () => {
		// The first turn over the targets is under way already, and waits for this.
		if (isFirst) asked.resolve();
		else targets.bell.ring();
		isFirst = false;
		const { data } = watch.rollout().deployment;
		if (data !== seen) facts.bell.ring();
		seen = data;
	};
	const deployment = loop('deployment', createDeploymentTurn(watch, answered));
	const hosts = asleep(loop('hosts', createHostsTurn(watch)));
	const logs = asleep(loop('logs', createLogsTurn(watch)));
	const checkup = loop('checkup', createCheckupTurn(watch));
	const preflight = loop('preflight', createPreflightTurn(watch));
	const history = loop('history', createHistoryTurn(watch));
	const record = asleep(loop('record', createRecordTurn(watch)));
	const group = asleep(loop('group', createGroupTurn(watch)));
	const chapters = asleep(loop('chapters', createChaptersTurn(watch)));
	const goto = asleep(loop('goto', createGotoTurn(watch)));
	const watching = [deployment, targets, facts, alarms, plots, hosts, logs, checkup, preflight];
	const loops = [...watching, history, record, group, chapters, goto];
	const reasons = createReasons(watch, { hosts, logs, checkup, preflight, group, chapters, goto });

	return {
		scope,
		async run(signal) {
			const leave = () => leaving.abort(signal.reason);
			signal.addEventListener('abort', leave, { once: true });
			if (signal.aborted) leave();
			const { calls, tell } = watch;
			const loopDeps = { clock, random, plan, calls, tell };
			await Promise.all(loops.map(each => keepTurning(each, loopDeps, leaving.signal)));
			signal.removeEventListener('abort', leave);
		},
		leave: () => leaving.abort(),
		refresh() {
			refreshes += 1;
			schedule.hurry();
			for (const { bell } of [deployment, facts, alarms, plots, hosts, logs, history, record, group])
				bell.ring();
		},
		opened(screen) {
			if (screen === 'alarms' || screen === 'timeline') plots.bell.ring();
			if (screen === 'details' || screen === 'logs') facts.bell.ring();
			if (comparesWithHistory(screen)) history.bell.ring();
			if (screen === 'history') record.bell.ring();
		},
		noticed: () => reasons(),
		isRung: () => loops.some(({ bell }) => bell.isRung()),
	};
}

type Wakened = Readonly<
	Record<'hosts' | 'logs' | 'checkup' | 'preflight' | 'group' | 'chapters' | 'goto', Loop>
>;

/** Rings whom a change concerns: what none of these looks at wakes nobody. */
function createReasons(
	watch: Watch,
	{ hosts, logs, checkup, preflight, group, chapters, goto }: Wakened,
): () => void {
	const concerns: readonly (readonly [Loop, () => unknown])[] = [
		[hosts, () => watch.rollout().targetIds],
		[hosts, () => watch.rollout().deployment.data?.platform ?? watch.rollout().targets.size],
		[hosts, () => watch.rollout().deployment.data?.overview?.failed],
		[hosts, () => watch.rollout().endSeenAt],
		[logs, () => watch.rollout().logs],
		[logs, () => watch.store.getState().hostCommandsAllowed],
		[checkup, () => watch.rollout().checkup],
		[checkup, () => watch.store.getState().hostCommandsAllowed],
		[preflight, () => watch.rollout().preflight?.query],
		[group, () => watch.rollout().group.data],
		[group, () => watch.rollout().endSeenAt],
		[group, () => watch.rollout().deployment.data?.creator],
		[group, () => watch.store.getState().follow.on],
		[goto, () => watch.store.getState().ui.prompt?.asking],
		[chapters, () => watch.rollout().endSeenAt],
		[chapters, () => endedChapters(watch)],
	];
	const seen = concerns.map(([, select]) => select());
	return () => {
		concerns.forEach(([loop, select], index) => {
			const now = select();
			if (now === seen[index]) return;
			seen[index] = now;
			loop.bell.ring();
		});
	};
}
