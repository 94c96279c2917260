import type { Random } from '../../lib/random.ts';
import { unreachable } from '../../lib/unreachable.ts';
import { ServiceError } from './service-error.ts';

/** Something that is wrong between the client and AWS. */
export type Fault = FaultKind & {
	/** Only these operations; all when absent. */
	readonly operations?: readonly string[];
	/** Only in these accounts, and only in these regions; everywhere when absent. */
	readonly accountIds?: readonly string[];
	readonly regions?: readonly string[];
	/** Only from then on, and only until then: scripted milliseconds after the story began. */
	readonly fromMs?: number;
	readonly toMs?: number;
	/** How often it strikes, 0 to 1. Default: always. */
	readonly probability?: number;
};

export type FaultKind =
	/** `Rate exceeded`, with a hint when to come back if `retryAfterMs` is given. */
	| { readonly type: 'throttle'; readonly retryAfterMs?: number }
	/** The answer takes this much longer, in the clock's time. */
	| { readonly type: 'latency'; readonly latencyMs: number }
	/** The caller has no permission for the operation. */
	| { readonly type: 'deny' }
	| { readonly type: 'expiredCredentials' }
	/** The connection breaks: before the service has seen the request, or, when `handled`, before it answers. */
	| { readonly type: 'drop'; readonly handled?: boolean }
	/** No answer until the client gives up; `handled`: although the service has done what was asked. */
	| { readonly type: 'blackHole'; readonly handled?: boolean }
	| { readonly type: 'serverError'; readonly status: 500 | 503 }
	/** The answer is cut off in the middle. */
	| { readonly type: 'malformedBody' };

/** What the faults make of one request. */
export type FaultPlan = {
	readonly error: ServiceError | undefined;
	readonly latencyMs: number;
	/** The connection breaks, or stays silent: before or after the request was handled. */
	readonly silence: { readonly type: 'drop' | 'blackHole'; readonly handled: boolean } | undefined;
	readonly malformed: boolean;
};

export type FaultBoard = {
	/** Puts a fault in force; the answer takes it back. */
	inject(fault: Fault): () => void;
	plan(operation: string, place: Place, deny: () => ServiceError): FaultPlan;
};

/** Where something is asked; unknown as far as the key is. */
export type Place = { readonly accountId?: string | undefined; readonly region?: string | undefined };

/** `elapsedMs` tells the scripted time since the story began. */
export function createFaultBoard(random: Random, elapsedMs: () => number): FaultBoard {
	const faults = new Set<Fault>();

	function strikes(fault: Fault, operation: string, { accountId, region }: Place): boolean {
		const { fromMs = 0, toMs = Number.POSITIVE_INFINITY, probability = 1 } = fault;
		if (!includes(fault.operations, operation)) return false;
		if (!(includes(fault.accountIds, accountId) && includes(fault.regions, region))) return false;
		const now = elapsedMs();
		return now >= fromMs && now < toMs && (probability >= 1 || random() < probability);
	}

	return {
		inject(fault) {
			const entry = { ...fault };
			faults.add(entry);
			return () => {
				faults.delete(entry);
			};
		},
		plan(operation, place, deny) {
			const striking = [...faults].filter(fault => strikes(fault, operation, place));
			const silent = striking.find(isSilence);
			return {
				error: striking.map(fault => errorOf(fault, deny)).find(error => error !== undefined),
				latencyMs: striking.reduce((sum, fault) => sum + (fault.type === 'latency' ? fault.latencyMs : 0), 0),
				silence: silent && { type: silent.type, handled: silent.handled ?? false },
				malformed: striking.some(fault => fault.type === 'malformedBody'),
			};
		},
	};
}

/** Whether a fault that is limited to these concerns this one. */
function includes(only: readonly string[] | undefined, asked: string | undefined): boolean {
	return only === undefined || (asked !== undefined && only.includes(asked));
}

function isSilence(fault: Fault): fault is Fault & { readonly type: 'drop' | 'blackHole' } {
	return fault.type === 'drop' || fault.type === 'blackHole';
}

function errorOf(fault: Fault, deny: () => ServiceError): ServiceError | undefined {
	switch (fault.type) {
		case 'throttle': {
			const { retryAfterMs } = fault;
			const headers = retryAfterMs === undefined ? {} : { 'x-amz-retry-after': String(retryAfterMs) };
			return new ServiceError('ThrottlingException', 'Rate exceeded', { headers });
		}
		case 'deny':
			return deny();
		case 'expiredCredentials':
			return new ServiceError(
				'ExpiredTokenException',
				'The security token included in the request is expired',
			);
		case 'serverError':
			return fault.status === 503
				? new ServiceError('ServiceUnavailable', 'Service is unavailable.', { status: 503 })
				: new ServiceError('InternalFailure', 'We encountered an internal error. Please try again.', {
						status: 500,
					});
		case 'latency':
		case 'drop':
		case 'blackHole':
		case 'malformedBody':
			return undefined;
		default:
			return unreachable(fault);
	}
}
