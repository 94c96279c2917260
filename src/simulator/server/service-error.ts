type Extras = {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** Members beside code and message, where the protocol has room for them. */
	readonly details?: Readonly<Record<string, string>>;
};

/** An answer that is an error, in AWS's terms. The protocol decides how it looks on the wire. */
export class ServiceError extends Error {
	override readonly name = 'ServiceError';
	readonly code: string;
	/** HTTP status: 4xx when the caller is at fault, 5xx when the service is. */
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly details: Readonly<Record<string, string>>;

	constructor(code: string, message: string, { status = 400, headers = {}, details = {} }: Extras = {}) {
		super(message);
		this.code = code;
		this.status = status;
		this.headers = headers;
		this.details = details;
	}
}
