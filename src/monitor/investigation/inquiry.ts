import { type Asked, type Unanswered, unanswered } from '../../diagnosis/knowledge.ts';
import type { FailureDetails } from '../../gateway/failure.ts';
import type { AllGateways } from '../../gateway/investigation.ts';
import { asFailure } from '../calls.ts';
import { type Operation, operations, type Probe } from '../watch.ts';

/** Asks AWS. A failure is an answer too; only an abort is thrown. */
export type Inquire = <T>(
	operation: Operation,
	call: (gateways: AllGateways, signal: AbortSignal) => Promise<T>,
) => Promise<Asked<T>>;

export const inquiring =
	(probe: Probe, signal: AbortSignal): Inquire =>
	async (operation, call) => {
		try {
			return { answer: await probe(operation, call, signal) };
		} catch (error) {
			signal.throwIfAborted();
			return whyNot(asFailure(error, operation), operation);
		}
	};

/** A failure as the reason why something is not known. */
export function whyNot(failure: FailureDetails, operation: Operation): Unanswered {
	const { kind, code, detail } = failure;
	switch (kind) {
		case 'denied': {
			const needs = failure.action ?? `${operations[operation]}:${failure.operation}`;
			return unanswered(`not allowed: ${needs}`, needs);
		}
		case 'throttled':
			return unanswered(`AWS throttles ${failure.operation}`);
		case 'network':
			return unanswered(`no answer to ${failure.operation} (${code})`);
		case 'expired':
		case 'credentials':
			return unanswered(`the credentials are not valid (${code})`);
		default:
			return unanswered(`${code}: ${detail}`);
	}
}
