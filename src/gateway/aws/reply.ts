/** What an answer of a failed call says outside of its body. */
export type Reply = {
	readonly status: number | undefined;
	/** By names in small letters. */
	readonly headers: Readonly<Record<string, unknown>>;
};

/** Reads what the SDK's errors carry along: `$metadata` and, not enumerable, `$response`. */
export function readReply(error: unknown): Reply {
	const response = member(error, '$response');
	const headers = member(response, 'headers');
	const status = member(member(error, '$metadata'), 'httpStatusCode') ?? member(response, 'statusCode');
	return {
		status: typeof status === 'number' ? status : undefined,
		headers: typeof headers === 'object' && headers !== null ? { ...headers } : {},
	};
}

/** A property of what nothing is known of. */
export const member = (value: unknown, name: string): unknown =>
	typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
