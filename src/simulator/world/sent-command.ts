/** A command that Systems Manager was told to run on machines. */
export type SentCommand = {
	readonly id: string;
	readonly documentName: string;
	readonly comment: string;
	/** The script, line by line. */
	readonly commands: readonly string[];
	readonly instanceIds: readonly string[];
	readonly requestedAt: number;
	/** Until then it has to reach the machine. */
	readonly expiresAt: number;
	readonly executionTimeoutSeconds: number;
	readonly deliveryTimeoutSeconds: number;
	/** By instance id. */
	readonly invocations: ReadonlyMap<string, Invocation>;
};

/** AWS: CommandInvocationStatus, as far as it is used. */
export type InvocationStatus = 'Pending' | 'InProgress' | 'Success' | 'Cancelled' | 'TimedOut' | 'Failed';

/** The command on one machine. */
export type Invocation = {
	status: InvocationStatus;
	/** In words: `ExecutionTimedOut`. */
	statusDetails: string;
	startedAt: number | undefined;
	endedAt: number | undefined;
	/** Exit code; −1 as long as there is none. */
	responseCode: number;
	stdout: string;
	stderr: string;
};
