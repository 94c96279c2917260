import { type AccessDecision, unmentioned } from '../domain/access.ts';
import type { InstanceFacts } from '../domain/host.ts';
import type { AgentVersion, DiskUsage } from '../domain/host-report.ts';
import { answerOf, type ClockReading, type HostKnowledge, nothing } from './knowledge.ts';

/** What counts as gone, full, wrong or old: the measures that the checks and the rules share. */

/** How an instance has ended, or `unknown` when EC2 does not know it; undefined while it is there, or nobody asked. */
export type InstanceEnd = 'terminated' | 'stopped' | 'unknown';

export function instanceEnd({ instance }: HostKnowledge): InstanceEnd | undefined {
	const facts = answerOf(instance);
	if (facts === undefined) return undefined;
	if (facts === nothing) return 'unknown';
	switch (facts.state) {
		case 'terminated':
		case 'shutting-down':
			return 'terminated';
		case 'stopped':
		case 'stopping':
			return 'stopped';
		default:
			return undefined;
	}
}

/** The facts of an instance that is there; terminated ones keep only part of them. */
export function presentInstance(known: HostKnowledge): InstanceFacts | undefined {
	const facts = answerOf(known.instance);
	return facts === undefined || facts === nothing || instanceEnd(known) === 'terminated' ? undefined : facts;
}

export type ProfileGap = 'none' | 'does-not-exist' | 'no-role';

/** Why the instance has no credentials; undefined when it has a role, or when that is not known. */
export function profileGap(known: HostKnowledge): ProfileGap | undefined {
	const instance = presentInstance(known);
	if (instance !== undefined && instance.instanceProfileArn === undefined) return 'none';
	const profile = answerOf(known.profile);
	if (profile === nothing) return instance === undefined ? 'none' : 'does-not-exist';
	return profile !== undefined && profile.role === undefined ? 'no-role' : undefined;
}

/** From here on a disk is said to be full, is called full, and cannot be written to any more, percent. */
export const disks = { mention: 90, full: 95, packed: 99 } as const;

/** Images and what the system mounts for itself are full by nature, and nothing is written there. */
const byNature = /^\/(?:snap|boot|dev|proc|sys|run|media|cdrom|mnt\/cdrom)(?:\/|$)/;

/** Where the agent keeps its files, and where scripts put theirs. */
const ofAgent = /^(?:\/|\/(?:opt|var|tmp)(?:\/.*)?|C:)$/i;

/** The file systems that are as full as that, or lack inodes; the fullest first. */
export const fullerThan = (usage: readonly DiskUsage[], percent: number): readonly DiskUsage[] =>
	usage
		.filter(({ mount, usedPercent }) => usedPercent >= percent && !byNature.test(mount))
		.toSorted((a, b) => b.usedPercent - a.usedPercent);

/** The fullest file system that the agent needs, if it is as full as that. */
export const agentDisk = (usage: readonly DiskUsage[] | undefined, percent: number): DiskUsage | undefined =>
	fullerThan(usage ?? [], percent).find(({ mount }) => ofAgent.test(mount));

/** `/ is 100 % full`, `/var has used 97 % of its inodes`. */
export const describeDisk = ({ mount, of, usedPercent }: DiskUsage): string =>
	of === 'space' ? `${mount} is ${usedPercent} % full` : `${mount} has used ${usedPercent} % of its inodes`;

/** AWS refuses a request that is signed more than five minutes off; milliseconds. */
export const clocks = { mention: 30_000, refused: 300_000 } as const;

export const isClockRefused = (clock: ClockReading | undefined): boolean =>
	clock !== undefined && Math.abs(clock.aheadMs) > clocks.refused;

/** `11 min behind`, `42 s ahead`. */
export function describeClock({ aheadMs }: ClockReading): string {
	const seconds = Math.round(Math.abs(aheadMs) / 1000);
	const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
	return `${amount} ${aheadMs < 0 ? 'behind' : 'ahead'}`;
}

/**
 * Agents from before 1.1 are years older than what AWS supports, and the oldest of them cannot verify what the service
 * signs (AWS user guide: Validation of PKCS7 signed message failed).
 */
export const isAgentTooOld = ({ version }: AgentVersion): boolean => /^(?:0|1\.0)(?:[.-]|$)/.test(version);

/** Whether an agent can run a deployment of mode RESTART, which came with 2.1. */
export function knowsRestart({ version }: AgentVersion): boolean {
	const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
	return major > 2 || (major === 2 && minor >= 1);
}

/** The actions that are denied, each once. */
export const deniedActions = (decisions: readonly AccessDecision[]): readonly string[] => [
	...new Set(decisions.filter(({ verdict }) => verdict === 'denied').map(({ action }) => action)),
];

/** What the agent asks the service for, where the service wants it allowed (AWS: enable_auth_policy). */
const isOfAgent = ({ action }: AccessDecision): boolean => action.startsWith('codedeploy-commands-secure:');

/** Most roles do not mention these actions, and their agents need none of them: only what is forbidden counts. */
export const agentDenials = (decisions: readonly AccessDecision[]): readonly AccessDecision[] =>
	decisions.filter(
		decision => isOfAgent(decision) && decision.verdict === 'denied' && decision.reason !== unmentioned,
	);

/** Whether somebody has looked into the host, and not only at what EC2 says of it. */
export const isLookedInto = (known: HostKnowledge): boolean =>
	[known.service, known.version, known.disk, known.clock, known.access].some(
		asked => asked !== undefined && 'answer' in asked,
	);

/** Hosts with the same key are alike in all that explains a failure. */
export function situationOf(known: HostKnowledge): string {
	const service = answerOf(known.service);
	const clock = answerOf(known.clock);
	const version = answerOf(known.version);
	return JSON.stringify([
		isLookedInto(known),
		instanceEnd(known) ?? '',
		profileGap(known) ?? '',
		service ? [service.state, service.enabled] : '',
		agentDisk(answerOf(known.disk), disks.full)?.of ?? '',
		isClockRefused(clock === nothing ? undefined : clock),
		version !== undefined && version !== nothing && isAgentTooOld(version),
		deniedActions(answerOf(known.access) ?? []),
	]);
}
