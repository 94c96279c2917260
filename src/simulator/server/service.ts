import type { World } from '../world/world.ts';
import type { Input } from './input.ts';

/** Answers one operation: reads and changes the world, and returns the reply's members. Throws ServiceError. */
export type Operation = (input: Input, context: OperationContext) => Readonly<Record<string, unknown>>;

export type OperationContext = {
	readonly world: World;
	/** How many ids a page of ListDeploymentTargets holds. */
	readonly pageSize: number;
	/** The region the request was signed for, which a global service need not be in. */
	readonly signedFor: string;
};

export type Service = {
	/** As it is known to people: `CodeDeploy`. */
	readonly name: string;
	readonly protocol: Protocol;
	/** The same for all regions of the account. */
	readonly isGlobal?: boolean;
	/** What IAM says when the caller may not do this. */
	denial(operation: string, input: Input, context: OperationContext): string;
	readonly operations: Readonly<Record<string, Operation>>;
	/** Its own words for errors that every service knows, by the names of the JSON services. */
	readonly ownErrors?: Readonly<Record<string, OwnError>>;
};

export type OwnError = {
	readonly code: string;
	readonly status?: number;
	readonly message?: (message: string) => string;
};

/** How requests name their operation, and how replies and errors are written. */
export type Protocol =
	| {
			readonly type: 'json';
			readonly version: '1.0' | '1.1';
			readonly targetPrefix: string;
			readonly queryCompatible: boolean;
	  }
	/** `ec2` has a way of its own to write lists and replies. */
	| { readonly type: 'query' | 'ec2'; readonly apiVersion: string; readonly namespace: string }
	| { readonly type: 'rest-xml'; readonly route: (request: WireRequest) => Route };

export type WireRequest = {
	readonly method: string;
	/** Path and query, as sent. */
	readonly target: string;
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: string;
};

export type Route = { readonly operation: string; readonly input: Readonly<Record<string, unknown>> };

/** What an operation of a REST service returns: its reply lies in headers and a body of any kind. */
export type RestOutput = {
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Buffer;
};
