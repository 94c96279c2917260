import { failureWord } from './failure-reason.ts';
import { archivePath } from './host-paths.ts';
import type { TargetId } from './ids.ts';
import type { Diagnostics, LifecycleEvent } from './lifecycle-event.ts';
import { failedEvent, type TargetSnapshot } from './target.ts';

/** Failures that look the same to a person: same event, and same message but for ids and numbers. */
export type FailureCluster = {
	readonly key: string;
	readonly event: string;
	readonly script: string;
	readonly word: string;
	readonly diagnostics?: Diagnostics;
	/** In the order in which the targets were listed; at least one. */
	readonly targets: readonly TargetId[];
	/** When the earliest of them failed, epoch milliseconds. */
	readonly firstFailedAt?: number;
	/** Not failures of their own: the stop of the deployment cut these targets short. */
	readonly interrupted: boolean;
};

/** How an interruption is named in place of a failure. */
export const interruptedWord = 'cut short by the stop';

/**
 * Whether a stop, by hand or by an alarm, cut the target's event short: AWS marks the event Failed then, as if it had
 * failed by itself, but nobody says why.
 */
export const isInterrupted = (target: TargetSnapshot, deploymentStopped: boolean): boolean =>
	deploymentStopped && target.status === 'Failed' && isSilent(failedEvent(target)?.diagnostics);

const isSilent = (diagnostics: Diagnostics | undefined): boolean =>
	diagnostics === undefined || (diagnostics.message === '' && diagnostics.logTail === '');

/** Takes out of a message what differs from host to host: ids, paths below the deployment, addresses, numbers. */
export function normalizeMessage(message: string): string {
	return message
		.replace(archivePath, '<archive>/')
		.replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<uuid>')
		.replace(/\bd-[A-Z0-9]{9}\b/g, '<deployment>')
		.replace(/\bi-[0-9a-f]{8,17}\b/g, '<instance>')
		.replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, '<ip>')
		.replace(/\b[0-9a-f]{12,}\b/gi, '<hex>')
		.replace(/(?<!exit code )\b\d+\b/g, '<n>');
}

/**
 * Script and error code count only where there is no message, which names both: an agent may report one failure twice,
 * the second time without them.
 */
function clusterKey(event: LifecycleEvent | undefined): string {
	const diagnostics = event?.diagnostics;
	const message = normalizeMessage(diagnostics?.message ?? '');
	const rest = message === '' ? [diagnostics?.scriptName, diagnostics?.errorCode] : [];
	return JSON.stringify([event?.name, message, ...rest]);
}

/** Of two accounts of the same failure the one that names the script, then the one with a log. */
function richer(a: Diagnostics | undefined, b: Diagnostics | undefined): Diagnostics | undefined {
	if (!(a && b)) return a ?? b;
	const worth = ({ scriptName, logTail }: Diagnostics) => (scriptName ? 2 : 0) + (logTail ? 1 : 0);
	return worth(b) > worth(a) ? b : a;
}

/**
 * Groups the failed targets; the largest group first, then the earliest failure. Targets that a stop cut short are one
 * group, the last, whatever they were at.
 */
export function clusterFailures(
	targets: Iterable<TargetSnapshot>,
	deploymentStopped = false,
): readonly FailureCluster[] {
	const groups = Map.groupBy(
		[...targets].filter(target => target.status === 'Failed'),
		target => (isInterrupted(target, deploymentStopped) ? interruptedWord : clusterKey(failedEvent(target))),
	);
	return [...groups]
		.map(([key, group]) => clusterOf(key, group))
		.sort(
			(a, b) =>
				Number(a.interrupted) - Number(b.interrupted) ||
				b.targets.length - a.targets.length ||
				(a.firstFailedAt ?? Infinity) - (b.firstFailedAt ?? Infinity) ||
				(a.key < b.key ? -1 : 1),
		);
}

function clusterOf(key: string, group: readonly TargetSnapshot[]): FailureCluster {
	const interrupted = key === interruptedWord;
	let diagnostics: Diagnostics | undefined;
	let firstFailedAt: number | undefined;
	let event = '';
	for (const target of group) {
		const failed = failedEvent(target);
		diagnostics = richer(diagnostics, failed?.diagnostics);
		firstFailedAt = earliest(firstFailedAt, failed?.endedAt ?? target.updatedAt);
		event ||= failed?.name ?? '';
	}
	const word = diagnostics ? failureWord(diagnostics) : 'no diagnostics';
	return {
		key,
		event: interrupted ? '' : event,
		script: diagnostics?.scriptName ?? '',
		word: interrupted ? interruptedWord : word,
		targets: group.map(target => target.id),
		interrupted,
		...(diagnostics && { diagnostics }),
		...(firstFailedAt !== undefined && { firstFailedAt }),
	};
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
	if (a === undefined || b === undefined) return a ?? b;
	return Math.min(a, b);
}
