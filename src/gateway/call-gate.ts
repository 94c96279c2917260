/** The services whose rates are limited apart from each other. */
export type ServiceName =
	| 'codedeploy'
	| 'cloudwatch'
	| 'sts'
	| 'ec2'
	| 'ssm'
	| 'logs'
	| 'iam'
	| 's3'
	| 'elasticloadbalancing';

export type AttemptOutcome = 'ok' | 'throttled' | 'failed';

/** What every single attempt has to pass on its way to AWS, the SDK's own retries included. */
export type CallGate = {
	/** Waits for a token of the service's budget. Rejects with the signal's reason when aborted. */
	admit(service: ServiceName, operation: string, signal: AbortSignal): Promise<void>;
	/** Tells how the attempt ended, so that the budget can adapt. */
	report(service: ServiceName, operation: string, outcome: AttemptOutcome): void;
};

/** Lets everything through at once. */
export const openGate: CallGate = { admit: () => Promise.resolve(), report: () => {} };
