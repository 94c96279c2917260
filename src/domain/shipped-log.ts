/** The three logs that a host keeps of deployments (AWS CodeDeploy agent). */
export type HostLog = 'scripts' | 'agent' | 'deployments';

/** One event of a log that is shipped to CloudWatch Logs. Its text is sanitised and may have several lines. */
export type ShippedEvent = {
	readonly id: string;
	readonly at: number;
	/** When it arrived: long after it was written, if the host was cut off. */
	readonly ingestedAt?: number;
	readonly stream: string;
	readonly text: string;
};
