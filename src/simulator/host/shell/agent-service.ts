import type { AgentAilment } from '../../world/ailment.ts';
import { agentStartedAt, createPids, restartsIn } from '../agent-process.ts';
import { agentServiceState, type ServiceState } from '../agent-state.ts';
import { runsOn } from '../hook-run.ts';
import { plainTime, spokenSpan, weekday } from '../moments.ts';
import { failed, type Outcome, type Program, type Surroundings } from './outcome.ts';

const unit = 'codedeploy-agent';

/** The programs that ask the service manager. They know of no other service than the agent. */
export const agentServicePrograms: Readonly<Record<string, Program>> = {
	systemctl(args, surroundings) {
		const [verb = '', name = ''] = args.filter(arg => !arg.startsWith('-'));
		const answer = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
		if (answer === undefined) return failed(`Unknown command verb '${verb}'.`);
		const isAgent = name.replace(/\.service$/, '') === unit;
		return answer(isAgent ? agentServiceState(surroundings.host) : 'not-installed', surroundings, name);
	},
	service([name = '', verb], surroundings) {
		const state = name === unit ? agentServiceState(surroundings.host) : 'not-installed';
		if (state === 'not-installed') return failed(`Unit ${name}.service could not be found.`, 4);
		if (verb !== 'status') return failed('only the status is told here');
		return state === 'running'
			? {
					stdout: `The AWS CodeDeploy agent is running as PID ${processOf(surroundings).pid}\n`,
				}
			: { stdout: 'error: No AWS CodeDeploy agent running\n', code: 3 };
	},
};

type Answer = (state: ServiceState, surroundings: Surroundings, name: string) => Outcome;

const verbs: Readonly<Record<string, Answer>> = {
	'is-active': state => {
		if (state === 'running') return { stdout: 'active\n' };
		return {
			stdout: state === 'failed' ? 'failed\n' : 'inactive\n',
			code: state === 'not-installed' ? 4 : 3,
		};
	},
	'is-enabled': (state, _surroundings, name) => {
		if (state === 'not-installed') {
			return failed(`Failed to get unit file state for ${name}.service: No such file or directory`);
		}
		// Who stopped it took care that it stays so.
		return state === 'stopped' ? { stdout: 'disabled\n', code: 1 } : { stdout: 'enabled\n' };
	},
	status: (state, surroundings, name) => {
		if (state === 'not-installed') {
			return failed(`Unit ${name.replace(/\.service$/, '')}.service could not be found.`, 4);
		}
		return { stdout: statusReport(state, surroundings), code: state === 'running' ? 0 : 3 };
	},
};

function processOf({ world, host }: Surroundings) {
	const runs = runsOn(world, host);
	const startedAt = restartsIn(runs).at(-1) ?? agentStartedAt(host);
	return { pid: createPids(world, host, runs)(world.clockwork.now), startedAt };
}

function statusReport(state: ServiceState, surroundings: Surroundings): string {
	const { host, now } = surroundings;
	const { ailment } = host;
	const enabled = state === 'stopped' ? 'disabled' : 'enabled';
	const { pid, startedAt } = processOf(surroundings);
	const since = (at: number) => `since ${weekday(at)} ${plainTime(at)} UTC; ${spokenSpan(now - at)} ago`;
	const offsetMs = ailment?.clockOffsetMs ?? 0;
	const endedAt = (ailment?.since ?? now) + offsetMs;
	const active = {
		running: `active (running) ${since(startedAt + offsetMs)}`,
		failed: `failed (Result: exit-code) ${since(endedAt)}`,
		stopped: `inactive (dead) ${since(endedAt)}`,
		'not-installed': '',
	}[state];
	return [
		`${state === 'running' ? '●' : state === 'failed' ? '×' : '○'} ${unit}.service - AWS CodeDeploy Host Agent`,
		`     Loaded: loaded (/usr/lib/systemd/system/${unit}.service; ${enabled}; preset: disabled)`,
		`     Active: ${active}`,
		...(state === 'running'
			? [`   Main PID: ${pid} (ruby)`, '      Tasks: 3 (limit: 9372)', '     Memory: 71.4M']
			: [`   Main PID: ${pid} (code=exited, status=${state === 'failed' ? '1/FAILURE' : '0/SUCCESS'})`]),
		...lastWords(ailment?.agent),
		'',
	].join('\n');
}

/** What the journal has of its end. */
function lastWords(ailment: AgentAilment | undefined): readonly string[] {
	const words: Partial<Record<AgentAilment, string>> = {
		'ruby-missing': "/usr/bin/env: 'ruby': No such file or directory",
		'disk-full': 'codedeploy-agent: No space left on device @ io_write (Errno::ENOSPC)',
	};
	const said = ailment && words[ailment];
	return said === undefined ? [] : ['', `codedeploy-agent[2217]: ${said}`];
}
