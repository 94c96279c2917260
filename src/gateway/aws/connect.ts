import type { Clock } from '../../lib/clock.ts';
import type { CallGate } from '../call-gate.ts';
import type { CallLog } from '../call-log.ts';
import type { AllGateways } from '../investigation.ts';
import { defaultLogNames, type LogNames } from '../logs.ts';
import { createAccessGateway } from './access.ts';
import { createAlarmsGateway } from './alarms.ts';
import { createBundlesGateway } from './bundles.ts';
import { createCodeDeployGateway } from './codedeploy.ts';
import { createCommandsGateway } from './commands.ts';
import { createHostsGateway } from './hosts.ts';
import { createIdentityGateway } from './identity.ts';
import { createKnownNames } from './known-names.ts';
import { createLoadBalancersGateway } from './load-balancers.ts';
import { createLogsGateway } from './logs.ts';
import {
	cloudWatchSdk,
	codeDeploySdk,
	ec2Sdk,
	iamSdk,
	loadBalancingSdk,
	logsSdk,
	s3Sdk,
	ssmSdk,
	stsSdk,
} from './sdks.ts';
import { createService } from './service.ts';
import { createSession } from './session.ts';

/** Where to connect to, and as whom. What is left out is found by the SDK's own chains (environment, shared files). */
export type AwsOptions = {
	readonly region?: string | undefined;
	readonly profile?: string | undefined;
	/** Instead of AWS's own endpoints, for every service. */
	readonly endpointUrl?: string | undefined;
	readonly clock: Clock;
	readonly gate: CallGate;
	/** Told of every attempt. */
	readonly log?: CallLog | undefined;
	/** Of a question; a change is sent exactly once. 2 unless told. */
	readonly maxAttempts?: number | undefined;
	/** How long one attempt may take from its admission to the end of its answer. 10 seconds unless told. */
	readonly attemptTimeoutMs?: number | undefined;
	/** Sent along with the SDK's own: `rollcall/1.2.3`. */
	readonly userAgent?: string | undefined;
	/** Where hosts ship their logs to. Unless told, where CodeDeploy's documentation says. */
	readonly logNames?: Partial<LogNames> | undefined;
};

/** One account and region of AWS. Nothing is loaded, read or sent before the first call. */
export type AwsConnection = {
	readonly gateways: AllGateways;
	/** As the SDK's chain resolves it. Rejects with GatewayFailure `invalid`, code `NoRegion`, when there is none. */
	region(): Promise<string>;
	/** How far AWS's clock is ahead of this machine's, in milliseconds; 0 while that is less than a minute. */
	clockSkewMs(): number;
	/** Lets go of the sockets. */
	close(): void;
};

export function connectAws(options: AwsOptions): AwsConnection {
	const session = createSession({
		region: options.region,
		profile: options.profile,
		endpointUrl: options.endpointUrl,
		userAgent: options.userAgent,
		clock: options.clock,
		gate: options.gate,
		log: options.log,
		maxAttempts: options.maxAttempts ?? 2,
		attemptTimeoutMs: options.attemptTimeoutMs ?? 10_000,
	});
	const codeDeploy = createService(session, codeDeploySdk);
	const ssm = createService(session, ssmSdk);
	const names = createKnownNames();
	return {
		gateways: {
			codeDeploy: createCodeDeployGateway(codeDeploy, names, session.skew),
			alarms: createAlarmsGateway(createService(session, cloudWatchSdk), names.alarms),
			identity: createIdentityGateway(createService(session, stsSdk)),
			hosts: createHostsGateway({ ec2: createService(session, ec2Sdk), ssm, codeDeploy, names }),
			commands: createCommandsGateway(ssm, options.clock, session.skew),
			logs: createLogsGateway(createService(session, logsSdk), { ...defaultLogNames, ...options.logNames }),
			access: createAccessGateway(createService(session, iamSdk)),
			bundles: createBundlesGateway(createService(session, s3Sdk), names.revisions),
			loadBalancers: createLoadBalancersGateway(createService(session, loadBalancingSdk)),
		},
		region: () => codeDeploy.region(),
		clockSkewMs: session.skew.ms,
		close: () => session.close(),
	};
}
