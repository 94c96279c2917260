import type { TargetId } from '../../domain/ids.ts';
import type { HostLog } from '../../domain/shipped-log.ts';
import type { FailureDetails } from '../../gateway/failure.ts';
import { asFailure } from '../calls.ts';
import { type HostLogEvent, type HostLogState, hostLogKey } from '../host-log.ts';
import { failureMessage } from '../messages.ts';
import type { Watch } from '../watch.ts';
import { readOnHost } from './read-host-log.ts';
import { type NotShipped, readTrail, type ShippedTrail, trailRead } from './shipped-trail.ts';

/** Reads one log of one host for as long as somebody looks at it. */
export type LogReader = {
	/** Milliseconds until it wants to read again; undefined: not by itself. */
	dueInMs(): number | undefined;
	/** Reads on, and tells what came of it. Never rejects. */
	read(signal: AbortSignal): Promise<void>;
};

/** Of a log that is long, so many answers are asked for without a pause. */
const answersAtOnce = 5;

export function createLogReader(watch: Watch, targetId: TargetId, source: HostLog): LogReader {
	const { id, schedule, plan, clock } = watch;
	const key = hostLogKey(targetId, source);
	const entry = `log ${key}`;
	const about = () => ({ id, targetId, source, at: clock.now() });
	const state = (): HostLogState | undefined => watch.rollout().logs.get(key);
	let isReading = false;
	let trail: ShippedTrail | undefined;
	let notShipped: NotShipped | undefined;
	/** How often a refresh had been asked for when the host was last asked: it is not asked again by itself. */
	let hostAskedAt = state()?.read.data?.via.type === 'ssm' ? watch.refreshes() : undefined;
	let refused = '';

	return {
		dueInMs: () => (isReading ? undefined : wasJustAllowed() ? 0 : schedule.dueInMs([entry])),
		async read(signal) {
			isReading = true;
			const event = await readSafely(signal);
			isReading = false;
			// Last, since it wakes the loop that asks when to read again.
			if (event) watch.tell(event);
		},
	};

	async function readSafely(signal: AbortSignal): Promise<HostLogEvent | undefined> {
		try {
			return await readOnce(signal);
		} catch (error) {
			return signal.aborted ? undefined : failed(asFailure(error, 'FilterLogEvents'));
		}
	}

	function failed(failure: FailureDetails): HostLogEvent {
		hostAskedAt = undefined;
		const retryAt = schedule.failed(entry, failure.kind, plan.logMs);
		return { type: 'log.failed', ...about(), failure, retryAt };
	}

	/** The user has let commands be run since they were told which one it would be. */
	function wasJustAllowed(): boolean {
		return state()?.obstacle?.type === 'not-allowed' && watch.store.getState().hostCommandsAllowed;
	}

	async function readOnce(signal: AbortSignal): Promise<HostLogEvent | undefined> {
		const known = state();
		const isHostDone = hostAskedAt === watch.refreshes() && !wasJustAllowed();
		if (isHostDone && known?.obstacle === undefined && known?.read.data?.via.type === 'ssm') {
			schedule.answered(entry, undefined);
			return undefined;
		}
		const answer = notShipped && wasJustAllowed() ? notShipped : await readShipped(signal);
		if ('events' in answer) {
			hostAskedAt = undefined;
			schedule.answered(entry, answer.more ? 0 : followMs());
			return { type: 'log.received', ...about(), read: trailRead(source, answer) };
		}
		if (answer.denied) {
			tellOnce(answer.denied);
			if (trail) return failed(answer.denied);
		}
		notShipped = answer;
		trail = undefined;
		schedule.answered(entry, lookAgainMs(answer));
		if (isHostDone && known?.obstacle)
			return { type: 'log.obstructed', ...about(), obstacle: known.obstacle };
		return askHost(answer, signal);
	}

	async function readShipped(signal: AbortSignal): Promise<ShippedTrail | NotShipped> {
		const known = state();
		if (known?.read.data === undefined && known?.obstacle === undefined)
			watch.tell({ type: 'log.asked', ...about(), way: 'cloudwatch' });
		for (let answers = 1; ; answers++) {
			const answer = await readTrail(watch, targetId, source, trail, signal);
			if (!('events' in answer)) return answer;
			trail = answer;
			if (!answer.more || answers === answersAtOnce) return answer;
			watch.tell({ type: 'log.received', ...about(), read: trailRead(source, answer) });
		}
	}

	async function askHost(missing: NotShipped, signal: AbortSignal): Promise<HostLogEvent> {
		hostAskedAt = watch.refreshes();
		const answer = await readOnHost(watch, targetId, source, missing, signal, command =>
			watch.tell({ type: 'log.asked', ...about(), way: 'ssm', command }),
		);
		if (answer.type === 'obstructed')
			return { type: 'log.obstructed', ...about(), obstacle: answer.obstacle };
		schedule.answered(entry, undefined);
		return { type: 'log.received', ...about(), read: answer.read };
	}

	function followMs(): number | undefined {
		const endedMs = watch.endedMs();
		return endedMs === undefined || endedMs < plan.logTailMs ? plan.logMs : undefined;
	}

	/** It may be on its way, or allowed meanwhile. */
	function lookAgainMs({ mayCome, denied }: NotShipped): number | undefined {
		if (followMs() === undefined) return undefined;
		if (mayCome) return plan.logMs;
		return denied ? plan.deniedMs : undefined;
	}

	function tellOnce(denied: FailureDetails): void {
		const message = failureMessage(denied, clock.now());
		if (message.text !== refused) watch.tell({ type: 'message.added', ...message });
		refused = message.text;
	}
}
