import type { DiagnosisCase, HostLogs } from '../diagnosis/case.ts';
import {
	type Asked,
	type HostKnowledge,
	type Knowledge,
	type LogReading,
	nothing,
	type Unanswered,
} from '../diagnosis/knowledge.ts';
import type { HostFacts } from '../domain/host.ts';
import type { TargetId } from '../domain/ids.ts';
import type { FailureDetails } from '../gateway/failure.ts';
import type { LogObstacle } from '../monitor/host-log.ts';
import type { Rollout } from '../monitor/state.ts';

/** What the state knows beyond CodeDeploy's own answers, as diagnosis wants it. */

/** What the checklist found out, and where it has not asked, what EC2 said of the instances when they were listed. */
export function knowledgeOf(
	knowledge: Knowledge,
	facts: ReadonlyMap<TargetId, HostFacts> = new Map(),
): Knowledge {
	const hosts = new Map(knowledge.hosts);
	for (const [id, host] of facts) {
		const known: HostKnowledge = hosts.get(id) ?? {};
		if (known.instance !== undefined || host.kind === 'on-premises') continue;
		hosts.set(id, { ...known, instance: { answer: host.kind === 'ec2' ? host.instance : nothing } });
	}
	return hosts.size === 0 ? knowledge : { ...knowledge, hosts };
}

const names = { scripts: 'scriptsLog', agent: 'agentLog' } as const;

/** The logs that were read, and why the others were not: what the checklist found out says that best. */
export function hostLogsOf(logs: Rollout['logs'], knowledge: Knowledge): ReadonlyMap<TargetId, HostLogs> {
	const hosts = new Map<TargetId, HostLogs>();
	for (const { targetId, source, read, obstacle } of logs.values()) {
		if (source === 'deployments') continue;
		const known = hosts.get(targetId);
		if (read.data !== undefined) {
			hosts.set(targetId, { ...known, [names[source]]: read.data.text });
			continue;
		}
		const reason = obstacle ? whyObstructed(obstacle) : read.failure && whyFailed(read.failure);
		if (reason) hosts.set(targetId, { ...known, unread: { ...known?.unread, [names[source]]: reason } });
	}
	for (const [targetId, { agentLog, scriptsLog }] of knowledge.hosts) {
		const known = hosts.get(targetId);
		const unread = {
			...known?.unread,
			...whyUnread('agentLog', agentLog),
			...whyUnread('scriptsLog', scriptsLog),
		};
		if (Object.keys(unread).length > 0) hosts.set(targetId, { ...known, unread });
	}
	return hosts;
}

function whyUnread(
	log: keyof NonNullable<HostLogs['unread']>,
	asked: Asked<LogReading> | undefined,
): HostLogs['unread'] {
	if (asked === undefined) return {};
	if ('unanswered' in asked) return { [log]: asked };
	return asked.answer === nothing ? { [log]: { unanswered: 'the host has no such file' } } : {};
}

const whyObstructed = (obstacle: LogObstacle): Unanswered => ({
	unanswered:
		obstacle.type === 'by-hand'
			? obstacle.reason
			: 'it takes a command on the host, which was not allowed yet',
});

/** Why the group and the alarms are not there, where they are not. */
export function unreadOf(
	group: FailureDetails | undefined,
	alarms: FailureDetails | undefined,
): NonNullable<DiagnosisCase['unread']> {
	return {
		...(group && { group: whyFailed(group) }),
		...(alarms && { alarms: whyFailed(alarms) }),
	};
}

const whyFailed = ({ detail, code, action }: FailureDetails): Unanswered => ({
	unanswered: detail || code,
	...(action !== undefined && { needs: action }),
});
