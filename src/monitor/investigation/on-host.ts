import {
	type Asked,
	type HostKnowledge,
	type Nothing,
	nothing,
	type Unanswered,
	unanswered,
} from '../../diagnosis/knowledge.ts';
import type { PingState } from '../../domain/host.ts';
import { type HostCommandResult, hostScript } from '../../domain/host-command.ts';
import { type InstanceId, instanceIdOf, type TargetId } from '../../domain/ids.ts';
import type { HostLogRead, LogObstacle } from '../host-log.ts';
import type { Examination } from './examination.ts';
import { type HostStep, hostSteps, readStep, type Span } from './host-steps.ts';
import { unknownToSystemsManager } from './instances.ts';
import { problemOf } from './read-host-log.ts';
import type { ShippingFailures } from './shipped-logs.ts';

type Host = { readonly targetId: TargetId; readonly instanceId: InstanceId };

/**
 * What takes a command on the host, one after the other: a host that is not well is not made to do six things at once, and
 * Systems Manager counts. Where nothing can be run, the reason is what is found out; of a log, why it could not be read elsewhere.
 */
export async function examineOnHost(
	exam: Examination,
	targetId: TargetId,
	ping: Asked<PingState | Nothing> | undefined,
	notShipped: ShippingFailures = {},
): Promise<void> {
	const { watch } = exam;
	const steps = hostSteps(watch.rollout(), targetId);
	if (steps.length === 0) return;
	const instanceId = instanceIdOf(targetId);
	const inTheWay = obstacle(exam, instanceId, ping);
	if (instanceId === undefined || inTheWay) {
		refuse(exam, targetId, steps, inTheWay ?? { unanswered: unknownToSystemsManager });
		exam.examined(targetId, notShipped);
		return;
	}
	if (!watch.store.getState().hostCommandsAllowed) {
		exam.tell({ type: 'checkup.withheld', id: watch.id, targetId, at: watch.clock.now() });
		return;
	}
	await takeSteps(exam, { targetId, instanceId }, steps);
}

/** Why no command can be run on a host, if that is known beforehand. */
function obstacle(
	{ watch }: Examination,
	instanceId: InstanceId | undefined,
	ping: Asked<PingState | Nothing> | undefined,
): Unanswered | undefined {
	if (watch.store.getState().session.readOnly)
		return { unanswered: 'a read-only session sends no commands to hosts' };
	if (instanceId === undefined) return { unanswered: unknownToSystemsManager };
	// Who may not ask whether a host is reached may still be allowed to reach it.
	if (ping === undefined || !('answer' in ping)) return undefined;
	if (ping.answer === nothing) return { unanswered: 'Systems Manager does not manage the host' };
	const { status } = ping.answer;
	return status === 'Online'
		? undefined
		: { unanswered: `Systems Manager does not reach the host: ${status}` };
}

async function takeSteps(exam: Examination, host: Host, steps: readonly HostStep[]): Promise<void> {
	for (const [index, step] of steps.entries()) {
		const refusal = await takeStep(exam, host, step);
		if (refusal === undefined) continue;
		// The others would end in the same way, some of them a minute later.
		refuse(exam, host.targetId, steps.slice(index), refusal);
		return;
	}
}

/** Returns why the host takes no commands, if it takes none. */
async function takeStep(exam: Examination, host: Host, step: HostStep): Promise<Unanswered | undefined> {
	const { clock } = exam.watch;
	const sentAt = clock.now();
	const asked = await exam.ask('SendCommand', ({ commands }, signal) =>
		commands.run(host.instanceId, step.command, signal),
	);
	if ('unanswered' in asked) return asked;
	const result = asked.answer;
	if (!hasRun(result)) return { unanswered: problemOf(result) };
	if (step.source !== undefined) tellLog(exam, host.targetId, step, result);
	exam.examined(
		host.targetId,
		readStep(step.part, result, ranWithin(result, { from: sentAt, to: clock.now() })),
	);
	return undefined;
}

/** Whether the host has done what it was told, however that ended. */
const hasRun = ({ status, exitCode }: HostCommandResult): boolean =>
	status === 'Success' || (status === 'Failed' && exitCode !== undefined);

/** By AWS's clock. Times that Systems Manager tells narrow ours, unless they come from a clock that is wrong. */
function ranWithin({ startedAt, endedAt, skewMs = 0 }: HostCommandResult, ours: Span): Span {
	const [from, to] = [ours.from + skewMs, ours.to + skewMs];
	const isBetween = (at: number | undefined): at is number => at !== undefined && at >= from && at <= to;
	return { from: isBetween(startedAt) ? startedAt : from, to: isBetween(endedAt) ? endedAt : to };
}

function tellLog(exam: Examination, targetId: TargetId, step: HostStep, result: HostCommandResult): void {
	if (result.status !== 'Success') {
		const reason = problemOf(result);
		obstruct(exam, targetId, step, command => ({ type: 'by-hand', command, reason }));
		return;
	}
	receive(exam, targetId, step, {
		text: result.stdout,
		startCut: result.startCut,
		via: { type: 'ssm', command: textOf(step) },
	});
}

function receive(exam: Examination, targetId: TargetId, { source }: HostStep, read: HostLogRead): void {
	const { id, clock } = exam.watch;
	if (source) exam.tell({ type: 'log.received', id, targetId, source, read, at: clock.now() });
}

/** The screen of the log says it as well. */
function obstruct(
	exam: Examination,
	targetId: TargetId,
	step: HostStep,
	obstacleFor: (command: string) => LogObstacle,
): void {
	const { id, clock } = exam.watch;
	const { source } = step;
	if (source === undefined) return;
	const obstacle = obstacleFor(textOf(step));
	exam.tell({ type: 'log.obstructed', id, targetId, source, obstacle, at: clock.now() });
}

const textOf = ({ command }: HostStep): string => hostScript(command)?.text ?? '';

/** None of these parts can be found out, for one reason. */
function refuse(
	exam: Examination,
	targetId: TargetId,
	steps: readonly HostStep[],
	{ unanswered: reason, needs }: Unanswered,
): void {
	const parts: HostKnowledge = Object.fromEntries(steps.map(({ part }) => [part, unanswered(reason, needs)]));
	for (const step of steps) obstruct(exam, targetId, step, command => ({ type: 'by-hand', command, reason }));
	exam.examined(targetId, parts);
}
