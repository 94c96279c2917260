import type { OpenSimulator } from './support.ts';

export type WireTarget = {
	readonly targetId: string;
	readonly status: string;
	readonly instanceLabel?: string;
	readonly lifecycleEvents: readonly WireEvent[];
};

export type WireEvent = {
	readonly lifecycleEventName: string;
	readonly status: string;
	readonly startTime?: number;
	readonly endTime?: number;
	readonly diagnostics?: {
		readonly errorCode: string;
		readonly scriptName: string;
		readonly message: string;
		readonly logTail: string;
	};
};

/** All targets of a deployment as they stand on the wire. */
export async function readTargets(call: OpenSimulator['call'], deploymentId: string): Promise<WireTarget[]> {
	const ids: string[] = [];
	let nextToken: unknown;
	do {
		const { body } = await call('ListDeploymentTargets', { deploymentId, nextToken });
		ids.push(...(body.targetIds as string[]));
		nextToken = body.nextToken;
	} while (nextToken !== undefined);
	const targets: WireTarget[] = [];
	for (let at = 0; at < ids.length; at += 25) {
		const { body } = await call('BatchGetDeploymentTargets', {
			deploymentId,
			targetIds: ids.slice(at, at + 25),
		});
		for (const target of body.deploymentTargets as Record<string, WireTarget>[]) {
			const detail = target.instanceTarget ?? target.ecsTarget ?? target.lambdaTarget;
			if (detail) targets.push(detail);
		}
	}
	return targets;
}

/** The event that failed on each failed target, as `event: script, errorCode`, counted. */
export function countFailures(targets: readonly WireTarget[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { lifecycleEvents } of targets) {
		for (const { lifecycleEventName, status, diagnostics } of lifecycleEvents) {
			if (status !== 'Failed') continue;
			const name = `${lifecycleEventName}: ${diagnostics?.scriptName || '-'}, ${diagnostics?.errorCode ?? '-'}`;
			counts[name] = (counts[name] ?? 0) + 1;
		}
	}
	return counts;
}
