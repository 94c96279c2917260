import type { World } from '../world/world.ts';
import type { Input } from './input.ts';

/** Answers one operation: reads and changes the world, and returns the reply's members. Throws ServiceError. */
export type Operation = (input: Input, context: OperationContext) => Readonly<Record<string, unknown>>;

export type OperationContext = {
	readonly world: World;
	/** How many ids a page of ListDeploymentTargets holds. */
	readonly pageSize: number;
};

export type Service = {
	/** As it is known to people: `CodeDeploy`. */
	readonly name: string;
	readonly protocol: Protocol;
	/** What IAM says when the caller may not do this. */
	denial(operation: string, input: Input, context: OperationContext): string;
	readonly operations: Readonly<Record<string, Operation>>;
};

/** How requests name their operation, and how replies and errors are written. */
export type Protocol =
	| {
			readonly type: 'json';
			readonly version: '1.0' | '1.1';
			readonly targetPrefix: string;
			readonly queryCompatible: boolean;
	  }
	| { readonly type: 'query'; readonly apiVersion: string; readonly namespace: string };
