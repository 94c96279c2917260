import { lookCommand } from '../../../src/domain/host-paths.ts';
import type { TargetId } from '../../../src/domain/ids.ts';
import type { HostLog } from '../../../src/domain/shipped-log.ts';
import type { FailureDetails } from '../../../src/gateway/failure.ts';
import type { AppEvent } from '../../../src/monitor/events.ts';
import type { HostLogRead, LogMiss } from '../../../src/monitor/host-log.ts';
import { reduce } from '../../../src/monitor/reduce.ts';
import type { AppState } from '../../../src/monitor/state.ts';
import { currentScreen } from '../../../src/monitor/ui-state.ts';
import { running } from './stories.ts';
import { pressed } from './user.ts';

/** The log screen at a host's own log, at every turn that its reading may take. */

type Turn = (about: {
	readonly id: AppState['scope']['deploymentId'];
	readonly targetId: TargetId;
	readonly source: HostLog;
	readonly at: number;
}) => readonly AppEvent[];

const presses: Readonly<Record<HostLog, readonly string[]>> = {
	scripts: ['tab'],
	agent: ['tab', 'tab'],
	deployments: ['shift-tab'],
};

/** In front of the log of the first host that has failed, two seconds after this turn. */
function atLog(source: HostLog, turn: Turn): AppState {
	const state = pressed(running(), 'n', 'l', ...presses[source]);
	const screen = currentScreen(state.ui);
	const targetId = screen.type === 'logs' ? screen.targetId : undefined;
	if (targetId === undefined) throw new Error('the log is not on the screen');
	const { now, scope } = state;
	const events = turn({ id: scope.deploymentId, targetId, source, at: now });
	return [...events, { type: 'clock.ticked', now: now + 2_000 } as const].reduce(reduce, state);
}

const group = 'codedeploy-agent-deployment-log';
const cursor = { from: 0, newestAt: 0, seen: [] };
const notShipped: LogMiss = { way: 'cloudwatch', reason: `not shipped (looked in ${group})` };
const notYet: LogMiss = {
	way: 'cloudwatch',
	reason: `nothing of this deployment in ${group} yet`,
	mayCome: true,
};
const notAllowed: LogMiss = { way: 'cloudwatch', reason: 'not allowed: logs:DescribeLogStreams' };
const command = 'tail -c 20000 /opt/codedeploy-agent/deployment-root/*/d-9FG52BI40/logs/scripts.log';

const shipped = (more: Partial<HostLogRead>): HostLogRead => ({
	text: '',
	startCut: false,
	via: { type: 'cloudwatch', group, streams: [], cursor },
	...more,
});

export const scriptsLog = [
	'2026-11-23 12:00:31 LifecycleEvent - BeforeInstall',
	'2026-11-23 12:00:31 Script - scripts/before_install.sh',
	'2026-11-23 12:00:31 [stdout]keeping the old release',
	'2026-11-23 12:00:48 LifecycleEvent - AfterInstall',
	'2026-11-23 12:00:48 Script - scripts/after_install.sh',
	'2026-11-23 12:00:49 [stdout]preparing /var/www',
	'2026-11-23 12:00:49 [stderr]warning: cache is cold',
	'2026-11-23 12:00:51 [stderr]bash: line 1: scripts/after_install.sh: cannot execute: required file not found',
].join('\n');

const agentLog = [
	'2026-11-23T11:52:00 INFO  [codedeploy-agent(2101)]: Version file found in /opt/codedeploy-agent/.version',
	'2026-11-23T11:53:11 WARN  [codedeploy-agent(2101)]: InstanceAgent::Plugins: slow disk',
	'2026-11-23T11:55:11 ERROR [codedeploy-agent(2101)]: an error of long ago',
	'2026-11-23T12:00:51 ERROR [codedeploy-agent(2101)]: InstanceAgent::Plugins::CodeDeployPlugin::CommandPoller: Script at specified location: scripts/after_install.sh failed with exit code 127',
	"/opt/codedeploy-agent/lib/instance_agent/plugins/codedeploy/hook_executor.rb:187:in `execute_script'",
	'2026-11-23T12:00:52 INFO  [codedeploy-agent(2101)]: polling',
].join('\n');

const noAnswer: FailureDetails = {
	kind: 'network',
	operation: 'DescribeLogStreams',
	code: 'ECONNREFUSED',
	detail: 'connect ECONNREFUSED 10.0.0.1:443',
};

export const logScreens = {
	'log-looking': () => atLog('scripts', about => [{ type: 'log.asked', ...about, way: 'cloudwatch' }]),
	'log-shipped': () =>
		atLog('scripts', about => [{ type: 'log.received', ...about, read: shipped({ text: scriptsLog }) }]),
	'log-of-agent': () =>
		atLog('agent', about => [
			{
				type: 'log.received',
				...about,
				read: { text: agentLog, startCut: true, via: { type: 'ssm', command }, tried: [notShipped] },
			},
		]),
	'log-not-allowed': () =>
		atLog('scripts', about => [
			{
				type: 'log.obstructed',
				...about,
				obstacle: { type: 'not-allowed', command, looked: [group], tried: [notYet] },
			},
		]),
	'log-on-host': () => atLog('scripts', about => [{ type: 'log.asked', ...about, way: 'ssm', command }]),
	'log-by-hand': () =>
		atLog('agent', about => [
			{
				type: 'log.obstructed',
				...about,
				obstacle: {
					type: 'by-hand',
					command: lookCommand('agent', 'linux', {}),
					reason: 'Systems Manager does not manage the host',
					tried: [notAllowed],
				},
			},
		]),
	'log-gone': () =>
		atLog('agent', about => [
			{
				type: 'log.obstructed',
				...about,
				obstacle: {
					type: 'by-hand',
					command: '',
					reason: 'the instance is terminated: what it did not ship is gone with it',
					tried: [notShipped],
				},
			},
		]),
	'log-failed': () =>
		atLog('deployments', about => [
			{ type: 'log.failed', ...about, failure: noAnswer, retryAt: about.at + 4_000 },
		]),
	'log-stale': () =>
		atLog('scripts', about => [
			{ type: 'log.received', ...about, read: shipped({ text: scriptsLog }) },
			{ type: 'log.failed', ...about, failure: noAnswer, retryAt: about.at + 4_000 },
		]),
	'log-empty': () =>
		atLog('scripts', about => [
			{
				type: 'log.received',
				...about,
				read: { text: '', startCut: false, via: { type: 'ssm', command }, tried: [notYet] },
			},
		]),
} as const satisfies Record<string, () => AppState>;
