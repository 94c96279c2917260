import type { GetObjectCommandInput, GetObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Pluggable } from '@smithy/types';

/**
 * Reads the body of an object as a part of the attempt, so that its deadline and its retries are those of the call: the
 * SDK calls an answer complete when its headers are there.
 */
export function withBody(
	keep: (bytes: Uint8Array) => void,
): Pluggable<GetObjectCommandInput, GetObjectCommandOutput> {
	return {
		applyToStack(stack) {
			stack.add(
				next => async args => {
					const result = await next(args);
					keep((await result.output?.Body?.transformToByteArray()) ?? new Uint8Array());
					return result;
				},
				{ name: 'rollcallBody', step: 'deserialize', priority: 'high' },
			);
		},
	};
}
