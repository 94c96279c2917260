import type { PingState } from '../../../src/domain/host.ts';
import { asTargetId, type TargetId } from '../../../src/domain/ids.ts';
import type { HostLog } from '../../../src/domain/shipped-log.ts';
import type { LogAnswer, LogQuery } from '../../../src/gateway/logs.ts';
import { type HostLogState, hostLogKey } from '../../../src/monitor/host-log.ts';
import { instanceId } from './checkup-stage.ts';
import { noon, target, targetId, watchedId } from './snapshots.ts';
import { createStage, type Stage, type StageOptions } from './stage.ts';

/** The host whose logs are looked at. */
export const host = targetId(0);

/** A rollout of one host that Systems Manager reaches, and whose logs are not shipped. */
export async function createLogStage(options: StageOptions = {}): Promise<Stage> {
	const stage = createStage({ targets: [target(host, 'InProgress')], withTicker: true, ...options });
	const online: PingState = { id: instanceId(host), status: 'Online', platform: 'linux' };
	stage.aws.pings = [online];
	stage.aws.tailLog = () => nowhere;
	stage.start();
	await stage.advance(1_000);
	return stage;
}

export const nowhere: LogAnswer = {
	shipped: false,
	looked: [{ group: 'codedeploy-agent-log', exists: false }],
};

export const want = (stage: Stage, source: HostLog, id: TargetId = host): void =>
	stage.store.dispatch({ type: 'log.wanted', id: watchedId, targetId: id, source, at: stage.clock.now() });

export const leave = (stage: Stage, source: HostLog): void =>
	stage.store.dispatch({ type: 'log.left', id: watchedId, targetId: host, source, at: stage.clock.now() });

export const allow = (stage: Stage): void => stage.store.dispatch({ type: 'hostCommands.allowed' });

export function logOf(stage: Stage, source: HostLog, id: TargetId = host): HostLogState {
	const log = stage.rollout().logs.get(hostLogKey(id, source));
	if (!log) throw new Error(`nobody wanted ${source} of ${id}`);
	return log;
}

export const onPremises = asTargetId('rack-7');

/** What was run on hosts, and on which. */
export const commandsOf = ({ aws }: Stage): readonly string[] =>
	aws.calls.filter(({ operation }) => operation === 'SendCommand').map(({ about }) => about);

/** A stream in CloudWatch Logs to which lines can be added; it is read in pages. */
export function createStream(linesPerAnswer = 1_000) {
	const events: { readonly id: string; readonly at: number; readonly text: string }[] = [];
	const group = 'codedeploy-agent-log';
	const streams = [`${host}-agent-log`];
	return {
		group,
		write(...texts: readonly string[]) {
			for (const text of texts) events.push({ id: String(events.length), at: noon + events.length, text });
		},
		/** Older than all that is there. */
		writeLate(text: string) {
			events.push({ id: String(events.length), at: noon - 1, text });
		},
		tail({ after, from }: LogQuery): LogAnswer {
			const read = Number(after?.token ?? 0);
			const fresh = events.slice(read, read + linesPerAnswer);
			const token = String(read + fresh.length);
			return {
				shipped: true,
				group,
				streams,
				events: fresh.map(event => ({ ...event, stream: streams[0] ?? '' })),
				more: read + fresh.length < events.length,
				cursor: { from, newestAt: from, token, seen: [] },
			};
		},
	};
}
