import type { Unanswered } from '../../diagnosis/knowledge.ts';
import type { TargetId } from '../../domain/ids.ts';
import { asFailure } from '../calls.ts';
import type { Examination } from './examination.ts';
import { whyNot } from './inquiry.ts';
import { readShipped } from './read-host-log.ts';

const sources = { agentLog: 'agent', scriptsLog: 'scripts' } as const;

type LogPart = keyof typeof sources;

/** Why CloudWatch Logs did not answer. What it does not have is no failure. */
export type ShippingFailures = Partial<Record<LogPart, Unanswered>>;

/** The logs that a host ships to CloudWatch Logs: nothing has to be run for them. The others are read on the host. */
export async function examineShippedLogs(exam: Examination, targetId: TargetId): Promise<ShippingFailures> {
	const [agentLog, scriptsLog] = await Promise.all([
		readLog(exam, targetId, 'agentLog'),
		readLog(exam, targetId, 'scriptsLog'),
	]);
	return { ...(agentLog && { agentLog }), ...(scriptsLog && { scriptsLog }) };
}

async function readLog(
	exam: Examination,
	targetId: TargetId,
	part: LogPart,
): Promise<Unanswered | undefined> {
	const { watch, signal } = exam;
	const { id, clock } = watch;
	const source = sources[part];
	try {
		const shipped = await readShipped(watch, targetId, source, signal);
		if (!('read' in shipped)) return shipped.denied && whyNot(shipped.denied, 'FilterLogEvents');
		exam.tell({ type: 'log.received', id, targetId, source, read: shipped.read, at: clock.now() });
		exam.examined(targetId, { [part]: { answer: 'read' } });
		return undefined;
	} catch (error) {
		signal.throwIfAborted();
		const failure = asFailure(error, 'FilterLogEvents');
		exam.tell({ type: 'log.failed', id, targetId, source, failure, at: clock.now() });
		return whyNot(failure, 'FilterLogEvents');
	}
}
