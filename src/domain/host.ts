import type { InstanceId } from './ids.ts';
import type { Open } from './open.ts';

/** The two families of hosts that the agent runs on. */
export type Platform = 'linux' | 'windows';

export type Tag = { readonly key: string; readonly value: string };

/** One EC2 instance (AWS: Instance). Terminated ones keep only part of their fields, and vanish after an hour. */
export type InstanceFacts = {
	readonly id: InstanceId;
	/** The tag `Name`. */
	readonly name?: string;
	/** Availability zone: `eu-west-1a`. */
	readonly zone?: string;
	readonly type?: string;
	readonly imageId?: string;
	readonly state?: Open<'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped'>;
	readonly launchedAt?: number;
	readonly privateIp?: string;
	readonly publicIp?: string;
	/** The tag that Auto Scaling puts on its instances. */
	readonly autoScalingGroup?: string;
	/** Absent: the agent has no credentials to speak to CodeDeploy with. */
	readonly instanceProfileArn?: string;
	readonly platform: Platform;
	readonly tags: readonly Tag[];
};

const goneStates: ReadonlySet<string> = new Set(['stopped', 'shutting-down', 'terminated']);

/** Whether nothing can run on an instance in this state. */
export const isGoneState = (state: string): boolean => goneStates.has(state);

/** AWS: SummaryStatus. */
export type StatusCheck = Open<'ok' | 'impaired' | 'initializing' | 'insufficient-data' | 'not-applicable'>;

/** The status checks of one EC2 instance, and what AWS plans to do to it (AWS: InstanceStatus). */
export type InstanceStatus = {
	readonly id: InstanceId;
	readonly state?: InstanceFacts['state'];
	/** AWS's own hardware and network. */
	readonly system?: StatusCheck;
	/** The machine itself: it boots and answers. */
	readonly instance?: StatusCheck;
	readonly events: readonly ScheduledEvent[];
};

/** AWS: InstanceStatusEvent; finished ones say so in their description. */
export type ScheduledEvent = {
	readonly code: Open<'instance-reboot' | 'system-reboot' | 'instance-retirement' | 'instance-stop'>;
	readonly description: string;
	readonly notBefore?: number;
};

/** How Systems Manager last heard of a host (AWS: InstanceInformation). A host it does not know has none. */
export type PingState = {
	readonly id: InstanceId;
	readonly status: Open<'Online' | 'ConnectionLost' | 'Inactive'>;
	readonly lastPingAt?: number;
	/** Of the Systems Manager agent, not of CodeDeploy's. */
	readonly agentVersion?: string;
	readonly platform?: Platform;
	/** `Amazon Linux 2023.6`. */
	readonly system?: string;
};

/** What is known of the host behind a target; `unknown`: AWS was asked and does not know it. */
export type HostFacts =
	| { readonly kind: 'ec2'; readonly instance: InstanceFacts }
	| { readonly kind: 'on-premises'; readonly instance: OnPremisesInstance }
	| { readonly kind: 'unknown' };

/** AWS: InstanceInfo of an on-premises instance. */
export type OnPremisesInstance = {
	readonly name: string;
	readonly registeredAt?: number;
	/** Present: CodeDeploy does not deploy to it any more. */
	readonly deregisteredAt?: number;
	/** The IAM user or session that the agent signs in with. */
	readonly identityArn?: string;
	readonly tags: readonly Tag[];
};
