import { type ClockReading, type HostKnowledge, nothing, unanswered } from '../../diagnosis/knowledge.ts';
import type { HostCommand, HostCommandResult } from '../../domain/host-command.ts';
import {
	type HostClock,
	readAgentService,
	readAgentVersion,
	readDiskUsage,
	readHostClock,
} from '../../domain/host-report.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { HostLog } from '../../domain/shipped-log.ts';
import { failedEvent } from '../../domain/target.ts';
import type { Rollout } from '../state.ts';
import { platformOf } from './host-reach.ts';
import { logCommand, problemOf } from './read-host-log.ts';

/** A part of what is known of a host that takes a command there. */
export type HostStep = {
	readonly part: HostPart;
	readonly command: HostCommand;
	/** For the steps that read a log. */
	readonly source?: HostLog;
};

export type HostPart = keyof HostKnowledge &
	('service' | 'disk' | 'agentLog' | 'scriptsLog' | 'version' | 'clock');

/** Between these two times, by our own clock, the command has run. */
export type Span = { readonly from: number; readonly to: number };

/** What has to be run on a host to know the rest of it, in this order: what explains most comes first. */
export function hostSteps(rollout: Rollout, targetId: TargetId): readonly HostStep[] {
	const platform = platformOf(rollout, targetId);
	const log = (source: 'agent' | 'scripts') => ({ source, command: logCommand(rollout, targetId, source) });
	const target = rollout.targets.get(targetId);
	const steps: readonly HostStep[] = [
		{ part: 'service', command: { kind: 'agent-status', platform } },
		{ part: 'agentLog', ...log('agent') },
		{ part: 'disk', command: { kind: 'disk', platform } },
		// Where no event has failed there is nothing to read in it.
		...(target && failedEvent(target) ? [{ part: 'scriptsLog' as const, ...log('scripts') }] : []),
		{ part: 'version', command: { kind: 'agent-version', platform } },
		{ part: 'clock', command: { kind: 'clock', platform } },
	];
	const known = rollout.knowledge.hosts.get(targetId);
	return steps.filter(({ part }) => known?.[part] === undefined);
}

/** What a command has shown. One that a shell ended with an error has often said why. */
export function readStep(part: HostPart, result: HostCommandResult, ran: Span): HostKnowledge {
	const why = unanswered(problemOf(result));
	switch (part) {
		case 'service': {
			const answer = readAgentService(result);
			// A stopped service is told with an error; what says nothing of a service has failed in another way.
			return { service: answer.state === 'unknown' && result.status !== 'Success' ? why : { answer } };
		}
		case 'version': {
			const version = readAgentVersion(result.stdout);
			if (version) return { version: { answer: version } };
			return { version: result.status === 'Success' || isMissing(result) ? { answer: nothing } : why };
		}
		case 'disk': {
			const usage = readDiskUsage(result.stdout);
			return { disk: usage.length > 0 ? { answer: usage } : why };
		}
		case 'clock': {
			const clock = readHostClock(result.stdout);
			return { clock: clock ? { answer: compareClock(clock, ran) } : why };
		}
		case 'agentLog':
		case 'scriptsLog': {
			if (result.status === 'Success') return { [part]: { answer: 'read' } };
			return { [part]: isMissing(result) ? { answer: nothing } : why };
		}
	}
}

const isMissing = ({ stderr }: HostCommandResult): boolean =>
	/No such file|cannot find (the )?path|Cannot find path|does not exist/i.test(stderr);

/**
 * How far the host's clock is from ours, at least: the host read it at some time while the command was under way, and
 * told it to the second.
 */
function compareClock({ at, synchronized }: HostClock, { from, to }: Span): ClockReading {
	const behind = Math.min(0, at + 999 - from);
	const ahead = Math.max(0, at - to);
	const aheadMs = Math.round((behind + ahead) / 1000) * 1000;
	return { aheadMs, ...(synchronized !== undefined && { synchronized }) };
}
