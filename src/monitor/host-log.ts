import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { HostLog } from '../domain/shipped-log.ts';
import type { FailureDetails } from '../gateway/failure.ts';
import type { LogCursor } from '../gateway/logs.ts';
import { failed, type Remote, received, unasked } from './remote.ts';

/** A host's own log, as far as it was read. */
export type HostLogRead = {
	/** Sanitised. */
	readonly text: string;
	/** It began before what is here. */
	readonly startCut: boolean;
	readonly via: LogRoute;
};

/** How a log was read. */
export type LogRoute =
	| {
			readonly type: 'cloudwatch';
			readonly group: string;
			readonly streams: readonly string[];
			/** Where the next reading goes on. */
			readonly cursor: LogCursor;
	  }
	/** `command` is what was run on the host. */
	| { readonly type: 'ssm'; readonly command: string };

/** Why a log could not be read, other than by a failure: what would have to be done. */
export type LogObstacle =
	/** CloudWatch Logs does not have it; running `command` on the host would show it, and has not been allowed yet. */
	| { readonly type: 'not-allowed'; readonly command: string; readonly looked: readonly string[] }
	/** Nothing can be run there from here: `reason`. `command` is for somebody who is on the host. */
	| { readonly type: 'by-hand'; readonly command: string; readonly reason: string };

export type HostLogState = {
	readonly targetId: TargetId;
	readonly source: HostLog;
	/** Somebody looks at it, or wants it read once more. */
	readonly isWanted: boolean;
	readonly read: Remote<HostLogRead>;
	readonly obstacle?: LogObstacle;
};

type About = {
	readonly id: DeploymentId;
	readonly targetId: TargetId;
	readonly source: HostLog;
	readonly at: number;
};

export type HostLogEvent =
	| (About & { readonly type: 'log.wanted' })
	| (About & { readonly type: 'log.left' })
	| (About & { readonly type: 'log.received'; readonly read: HostLogRead })
	| (About & { readonly type: 'log.obstructed'; readonly obstacle: LogObstacle })
	| (About & { readonly type: 'log.failed'; readonly failure: FailureDetails; readonly retryAt?: number });

export const hostLogKey = (targetId: TargetId, source: HostLog): string => `${source} ${targetId}`;

/** Applies one event to the logs of a rollout. Pure. */
export function reduceLogs(
	logs: ReadonlyMap<string, HostLogState>,
	event: HostLogEvent,
): ReadonlyMap<string, HostLogState> {
	const { targetId, source } = event;
	const key = hostLogKey(targetId, source);
	const known = logs.get(key) ?? { targetId, source, isWanted: false, read: unasked };
	return new Map(logs).set(key, reduceLog(known, event));
}

function reduceLog(log: HostLogState, event: HostLogEvent): HostLogState {
	switch (event.type) {
		case 'log.wanted':
			return { ...log, isWanted: true };
		case 'log.left':
			return { ...log, isWanted: false };
		case 'log.received': {
			const { obstacle: _, ...rest } = log;
			return { ...rest, read: received(log.read, event.read, event.at) };
		}
		case 'log.obstructed':
			return { ...log, obstacle: event.obstacle };
		case 'log.failed':
			return { ...log, read: failed(log.read, event.failure, event.at, event.retryAt) };
	}
}
