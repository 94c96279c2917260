import { type FailureKind, GatewayFailure } from '../failure.ts';

/** Failures that are answers to some questions. */

/** Undefined when the thing asked for does not exist. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
	try {
		return await answer;
	} catch (error) {
		if (isFailure(error, 'missing')) return undefined;
		throw error;
	}
}

/** The answer, or the permission that it needs: AWS names permissions after operations. */
export async function unlessDenied<T>(
	answer: Promise<T>,
	service: string,
): Promise<T | { readonly needs: string }> {
	try {
		return await answer;
	} catch (error) {
		if (!isFailure(error, 'denied')) throw error;
		return { needs: error.details.action ?? `${service}:${error.details.operation}` };
	}
}

export const isFailure = (error: unknown, kind: FailureKind): error is GatewayFailure =>
	error instanceof GatewayFailure && error.kind === kind;
