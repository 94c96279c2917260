import type { DeploymentId } from '../domain/ids.ts';
import type { HostLog, ShippedEvent } from '../domain/shipped-log.ts';

/** The log groups to look in for each log of a host, in this order. Their names are the customer's choice. */
export type LogNames = Readonly<Record<HostLog, readonly string[]>>;

/** The names that the documentation of CodeDeploy suggests. It has none for scripts.log: nobody ships it by default. */
export const defaultLogNames: LogNames = {
	scripts: [],
	agent: ['codedeploy-agent-log', 'codedeploy-agent-windows-log'],
	deployments: ['codedeploy-agent-deployment-log', 'codedeploy-agent-windows-deployment-log'],
};

/** These groups first, then the usual ones; each once. */
export const logNamesWith = (first: Partial<LogNames> = {}): LogNames => {
	const names = (log: HostLog) => [...new Set([...(first[log] ?? []), ...defaultLogNames[log]])];
	return { scripts: names('scripts'), agent: names('agent'), deployments: names('deployments') };
};

export type LogQuery = {
	readonly source: HostLog;
	/** The streams of a host begin with its id. */
	readonly instanceId: string;
	/** Narrows the log of scripts and that of all deployments to one; the agent's own names it nowhere. */
	readonly deploymentId?: DeploymentId;
	/** Epoch milliseconds, inclusive. */
	readonly from: number;
	/** Epoch milliseconds, exclusive; up to now unless told. */
	readonly to?: number;
	/** Goes on where the answer to the same query ended. */
	readonly after?: LogCursor | undefined;
};

/** How far a log has been read. To be handed back as it came. */
export type LogCursor = {
	readonly from: number;
	readonly newestAt: number;
	readonly token?: string;
	/** What is not newer has been handed out, and is not read once more: there was too much of it to remember. */
	readonly forgottenAt?: number;
	/** What has been handed out already of the time that is read once more for late arrivals. */
	readonly seen: readonly SeenEvent[];
};

export type SeenEvent = { readonly id: string; readonly at: number };

export type LogAnswer =
	| {
			readonly shipped: true;
			readonly group: string;
			readonly streams: readonly string[];
			/** Oldest first, and none of them twice over all answers that follow one another. */
			readonly events: readonly ShippedEvent[];
			/** There was too much for one answer: ask again at once, with the cursor. */
			readonly more: boolean;
			readonly cursor: LogCursor;
	  }
	| {
			readonly shipped: false;
			/** Where it was looked for; `exists` tells a group without streams of this host from one that is not there. */
			readonly looked: readonly { readonly group: string; readonly exists: boolean }[];
	  };

/** Logs that hosts ship to CloudWatch Logs. */
export type LogsGateway = {
	tail(query: LogQuery, signal: AbortSignal): Promise<LogAnswer>;
};
