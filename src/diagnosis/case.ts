import type { AlarmSnapshot } from '../domain/alarm.ts';
import type { DeploymentSnapshot } from '../domain/deployment.ts';
import type { DeploymentConfig } from '../domain/deployment-config.ts';
import type { DeploymentGroupSnapshot } from '../domain/deployment-group.ts';
import type { TargetId } from '../domain/ids.ts';
import type { LogLine } from '../domain/log-tail.ts';
import type { TargetKind, TargetSnapshot } from '../domain/target.ts';
import type { AgentTrouble } from './agent-log.ts';
import type { HostKnowledge, Knowledge, Unanswered } from './knowledge.ts';

/** The files of a host that somebody has fetched, or why they could not be. All text is sanitised. */
export type HostLogs = {
	readonly agentLog?: string;
	readonly scriptsLog?: string;
	readonly unread?: { readonly agentLog?: Unanswered; readonly scriptsLog?: Unanswered };
};

/** All that is known of a deployment when it is diagnosed. What is not known is left out. */
export type DiagnosisCase = {
	readonly deployment: DeploymentSnapshot;
	readonly group?: DeploymentGroupSnapshot;
	readonly config?: DeploymentConfig;
	readonly targets: ReadonlyMap<TargetId, TargetSnapshot>;
	readonly alarms?: readonly AlarmSnapshot[];
	/** Why the group or the alarms are not there, when they were asked for in vain. */
	readonly unread?: { readonly group?: Unanswered; readonly alarms?: Unanswered };
	/** For the commands of the remedies; empty where it is not known. */
	readonly region: string;
	readonly profile?: string;
	readonly endpointUrl?: string;
	readonly hostLogs?: ReadonlyMap<TargetId, HostLogs>;
	/** What has been found out about hosts, roles and bundle. */
	readonly knowledge?: Knowledge;
};

/**
 * How much was reported: `full` by the agent; `poor` the second report that agent 1 sends of the same failure, without
 * the script's name and output; `silent` nothing at all.
 */
export type Report = 'full' | 'poor' | 'silent';

/** What a rule looks at: targets that failed at the same event, with the same message and the same output. */
export type Failure = {
	readonly case: DiagnosisCase;
	readonly kind: TargetKind;
	readonly targets: readonly [TargetId, ...TargetId[]];
	/** Empty if no event failed although the target did. */
	readonly event: string;
	/** As written in the AppSpec; empty when no script was involved. */
	readonly script: string;
	/** The user of `runas`, when the agent says so. */
	readonly user?: string;
	readonly errorCode: string;
	readonly message: string;
	/** How the script ended, if it ran; without a code a signal killed it. */
	readonly exit?: { readonly code?: number };
	readonly report: Report;
	/** What the failing script printed, oldest first; not what other scripts of the event printed before. */
	readonly lines: readonly LogLine[];
	/** Where the lines are from: the log tail of the API, or `scripts.log` on the host. */
	readonly linesFrom: 'log' | 'host';
	/** Whether the log says that the script started, so that no output means that it printed none. */
	readonly isLogWhole: boolean;
	/** What the agent's own log complains of at its end, when it was fetched. */
	readonly trouble?: AgentTrouble;
	/** What has been found out about the host of the first target. */
	readonly known: HostKnowledge;
	/** Whether somebody has looked into the hosts themselves: all of them then are alike in what was found. */
	readonly isExamined: boolean;
	/** How long the event took, milliseconds. */
	readonly tookMs?: number;
	/** How many targets of the same fleet got through this event. */
	readonly peersPast: number;
	/** Whether the agent had answered earlier events of this deployment. */
	readonly hadAnswered: boolean;
};

/** The targets that failed, the ones that a stop cut short included. */
export const failedTargets = ({ targets }: DiagnosisCase): readonly TargetSnapshot[] =>
	[...targets.values()].filter(({ status }) => status === 'Failed');

/** The events whose scripts come from the revision that was installed before (AWS: AppSpec hooks). */
const previousEvents: ReadonlySet<string> = new Set([
	'ApplicationStop',
	'BeforeBlockTraffic',
	'AfterBlockTraffic',
]);

/** Whether the scripts of this event are those of the previous revision; a blue/green rollback takes the newest ones. */
export function runsPreviousRevision(event: string, { deployment }: DiagnosisCase): boolean {
	if (deployment.type === 'BLUE_GREEN' && deployment.creator === 'codeDeployRollback')
		return event === 'ApplicationStop';
	return previousEvents.has(event);
}
