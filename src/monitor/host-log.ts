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
	/** There is more of it, and that is being read. */
	readonly more?: boolean;
	/** The ways that led nowhere before this one did. */
	readonly tried?: readonly LogMiss[];
};

export type LogWay = 'cloudwatch' | 'ssm';

/** A way to a log that led nowhere, and why. */
export type LogMiss = {
	readonly way: LogWay;
	readonly reason: string;
	/** It may yet arrive there, and is looked for again. */
	readonly mayCome?: boolean;
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
	| {
			readonly type: 'not-allowed';
			readonly command: string;
			readonly looked: readonly string[];
			readonly tried?: readonly LogMiss[];
	  }
	/**
	 * Nothing can be run there from here: `reason`. `command` is for somebody who is on the host; empty when nobody can be
	 * there any more.
	 */
	| {
			readonly type: 'by-hand';
			readonly command: string;
			readonly reason: string;
			readonly tried?: readonly LogMiss[];
	  };

/** What is being waited for. */
export type LogQuestion = {
	readonly way: LogWay;
	/** What runs on the host. */
	readonly command?: string;
	/** Epoch milliseconds. */
	readonly since: number;
};

export type HostLogState = {
	readonly targetId: TargetId;
	readonly source: HostLog;
	/** Somebody looks at it, or wants it read once more. */
	readonly isWanted: boolean;
	readonly read: Remote<HostLogRead>;
	readonly obstacle?: LogObstacle;
	readonly asking?: LogQuestion;
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
	| (About & { readonly type: 'log.asked'; readonly way: LogWay; readonly command?: string })
	| (About & { readonly type: 'log.received'; readonly read: HostLogRead })
	| (About & { readonly type: 'log.obstructed'; readonly obstacle: LogObstacle })
	| (About & { readonly type: 'log.failed'; readonly failure: FailureDetails; readonly retryAt?: number });

export const hostLogKey = (targetId: TargetId, source: HostLog): string => `${source} ${targetId}`;

/** Lines arrive late: a log in CloudWatch Logs grows for so long after its deployment has ended. */
export const logTailMs = 2 * 60_000;

/** Whether a log that is shipped can still grow, and so is followed. */
export const isLogFollowed = ({ endSeenAt }: { readonly endSeenAt?: number }, now: number): boolean =>
	endSeenAt === undefined || now - endSeenAt < logTailMs;

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
	const { asking: _, ...answered } = log;
	switch (event.type) {
		case 'log.wanted':
			return { ...log, isWanted: true };
		case 'log.left':
			return { ...log, isWanted: false };
		case 'log.asked': {
			const { way, command, at } = event;
			return { ...log, asking: { way, since: at, ...(command !== undefined && { command }) } };
		}
		case 'log.received': {
			const { obstacle: _overcome, ...rest } = answered;
			return { ...rest, read: received(log.read, event.read, event.at) };
		}
		case 'log.obstructed':
			return { ...answered, obstacle: event.obstacle };
		case 'log.failed': {
			// Nobody would know any more whether what was in the way still is.
			const { obstacle: _unknown, ...rest } = answered;
			return { ...rest, read: failed(log.read, event.failure, event.at, event.retryAt) };
		}
	}
}
