import { type AppSpecHook, appSpecHooks, hookLogGroup } from '../domain/app-spec-hooks.ts';
import { isInterrupted } from '../domain/failure-cluster.ts';
import { failureWord } from '../domain/failure-reason.ts';
import { logPath } from '../domain/host-paths.ts';
import { errorLineIndexes, type LogLine, parseLogTail } from '../domain/log-tail.ts';
import { currentEvent, failedEvent, type TargetSnapshot } from '../domain/target.ts';
import { platformOf } from '../monitor/investigation/host-reach.ts';
import type { Rollout } from '../monitor/state.ts';
import { dim, type Segment, segment } from './line.ts';
import { type PagerRow, pagerRow } from './pager.ts';
import { isStopped } from './stopping.ts';

/** The event whose log is shown: the one that was asked for, else the failed one. */
export const logEvent = (target: TargetSnapshot, name: string | undefined) =>
	(name === undefined ? undefined : target.events.find(event => event.name === name)) ?? failedEvent(target);

/** The log tail of a target as rows: line numbers, standard error marked; without a tail, why there is none. */
export function logRows(
	target: TargetSnapshot | undefined,
	eventName: string | undefined,
	rollout: Rollout,
): readonly PagerRow[] {
	if (!target) return [pagerRow([dim('this target is no longer part of the deployment')])];
	const event = logEvent(target, eventName);
	const tail = event?.diagnostics?.logTail ?? '';
	if (tail.trim() === '')
		return missingTail(target, event?.name, rollout).map(text => pagerRow([segment(text)]));
	const lines = parseLogTail(tail);
	const errors = new Set(errorLineIndexes(lines));
	const digits = String(lines.length).length;
	return lines.map((logLine, index) => logRow(logLine, index, digits, errors.has(index)));
}

function logRow(logLine: LogLine, index: number, digits: number, isError: boolean): PagerRow {
	const number = dim(`${String(index + 1).padStart(digits)} `);
	const fromStderr = logLine.source === 'stderr';
	const time = logLine.timestamp === undefined ? [] : [dim(`${logLine.timestamp} `)];
	return {
		gutter: [number, segment(fromStderr ? '▌ ' : '  ', 'failed')],
		text: [...time, textSegment(logLine, isError)],
		isError,
	};
}

function textSegment(logLine: LogLine, isError: boolean): Segment {
	if (logLine.source === 'header') return dim(logLine.text);
	return { text: logLine.text, tone: 'plain', bold: isError };
}

/** Why there is no log, and what to do instead. Agents send a tail only when an event fails. */
function missingTail(
	target: TargetSnapshot,
	failedName: string | undefined,
	rollout: Rollout,
): readonly string[] {
	if (target.kind === 'ecs') {
		return [
			'ECS targets have no log here.',
			failedName
				? `${failedName} failed: its hook is a Lambda function, so read that function's log group in CloudWatch Logs.`
				: 'Hooks are Lambda functions: each writes to its own log group in CloudWatch Logs.',
			'If tasks do not become healthy, read the events of the ECS service.',
			...hookGroups(rollout),
		];
	}
	if (target.kind === 'lambda') {
		return [
			'Lambda targets have no log here.',
			"Hooks are Lambda functions too: read the hook function's log group in CloudWatch Logs.",
			...hookGroups(rollout),
		];
	}
	const failed = failedEvent(target);
	if (!failed) return [...quietTail(target), ...onHost(target, rollout)];
	if (isInterrupted(target, isStopped(rollout))) {
		const what = `${failed.name} was running here when the deployment was stopped, and was cut short.`;
		return [what, 'It did not fail by itself, so the agent sent no log.', ...onHost(target, rollout)];
	}
	const word = failed.diagnostics ? failureWord(failed.diagnostics) : 'no diagnostics';
	return [
		`${failed.name} failed (${word}), but no log came with it.`,
		...emptyTailReasons(failed.name, failed.diagnostics?.message ?? ''),
		...onHost(target, rollout),
	];
}

/** By the AppSpec, once it has been read. */
function hookGroups({ appSpec, deployment }: Rollout): readonly string[] {
	const { revision } = deployment.data ?? {};
	const content = appSpec.data ?? (revision?.type === 'appSpec' ? revision.content : undefined);
	const hooks = appSpecHooks(content);
	if (hooks.length === 0) return [];
	return ['', 'By the AppSpec, unless they are configured otherwise:', ...hooks.map(hookLine)];
}

const hookLine = (hook: AppSpecHook): string => `  ${hook.event}  ${hookLogGroup(hook)}`;

function quietTail(target: TargetSnapshot): readonly string[] {
	const event = currentEvent(target);
	const at = event ? ` It is at ${event.name} (${event.status}).` : ' Nothing has started there yet.';
	return [`No event has failed on this target, and the agent sends a log only when one does.${at}`];
}

/** Events in which CodeDeploy itself works with the load balancer: no script runs there. */
const loadBalancerEvents: ReadonlySet<string> = new Set(['AllowTraffic', 'BlockTraffic']);

function emptyTailReasons(event: string, message: string): readonly string[] {
	if (/was not able to receive the lifecycle event/.test(message)) {
		return [
			'The agent never picked the event up, so there is nothing to send. Check on the host that it runs and can reach CodeDeploy:',
			'  sudo systemctl status codedeploy-agent',
			'and that the instance is up and has its instance profile.',
		];
	}
	if (loadBalancerEvents.has(event)) {
		return [
			'No script of yours runs there: CodeDeploy waited for the load balancer. Look at the health checks of its target group.',
		];
	}
	return [
		'The agent leaves the log empty when the script wrote nothing, or when one line of it was longer than 2 KB.',
	];
}

function onHost({ id: targetId }: TargetSnapshot, rollout: Rollout): readonly string[] {
	const platform = platformOf(rollout, targetId);
	const place = { groupId: rollout.group.data?.id, deploymentId: rollout.id };
	return [
		'',
		'On the host, everything is in these files; Tab reads them, if they can be reached from here:',
		`  ${logPath('scripts', platform, place)}`,
		`  ${logPath('agent', platform, place)}`,
	];
}
