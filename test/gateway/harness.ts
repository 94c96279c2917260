import { afterEach, beforeEach, vi } from 'vitest';
import { type AwsConnection, type AwsOptions, connectAws } from '../../src/gateway/aws/connect.ts';
import { type CallGate, openGate } from '../../src/gateway/call-gate.ts';
import { GatewayFailure } from '../../src/gateway/failure.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { VirtualClock } from '../../src/lib/virtual-clock.ts';
import { type StubAws, startStubAws } from '../support/stub-aws.ts';

/** Every variable the SDK looks at, set to what a test machine of ours would have. */
const environment: Readonly<Record<string, string | undefined>> = {
	AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
	AWS_SECRET_ACCESS_KEY: 'secret',
	AWS_SESSION_TOKEN: undefined,
	AWS_REGION: 'eu-west-1',
	AWS_DEFAULT_REGION: undefined,
	AWS_PROFILE: undefined,
	AWS_CONFIG_FILE: '/nonexistent/config',
	AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
	AWS_EC2_METADATA_DISABLED: 'true',
	AWS_ENDPOINT_URL: undefined,
	AWS_CA_BUNDLE: undefined,
	AWS_MAX_ATTEMPTS: undefined,
	AWS_RETRY_MODE: undefined,
};

/** A stub and connections to it, for each test of the file anew. */
export function stubAwsForEachTest() {
	let stub: StubAws | undefined;
	const connections: AwsConnection[] = [];
	beforeEach(async () => {
		for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
		stub = await startStubAws();
	});
	afterEach(async () => {
		for (const connection of connections.splice(0)) connection.close();
		vi.unstubAllEnvs();
		await stub?.close();
	});
	return {
		get aws(): StubAws {
			if (!stub) throw new Error('only inside a test');
			return stub;
		},
		connect(options: Partial<AwsOptions> = {}): AwsConnection {
			const connection = connectAws({
				clock: systemClock,
				gate: openGate,
				endpointUrl: stub?.url,
				...options,
			});
			connections.push(connection);
			return connection;
		},
	};
}

/** A gate that lets everything through and writes down what passes. */
export function createRecordingGate(): CallGate & { readonly log: readonly string[] } {
	const log: string[] = [];
	return {
		log,
		admit(service, operation) {
			log.push(`admit ${service} ${operation}`);
			return Promise.resolve();
		},
		report(service, operation, outcome) {
			log.push(`${outcome} ${service} ${operation}`);
		},
	};
}

/** The failure that a call ends in. */
export async function failureOf(promise: Promise<unknown>): Promise<GatewayFailure> {
	const outcome = await promise.then(
		value => value,
		(error: unknown) => error,
	);
	if (outcome instanceof GatewayFailure) return outcome;
	throw new Error('expected a GatewayFailure', { cause: outcome });
}

/** Lets real IO go on until something sleeps on the virtual clock that is due within `ms`. */
export async function untilDueWithin(clock: VirtualClock, ms: number): Promise<number> {
	for (let turn = 0; turn < 5000; turn += 1) {
		const dueAt = clock.nextDueAt();
		if (dueAt !== undefined && dueAt - clock.now() <= ms) return dueAt;
		await new Promise(resolve => setTimeout(resolve, 1));
	}
	throw new Error(`nothing was due within ${ms} ms`);
}

export const never: AbortSignal = new AbortController().signal;
