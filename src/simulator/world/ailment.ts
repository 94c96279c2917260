/** What is the matter with a machine, whatever is deployed to it. */
export type Ailment = AilmentScript & {
	/** Since when, epoch milliseconds. */
	readonly since: number;
};

export type AilmentScript = {
	readonly agent?: AgentAilment;
	/** What Systems Manager thinks of it; it is Online otherwise. */
	readonly ssm?: 'ConnectionLost' | 'unmanaged';
	/** How far its clock is ahead. */
	readonly clockOffsetMs?: number;
	/** Of its only disk. */
	readonly diskUsedPercent?: number;
	/** The revision that was installed last has been deleted from its disk. */
	readonly hasLostInstall?: boolean;
	readonly logs?: LogAilment;
	/** EC2 has stopped it: it can be started again. */
	readonly isStopped?: true;
	/** What the load balancer makes of it, whatever is deployed. */
	readonly healthCheck?: FailedHealthCheck;
	/** Scripted milliseconds after the story began. */
	readonly terminatedAfterMs?: number;
};

/** Why the CodeDeploy agent does not work; all but `outdated` keep it from getting commands. */
export type AgentAilment =
	| 'stopped'
	/** Ended by itself: there was no room for its files. */
	| 'disk-full'
	/** Its interpreter is gone. */
	| 'ruby-missing'
	/** Its processes die as soon as they are started. */
	| 'dying'
	| 'not-installed'
	| 'no-network'
	| 'no-credentials'
	| 'denied'
	| 'clock-skew'
	/** So old that it does not trust what the service signs. */
	| 'outdated';

/** Why a load balancer does not send requests to a target: no answer, or one with this status. */
export type FailedHealthCheck = 'timeout' | { readonly status: number };

/** What is odd about the log files of a machine. */
export type LogAilment =
	| { readonly type: 'empty' }
	/** A hook that talks too much fills them up to this size, before what matters. */
	| { readonly type: 'huge'; readonly bytes: number }
	/** Lines arrive so long after they were written. */
	| { readonly type: 'late'; readonly byMs: number }
	| { readonly type: 'binary' }
	/** Full of what a terminal must not be shown. */
	| { readonly type: 'hostile' };

/** Whether the agent gets no commands. */
export function isDeaf(ailment: Ailment | undefined): boolean {
	if (ailment?.isStopped) return true;
	return ailment?.agent !== undefined && ailment.agent !== 'outdated';
}
