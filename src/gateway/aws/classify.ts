import { clip } from '../../lib/cut-text.ts';
import { sanitizeLine } from '../../lib/sanitize.ts';
import { GatewayFailure } from '../failure.ts';
import {
	isCredentialError,
	kindOfName,
	kindOfStatus,
	kindOfSystemCode,
	readCredentialError,
} from './failure-kinds.ts';
import { readReply } from './reply.ts';

const detailLimit = 300;
const codeLimit = 100;

/**
 * Turns whatever a call threw into a failure of the closed set. It goes by the exception's name, the system's error
 * code and the HTTP status, never by message text, except where AWS or the SDK put a fact nowhere else.
 */
export function classify(error: unknown, operation: string): GatewayFailure {
	if (error instanceof GatewayFailure) return error;
	const traits = readTraits(error);
	const { systemCode } = traits;
	// The answer to a question for a head has no body that could name an error.
	const strange = operation.startsWith('Head') ? undefined : foreign.get(traits.name);
	const credentials = readCredentialError(traits.name, traits.message);
	const kind =
		credentials?.kind ??
		(systemCode === undefined ? undefined : kindOfSystemCode(systemCode)) ??
		kindOfName(traits.name) ??
		kindOfStatus(traits.status, traits.fault, strange === undefined);
	const code =
		clip(sanitizeLine(credentials?.code ?? systemCode ?? traits.name).trim(), codeLimit) || 'Error';
	const action = kind === 'denied' ? deniedAction(traits.message) : undefined;
	const own = credentials?.detail ?? traits.message;
	const words = strange === undefined ? own : foreignAnswer(strange, readReply(error).status);
	const detail = clip(sanitizeLine(words).trim(), detailLimit) || code;
	return new GatewayFailure(
		{
			kind,
			operation,
			code,
			detail,
			...(action !== undefined && { action }),
			...(traits.requestId !== undefined && { requestId: traits.requestId }),
		},
		{ cause: error },
	);
}

type Traits = {
	readonly name: string;
	readonly message: string;
	readonly systemCode?: string;
	readonly status?: number;
	readonly fault?: string;
	readonly requestId?: string;
};

function readTraits(thrown: unknown): Traits {
	const error = unwrap(thrown);
	if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error) };
	const metadata = read(error, '$metadata');
	const code = read(error, 'code');
	const status = read(metadata, 'httpStatusCode');
	const fault = read(error, '$fault');
	const requestId = read(metadata, 'requestId');
	const name = textOf(read(error, 'name')) || 'Error';
	// What a service throws has a fault, and may have a member called code; the credential chain lends its own name.
	const isSystemError =
		typeof code === 'string' && code !== '' && fault === undefined && !isCredentialError(name);
	return {
		name,
		message: withoutHint(textOf(read(error, 'message'))),
		...(isSystemError && { systemCode: code }),
		...(typeof status === 'number' && { status }),
		...(typeof fault === 'string' && { fault }),
		...(typeof requestId === 'string' && { requestId: clip(sanitizeLine(requestId), codeLimit) }),
	};
}

/** The SDK's name for an error that the answer does not name, and the JavaScript engine's for what it cannot read. */
const foreign: ReadonlyMap<string, string> = new Map([
	['Unknown', 'names no error'],
	['SyntaxError', 'is not JSON'],
]);

/**
 * What is said of an answer that AWS never gives: it does not name its error, or is not JSON. A proxy, a login page of a
 * network or another server has given it.
 */
function foreignAnswer(problem: string, status: number | undefined): string {
	const answer = status === undefined ? 'the answer' : `the answer, HTTP ${status},`;
	return `${answer} ${problem}, which is not how AWS answers: check the endpoint, and the proxy if there is one`;
}

/** Connecting over IPv4 and IPv6 at once fails with one error per address and no message of its own. */
function unwrap(thrown: unknown): unknown {
	if (!(thrown instanceof AggregateError)) return thrown;
	const [first] = thrown.errors;
	return first === undefined ? thrown : unwrap(first);
}

function read(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The SDK adds a hint for programmers to errors from reading an answer. */
const withoutHint = (message: string): string =>
	message.replace(/\s*Deserialization error: to see[\s\S]*$/, '');

/** AWS names the missing permission in the text alone: `… is not authorized to perform: <action> on resource …`. */
function deniedAction(message: string): string | undefined {
	return /not authorized to perform:? ?(?<action>[a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.groups?.action;
}
