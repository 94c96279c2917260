import type { AgentOptions, Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { AwsCredentialIdentityProvider, Logger, RetryStrategyV2 } from '@smithy/types';
import type { Clock } from '../../lib/clock.ts';
import { createRandom, type Random } from '../../lib/random.ts';
import type { CallGate } from '../call-gate.ts';
import type { CallLog } from '../call-log.ts';
import { type ClockSkew, createClockSkew } from './clock-skew.ts';
import { namesProxy } from './proxy-environment.ts';
import { createRetryStrategy } from './retry-strategy.ts';

export type SessionOptions = {
	readonly region: string | undefined;
	readonly profile: string | undefined;
	readonly endpointUrl: string | undefined;
	readonly userAgent: string | undefined;
	readonly clock: Clock;
	readonly gate: CallGate;
	readonly log: CallLog | undefined;
	readonly maxAttempts: number;
	readonly attemptTimeoutMs: number;
};

/** The configuration that all SDK clients of a connection are made with. */
export type ClientConfig = {
	readonly region?: string;
	readonly profile?: string;
	readonly endpoint?: string;
	readonly customUserAgent?: string;
	readonly credentials?: AwsCredentialIdentityProvider;
	readonly maxAttempts: number;
	readonly retryStrategy: RetryStrategyV2;
	readonly requestHandler: HandlerOptions;
	/** For the clients that the credential chain makes, which would open sockets of their own, past any proxy. */
	readonly clientConfig: { readonly requestHandler: HandlerOptions; readonly logger: Logger };
	readonly logger: Logger;
	/** For the credential chain: the shared files may have been rewritten since they were last read. */
	readonly ignoreCache: true;
};

type HandlerOptions = AgentPair & { readonly logger: Logger };
export type AgentPair = { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent };
export type Agents = { readonly read: AgentPair; readonly write: AgentPair };

/** What the clients of one connection have in common: configuration, sockets, and credentials until they fail. */
export type Session = SessionOptions & {
	/** AWS's services agree on the time. */
	readonly skew: ClockSkew;
	/** Changes whenever the credentials are dropped. */
	readonly generation: object;
	agents(): Promise<Agents>;
	clientConfig(mode: keyof Agents, agents: Agents): ClientConfig;
	/** The first client's provider serves all: one sign-in, one metadata request, one run of somebody's script. */
	shareCredentials(provider: AwsCredentialIdentityProvider): void;
	/** Makes the next call look for credentials anew; providers remember the ones that have expired. */
	dropCredentials(generation: object | undefined): void;
	close(): void;
};

const maxSockets = 8;

export function createSession(options: SessionOptions): Session {
	const random = createRandom(options.clock.now());
	let generation = {};
	let credentials: AwsCredentialIdentityProvider | undefined;
	let agents: Promise<Agents> | undefined;
	return {
		...options,
		skew: createClockSkew(options.clock),
		get generation() {
			return generation;
		},
		agents() {
			agents ??= createAgents().catch((error: unknown) => {
				// What was wrong with the environment's files may be mended.
				agents = undefined;
				throw error;
			});
			return agents;
		},
		clientConfig: (mode, { [mode]: pair, read }) => ({
			...(options.region !== undefined && { region: options.region }),
			...(options.profile !== undefined && { profile: options.profile }),
			...(options.endpointUrl !== undefined && { endpoint: options.endpointUrl }),
			...(options.userAgent !== undefined && { customUserAgent: options.userAgent }),
			...(credentials !== undefined && { credentials }),
			...retries(options, mode === 'read' ? options.maxAttempts : 1, random),
			requestHandler: { ...pair, logger: silent },
			clientConfig: { requestHandler: { ...read, logger: silent }, logger: silent },
			logger: silent,
			ignoreCache: true,
		}),
		shareCredentials(provider) {
			credentials ??= provider;
		},
		dropCredentials(failed) {
			if (failed !== generation) return;
			generation = {};
			credentials = undefined;
		},
		close() {
			void agents?.then(
				({ read, write }) => {
					for (const agent of [...Object.values(read), ...Object.values(write)]) agent.destroy();
				},
				() => {},
			);
		},
	};
}

function retries({ clock }: SessionOptions, maxAttempts: number, random: Random) {
	return { maxAttempts, retryStrategy: createRetryStrategy({ maxAttempts, clock, random }) };
}

/**
 * Questions share a few sockets that stay open. A change gets a connection of its own: on one that was left open it
 * could meet the far end hanging up, and nobody would know whether it had arrived.
 */
async function createAgents(): Promise<Agents> {
	// An import would read every property of them, and so load the whole of `fetch`.
	const http = process.getBuiltinModule('node:http');
	const https = process.getBuiltinModule('node:https');
	const direct = (options: AgentOptions): AgentPair => ({
		httpAgent: new http.Agent(options),
		httpsAgent: new https.Agent(options),
	});
	// Neither the SDK nor Node before 24.5 looks at the proxy of the environment.
	const ways = namesProxy(process.env) ? await import('./proxy-agents.ts') : undefined;
	const trust = await trustOf(process.env);
	const pair = (sockets: AgentOptions): AgentPair => {
		const options = { ...sockets, ...trust };
		return ways?.createProxyAgents(process.env, options, direct(options)) ?? direct(options);
	};
	// Node ends a connection after each request only where their number is not bounded.
	return { read: pair({ keepAlive: true, maxSockets }), write: pair({ keepAlive: false }) };
}

/** The SDK falls back to the console, which would write across the screen. */
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Whom TLS trusts: those of `AWS_CA_BUNDLE` and nobody else, as the AWS CLI has it; unset, whom Node trusts. */
async function trustOf({ AWS_CA_BUNDLE: file = '' }: NodeJS.ProcessEnv): Promise<{ readonly ca?: string }> {
	if (file === '') return {};
	const { readCaBundle } = await import('./ca-bundle.ts');
	return { ca: await readCaBundle(file) };
}
