import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { onTestFinished } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../src/lib/virtual-clock.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/simulator.ts';

export type OpenSimulator = {
	readonly sim: Simulator;
	readonly clock: VirtualClock;
	/** The real client, with its own retries switched off. */
	readonly codeDeploy: CodeDeployClient;
	/** One CodeDeploy request as it goes over the wire. If the answer takes time, that time passes. */
	call(operation: string, input: unknown): Promise<WireAnswer>;
	/** Lets `ms` pass in the world. */
	pass(ms: number): void;
	/** Moves on, a step at a time, until the deployment has ended; answers its last DeploymentInfo. */
	untilEnded(deploymentId: string): Promise<DeploymentInfo>;
	/** Lets the time pass in which a rollback of this ended deployment appears; answers its id, if one has. */
	rollbackOf(deploymentId: string): Promise<string | undefined>;
};

export type WireAnswer = {
	readonly status: number;
	readonly headers: Headers;
	// The wire is what these tests are about: members are compared, not typed.
	readonly body: Record<string, unknown>;
};

export type DeploymentInfo = {
	readonly deploymentId: string;
	readonly status: string;
	readonly createTime: number;
	readonly startTime?: number;
	readonly completeTime?: number;
	readonly creator: string;
	readonly revision: unknown;
	readonly previousRevision?: unknown;
	readonly deploymentOverview?: Record<string, number>;
	readonly errorInformation?: { readonly code: string; readonly message: string };
	readonly rollbackInfo: {
		readonly rollbackDeploymentId?: string;
		readonly rollbackTriggeringDeploymentId?: string;
		readonly rollbackMessage?: string;
	};
};

/** When every test's story begins. */
export const startAt = Date.UTC(2026, 10, 23, 12, 0, 0);

export const testCredentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

const stepMs = 1000;
/** Longer than a rollback takes to appear. */
const rollbackAppearsMs = 5000;
const longestStoryMs = 20 * 60_000;
/** How often the event loop may turn before an answer is given up. */
const mostTurns = 100_000;

/** A simulator in virtual time, closed when the test ends. */
export async function openSimulator(
	scenario: SimulatorOptions['scenario'],
	options: Partial<SimulatorOptions> = {},
): Promise<OpenSimulator> {
	const clock = createVirtualClock(startAt);
	const sim = await startSimulator({ scenario, clock, ...options });
	const codeDeploy = new CodeDeployClient({
		endpoint: sim.url,
		region: sim.region,
		credentials: testCredentials,
		maxAttempts: 1,
	});
	onTestFinished(async () => {
		codeDeploy.destroy();
		await sim.close();
	});
	const send = createCall(sim.url, 'CodeDeploy_20141006', '1.1');
	const call: OpenSimulator['call'] = (operation, input) => withTime(sim, clock, send(operation, input));
	/** Undefined: in some stories a call may be refused. */
	const read = async (deploymentId: string) => {
		const { status, body } = await call('GetDeployment', { deploymentId });
		return status === 200 ? (body.deploymentInfo as DeploymentInfo) : undefined;
	};
	return {
		sim,
		clock,
		codeDeploy,
		call,
		pass: ms => clock.jumpTo(clock.now() + ms),
		async untilEnded(deploymentId) {
			const lastAt = clock.now() + longestStoryMs;
			while (clock.now() < lastAt) {
				const info = await read(deploymentId);
				if (info?.completeTime !== undefined) return info;
				clock.jumpTo(clock.now() + stepMs);
			}
			throw new Error(`the deployment ${deploymentId} did not end`);
		},
		async rollbackOf(deploymentId) {
			const lastAt = clock.now() + rollbackAppearsMs;
			while (clock.now() < lastAt) {
				const info = await read(deploymentId);
				if (info?.rollbackInfo.rollbackDeploymentId !== undefined)
					return info.rollbackInfo.rollbackDeploymentId;
				clock.jumpTo(clock.now() + stepMs);
			}
			return undefined;
		},
	};
}

/** Lets time pass for as long as the answer waits for it. */
async function withTime<T>(sim: Simulator, clock: VirtualClock, answer: Promise<T>): Promise<T> {
	let isAnswered = false;
	const settled = answer.finally(() => {
		isAnswered = true;
	});
	// A rejection is the caller's to see, through `settled`.
	settled.catch(() => {});
	for (let turn = 0; !isAnswered; turn++) {
		if (turn > mostTurns) throw new Error('no answer came');
		const dueAt = clock.nextDueAt();
		if (sim.parked > 0 && dueAt !== undefined) clock.jumpTo(dueAt);
		await new Promise(resolve => setImmediate(resolve));
	}
	return settled;
}

export function createCall(
	url: string,
	targetPrefix: string,
	version: '1.0' | '1.1',
): (operation: string, input: unknown) => Promise<WireAnswer> {
	return async (operation, input) => {
		const response = await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': `application/x-amz-json-${version}`,
				'x-amz-target': `${targetPrefix}.${operation}`,
			},
			body: typeof input === 'string' ? input : JSON.stringify(input),
		});
		const body = (await response.json()) as Record<string, unknown>;
		return { status: response.status, headers: response.headers, body };
	};
}
