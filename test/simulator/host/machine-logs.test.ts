import { describe, expect, test } from 'vitest';
import { filesOf } from '../../../src/simulator/host/machine-files.ts';
import { agentLogPath, scriptsLogPath, sharedLogPath, stageHosts } from './stage-hosts.ts';

describe('the logs of a host', () => {
	test('grow while hooks run: what was written stays as it was', () => {
		const { world, hosts, groupId, deploymentId, pass } = stageHosts('script-exit');
		const [, host] = hosts;
		if (host === undefined) throw new Error('there is no host 1');
		const read = (path: string) => {
			const file = filesOf(world, host).find(
				path.replace('$GROUP', groupId).replace('$DEPLOYMENT', deploymentId),
			);
			return file?.open().read(0, 1e6).toString() ?? '';
		};
		const known = new Map<string, string>();
		const lengths = new Set<number>();
		for (let second = 0; second < 30; second++) {
			pass(1000);
			for (const path of [scriptsLogPath, sharedLogPath, agentLogPath]) {
				const text = read(path);
				expect(text.startsWith(known.get(path) ?? '')).toBe(true);
				known.set(path, text);
				if (path === scriptsLogPath) lengths.add(text.length);
			}
		}
		expect(lengths.size).toBeGreaterThan(5);
		expect(known.get(scriptsLogPath)).toMatch(/^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d .+\n)+$/);
	});

	test('say the same in the log of the deployment and in the one that is shared', () => {
		const { run, pass, deploymentId } = stageHosts('script-exit');
		pass(60_000);
		const own = run(1, `cat ${scriptsLogPath}`).stdout.trimEnd().split('\n');
		const [title, ...shared] = run(1, `cat ${sharedLogPath}`).stdout.trimEnd().split('\n');
		expect(title).toMatch(
			/^# Logfile created on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 by logger.rb\/v1.5.0$/,
		);
		const its = shared.filter(line => line.includes(`[${deploymentId}]`));
		expect(its.map(line => line.slice(line.indexOf(`[${deploymentId}]`) + deploymentId.length + 2))).toEqual(
			own.map(line => line.slice(20)),
		);
		// Those of the days before are still there.
		expect(new Set(shared.map(line => line.split(/[[\]]/)[3])).size).toBe(3);
	});

	test('end with what the service was told', () => {
		const { world, run, pass, deploymentId, hosts } = stageHosts('script-exit');
		pass(60_000);
		const target = world.deployments.get(deploymentId)?.targets?.find(({ id }) => id === hosts[1]?.id);
		const { diagnostics } = target?.events.find(({ status }) => status === 'Failed') ?? {};
		const own = run(1, `cat ${scriptsLogPath}`).stdout.replaceAll(/^.{20}/gm, '');
		expect(own.endsWith(diagnostics?.logTail ?? '?')).toBe(true);
		const agent = run(1, `tail -c 20000 ${agentLogPath}`).stdout;
		expect(agent).toContain(`ScriptError - ${diagnostics?.message} - /opt/codedeploy-agent/lib/`);
		expect(agent).toContain(JSON.stringify(JSON.stringify(diagnostics?.message)).slice(1, -1));
	});

	test('the agent writes in its own format, and polls while it is well', () => {
		const { run, pass } = stageHosts('healthy');
		pass(60_000);
		const log = run(0, `cat ${agentLogPath}`).stdout;
		const lines = log.split('\n').slice(0, 200);
		for (const line of lines) {
			expect(line).toMatch(/^2026-11-2\dT\d\d:\d\d:\d\d (INFO |WARN |ERROR) \[codedeploy-agent\(\d+\)\]: \S/);
		}
		expect(log).toMatch(
			/Client 200 45\.\d{6} 0 retries\] poll_host_command\(host_identifier:"arn:aws:ec2:eu-west-1:123456789012:instance\/i-/,
		);
	});

	test('are the same for the same seed, and told faster when the story is', () => {
		const [one, other, fast] = [
			stageHosts('script-exit'),
			stageHosts('script-exit'),
			stageHosts('script-exit', 4),
		];
		for (const each of [one, other]) each.pass(60_000);
		fast.pass(15_000);
		const [told, again, sooner] = [one, other, fast].map(each => each.run(1, `cat ${scriptsLogPath}`).stdout);
		expect(again).toBe(told);
		expect(sooner?.replaceAll(/^.{20}/gm, '')).toBe(told?.replaceAll(/^.{20}/gm, ''));
		expect(sooner).toMatch(/^2026-11-23 12:00:0[01]/);
	});

	test('of the second generation: times within the log tail, and no log that is shared', () => {
		const { world, run, pass, deploymentId, hosts } = stageHosts('script-exit-agent-2');
		pass(60_000);
		const target = world.deployments.get(deploymentId)?.targets?.find(({ id }) => id === hosts[1]?.id);
		const { diagnostics } = target?.events.find(({ status }) => status === 'Failed') ?? {};
		expect(diagnostics?.logTail).toMatch(/^(2026-11-23 12:00:\d\d (LifecycleEvent|Script|\[std).*\n)+$/);
		expect(run(1, `test -f ${sharedLogPath}`).code).toBe(1);
		expect(run(1, `tail -n 1 ${agentLogPath}`).stdout).toMatch(
			/^2026-11-23 12:00:\d\d {2}INFO deployment\{deployment_id=d-\w{9} command=AfterInstall app=checkout-api\}: Command failed elapsed_ms=\d+ error=Script at/,
		);
	});

	test('of an agent that was restarted: another process goes on', () => {
		const { run, pass } = stageHosts('agent-restarted');
		pass(120_000);
		const log = run(1, `tail -n 12 ${agentLogPath}`).stdout;
		const pids = new Set([...log.matchAll(/codedeploy-agent\((\d+)\)/g)].map(([, pid]) => pid));
		expect(pids.size).toBe(2);
		expect(run(1, 'service codedeploy-agent status').stdout).toContain(`PID ${[...pids][1]}`);
		expect(run(1, 'systemctl status codedeploy-agent').stdout).toMatch(
			/active \(running\) since Mon 2026-11-23 12:00/,
		);
	});

	test('on a host whose clock is slow, everything is dated back', () => {
		const { run, pass } = stageHosts('clock-skew');
		pass(60_000);
		expect(run(1, 'date -u +%H:%M').stdout).toBe('11:50\n');
		expect(run(1, `tail -n 1 ${agentLogPath}`).stdout).toMatch(/^2026-11-23T11:(49|50)/);
		expect(run(0, 'date -u +%H:%M').stdout).toBe('12:01\n');
	});

	test('scripts of the release before are looked for where it was installed', () => {
		const { world, run, pass, deploymentId, hosts } = stageHosts('old-stop-script');
		pass(60_000);
		const before = hosts[1]?.installedBy ?? '';
		expect(before).not.toBe(deploymentId);
		expect([...world.deployments.keys()]).toContain(before);
		expect(run(1, `cat ${scriptsLogPath}`).stdout).toContain(
			`/${before}/deployment-archive/scripts/stop.sh: line 3`,
		);
	});

	test('a release that was deleted leaves the note that it was there', () => {
		const { run, pass, hosts } = stageHosts('stale-last-install');
		pass(60_000);
		const root = '/opt/codedeploy-agent/deployment-root';
		const note = run(1, `cat ${root}/deployment-instructions/$GROUP_last_successful_install`).stdout;
		expect(note).toBe(`${root}/${note.split('/')[4]}/${hosts[1]?.installedBy}`);
		expect(run(1, `ls ${note}`).code).toBe(2);
		expect(run(0, `ls ${note.replace(hosts[1]?.installedBy ?? '', hosts[0]?.installedBy ?? '')}`).code).toBe(
			0,
		);
	});

	test('where no agent was installed there is nothing', () => {
		const { run, pass } = stageHosts('agent-not-installed');
		pass(60_000);
		expect(run(1, 'ls /opt/codedeploy-agent').code).toBe(2);
		expect(run(1, `cat ${agentLogPath}`).code).toBe(1);
	});

	test('where the agent was stopped the log ends before the deployment', () => {
		const { run, pass } = stageHosts('agent-stopped');
		pass(60_000);
		expect(run(1, `tail -n 1 ${agentLogPath}`).stdout).toMatch(
			/^2026-11-23T11:40:00 INFO .*All agent child threads have been shut down\n$/,
		);
		expect(run(1, `ls ${scriptsLogPath}`).code).toBe(2);
	});
});

describe('awkward logs', () => {
	const { run, pass } = stageHosts('awkward-logs');
	pass(50_000);
	const size = (host: number) => Number.parseInt(run(host, `wc -c ${scriptsLogPath}`).stdout, 10);
	const reason = "unknown queue 'mailers_low'";

	test('huge: 50 MB, with what matters at the end', () => {
		expect(size(0)).toBeGreaterThan(50 * 1024 * 1024);
		expect(run(0, `tail -c 20000 ${scriptsLogPath}`).stdout).toContain(reason);
		expect(run(0, `head -c 20000 ${scriptsLogPath}`).stdout).not.toContain(reason);
		expect(run(0, `tail -n 3 ${scriptsLogPath}`).stdout.split('\n')).toHaveLength(4);
	});

	test('empty', () => {
		expect(size(1)).toBe(0);
		expect(run(1, `test -f ${scriptsLogPath} && cat ${scriptsLogPath}`)).toMatchObject({
			stdout: '',
			code: 0,
		});
	});

	test('late: a minute after the others', () => {
		expect(run(2, `cat ${scriptsLogPath}`).stdout).not.toContain(reason);
		pass(60_000);
		expect(run(2, `cat ${scriptsLogPath}`).stdout).toContain(reason);
	});

	test('binary', () => {
		const { stdout } = run(3, `tail -c 20000 ${scriptsLogPath}`);
		expect(stdout).toContain('\0');
		expect(stdout).toContain('\ufffd');
		expect(stdout).toContain(reason);
	});

	test('hostile', () => {
		const { stdout } = run(4, `tail -c 20000 ${scriptsLogPath}`);
		for (const evil of ['\x1b[2J', '\x1b]52;c;', '\u202e', '\r20 %\r', reason])
			expect(stdout).toContain(evil);
	});
});
