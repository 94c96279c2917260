import { interruptedWord, isInterrupted } from '../../domain/failure-cluster.ts';
import { failureWord } from '../../domain/failure-reason.ts';
import { failedEvent, type TargetSnapshot } from '../../domain/target.ts';
import type { Rollout } from '../../monitor/state.ts';
import { isStopped } from '../stopping.ts';
import { code, some, table } from './markdown.ts';

const rowLimit = 40;

/** The targets that failed; undefined when none has. */
export function affectedSection(rollout: Rollout): string | undefined {
	const failed = [...rollout.targets.values()].filter(({ status }) => status === 'Failed');
	if (failed.length === 0) return undefined;
	const { shown, more } = some(failed, rowLimit);
	const rows = shown.map(target => rowOf(target, rollout));
	return table(['target', 'name', 'zone', 'event', 'error'], rows) + more;
}

function rowOf(target: TargetSnapshot, rollout: Rollout): readonly string[] {
	const facts = rollout.hosts.data?.get(target.id);
	const event = failedEvent(target);
	const instance = facts?.kind === 'ec2' ? facts.instance : undefined;
	const name = facts?.kind === 'on-premises' ? facts.instance.name : instance?.name;
	return [target.id, name ?? '', instance?.zone ?? '', event?.name ?? '', errorOf(target, rollout)].map(
		text => code(text),
	);
}

function errorOf(target: TargetSnapshot, rollout: Rollout): string {
	if (isInterrupted(target, isStopped(rollout))) return interruptedWord;
	const diagnostics = failedEvent(target)?.diagnostics;
	if (!diagnostics) return 'no diagnostics';
	const { scriptName, message } = diagnostics;
	return [scriptName, failureWord(diagnostics), message].filter(word => word !== '').join(' · ');
}
