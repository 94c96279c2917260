import {
	type Asked,
	type HostKnowledge,
	type Knowledge,
	type Unanswered,
	unanswered,
} from '../../diagnosis/knowledge.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { FailureDetails } from '../../gateway/failure.ts';
import type { AllGateways } from '../../gateway/investigation.ts';
import { asFailure } from '../calls.ts';
import type { AppEvent } from '../events.ts';
import { type Operation, operations, type Watch } from '../watch.ts';

/** One run of the checklist, as its parts see it. Nothing that they tell is applied once it is over. */
export type Examination = {
	readonly watch: Watch;
	readonly signal: AbortSignal;
	/** Found out about the account. */
	learn(knowledge: Partial<Omit<Knowledge, 'hosts'>>): void;
	/** Found out about one host. */
	examined(targetId: TargetId, knowledge: HostKnowledge): void;
	tell(event: AppEvent): void;
	/** A failure is an answer too; only an abort is thrown. */
	ask<T>(
		operation: Operation,
		call: (gateways: AllGateways, signal: AbortSignal) => Promise<T>,
	): Promise<Asked<T>>;
};

export function createExamination(
	watch: Watch,
	signal: AbortSignal,
	/** Whether it is still this run that is wanted. */
	isCurrent: () => boolean,
): Examination {
	const { id, clock } = watch;
	const tell = (event: AppEvent) => {
		if (!signal.aborted && isCurrent()) watch.tell(event);
	};
	return {
		watch,
		signal,
		tell,
		learn: knowledge => tell({ type: 'knowledge.gained', id, knowledge, at: clock.now() }),
		examined: (targetId, knowledge) =>
			tell({ type: 'host.examined', id, targetId, knowledge, at: clock.now() }),
		async ask(operation, call) {
			try {
				return { answer: await watch.probe(operation, call, signal) };
			} catch (error) {
				signal.throwIfAborted();
				return whyNot(asFailure(error, operation), operation);
			}
		},
	};
}

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
