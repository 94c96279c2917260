import { setMaxListeners } from 'node:events';
import type { AwsCredentialIdentityProvider, Client, Command, MetadataBearer, Provider } from '@smithy/types';
import { untilAborted } from '../../lib/abort.ts';
import type { ServiceName } from '../call-gate.ts';
import { GatewayFailure } from '../failure.ts';
import { recordUnsent } from './attempt-record.ts';
import { guardAttempts, type SendingConfig } from './attempts.ts';
import { classify } from './classify.ts';
import { translateTimes } from './clock-skew.ts';
import type { ClientConfig, Session } from './session.ts';

/** What is used of an SDK client's resolved configuration. */
type ResolvedConfig = SendingConfig & {
	readonly region: Provider<string>;
	readonly credentials: AwsCredentialIdentityProvider;
};

/** How to come by one service's SDK: a module that is imported at first use, and its client. */
export type ServiceSdk<Sdk, Input extends object, Output extends MetadataBearer, Config> = {
	readonly name: ServiceName;
	load(): Promise<Sdk>;
	createClient(sdk: Sdk, config: ClientConfig): Client<Input, Output, Config>;
	/** The names of times that it tells, and wants to be told, as epoch milliseconds. */
	readonly numericTimes?: readonly string[];
};

/** One AWS service. Its methods throw GatewayFailure, or the signal's reason. */
export type Service<Sdk, Input extends object, Output extends MetadataBearer, Config> = {
	/** Asks a question: sent again when the SDK's rules say so. */
	read<I extends Input, O extends Output>(
		operation: string,
		signal: AbortSignal,
		command: (sdk: Sdk) => Command<Input, I, Output, O, Config>,
	): Promise<O>;
	/** Changes something: sent exactly once, whatever comes back. */
	write<I extends Input, O extends Output>(
		operation: string,
		signal: AbortSignal,
		command: (sdk: Sdk) => Command<Input, I, Output, O, Config>,
	): Promise<O>;
	region(): Promise<string>;
};

/** The service that an SDK description leads to. */
export type ServiceOf<Description> =
	Description extends ServiceSdk<infer Sdk, infer Input, infer Output, infer Config>
		? Service<Sdk, Input, Output, Config>
		: never;

type Mode = 'read' | 'write';

/** Finding credentials may mean a browser's portal, a metadata service or somebody's script. */
const credentialsTimeoutMs = 30_000;

export function createService<
	Sdk,
	Input extends object,
	Output extends MetadataBearer,
	Config extends ResolvedConfig,
>(session: Session, sdk: ServiceSdk<Sdk, Input, Output, Config>): Service<Sdk, Input, Output, Config> {
	type Clients = Partial<Record<Mode, Client<Input, Output, Config>>>;
	// Clients belong to the credentials they were made with: they go when those are dropped.
	const clients = new WeakMap<object, Clients>();
	const numericTimes = new Set(sdk.numericTimes);

	async function open(mode: Mode) {
		const [module, agents] = await Promise.all([sdk.load(), session.agents()]);
		const { generation } = session;
		const known = clients.get(generation) ?? {};
		clients.set(generation, known);
		const client = known[mode] ?? sdk.createClient(module, session.clientConfig(mode, agents));
		known[mode] = client;
		session.shareCredentials(client.config.credentials);
		return { module, client, generation };
	}

	async function call<I extends Input, O extends Output>(
		mode: Mode,
		operation: string,
		signal: AbortSignal,
		build: (module: Sdk) => Command<Input, I, Output, O, Config>,
	): Promise<O> {
		signal.throwIfAborted();
		const preparing = prepare(session, operation, signal);
		const askedAt = session.clock.now();
		let isSent = false;
		let generation: object | undefined;
		const send = async () => {
			const opened = await open(mode);
			generation = opened.generation;
			await resolveRegion(session, opened.client.config.region);
			const command = build(opened.module);
			command.middlewareStack.use(translateTimes<I, O>(session.skew, numericTimes));
			command.middlewareStack.use(
				guardAttempts<I, O>({
					service: sdk.name,
					operation,
					signal: preparing.signal,
					clock: session.clock,
					gate: session.gate,
					log: session.log,
					timeoutMs: session.attemptTimeoutMs,
					skew: session.skew,
					client: opened.client.config,
					onReady() {
						isSent = true;
						preparing.done();
					},
				}),
			);
			return opened.client.send(command, { abortSignal: preparing.signal });
		};
		try {
			return await untilAborted(send(), preparing.signal);
		} catch (error) {
			if (signal.aborted) throw signal.reason;
			const failure = classify(error, operation);
			if (!isSent)
				recordUnsent(
					{ clock: session.clock, log: session.log, service: sdk.name, operation },
					failure,
					askedAt,
				);
			if (failure.kind === 'expired' || failure.kind === 'credentials') session.dropCredentials(generation);
			throw failure;
		} finally {
			preparing.close();
		}
	}

	return {
		read: (operation, signal, command) => call('read', operation, signal, command),
		write: (operation, signal, command) => call('write', operation, signal, command),
		async region() {
			const { client } = await open('read');
			return resolveRegion(session, client.config.region);
		},
	};
}

/** A signal for everything one call does: the caller's, and a deadline for what comes before the first attempt. */
function prepare(session: Session, operation: string, caller: AbortSignal) {
	const controller = new AbortController();
	const ready = new AbortController();
	const abort = () => controller.abort(caller.reason);
	// Dozens of calls may wait at one signal; Node would take that for a leak, and write so across the screen.
	setMaxListeners(0, caller);
	caller.addEventListener('abort', abort, { once: true });
	void session.clock.sleep(credentialsTimeoutMs, ready.signal).then(() => {
		if (!ready.signal.aborted) controller.abort(credentialsTimeout(operation));
	});
	return {
		signal: controller.signal,
		done: () => ready.abort(),
		close() {
			ready.abort();
			caller.removeEventListener('abort', abort);
		},
	};
}

const credentialsTimeout = (operation: string): GatewayFailure =>
	new GatewayFailure({
		kind: 'credentials',
		operation,
		code: 'TimeoutError',
		detail: `no credentials were found within ${credentialsTimeoutMs / 1000} s`,
	});

async function resolveRegion(session: Session, provider: Provider<string>): Promise<string> {
	try {
		return await provider();
	} catch (error) {
		const { detail } = classify(error, 'ResolveRegion').details;
		throw new GatewayFailure(
			{
				kind: 'invalid',
				operation: 'ResolveRegion',
				code: session.region === undefined ? 'NoRegion' : 'InvalidRegion',
				detail,
			},
			{ cause: error },
		);
	}
}
