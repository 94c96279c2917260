import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { caseWith, failedHost, hostA, hostB, logsOf, told } from './support.ts';

/** What is known of a host beyond the API: the files that somebody has fetched from it. */

const script = 'scripts/start.sh';

/** The second report of a hook that failed: its output is lost. */
const again = {
	event: 'ApplicationStart',
	message: `Script at specified location: ${script} failed with exit code 1`,
};

describe('logs of the host', () => {
	const silent = {
		event: 'ApplicationStop',
		message: 'CodeDeploy agent was not able to receive the lifecycle event. Check',
	};
	const at =
		'2026-11-23T12:00:00 ERROR [codedeploy-agent(1)]: InstanceAgent::Plugins::CodeDeployPlugin::CommandPoller:';
	const polled =
		'2026-11-23T12:05:00 INFO  [codedeploy-agent(1)]: [Aws::CodeDeployCommand::Client 200 45.434682 0 retries] poll_host_command(host_identifier:"x")';

	test.each([
		[
			`${at} Missing credentials - please check if this instance was started with an IAM instance profile`,
			'missing-credentials',
		],
		[
			`${at} Cannot reach InstanceService: Aws::CodeDeployCommand::Errors::AccessDeniedException - User is not authorized`,
			'agent-access-denied',
		],
		[
			`${at} Cannot reach InstanceService: Aws::CodeDeployCommand::Errors::InvalidSignatureException - Signature expired: 20261123T0300Z is now earlier than`,
			'clock-skew',
		],
		[
			`${at} Cannot reach InstanceService: Aws::CodeDeployCommand::Errors::ExpiredTokenException - The security token included in the request is expired`,
			'credentials-expired',
		],
		[
			`${at} Error during perform: RuntimeError - Validation of PKCS7 signed message failed`,
			'agent-outdated',
		],
		[
			`${at} Network error: #<Seahorse::Client::NetworkingError: Failed to open TCP connection to codedeploy-commands.eu-west-1.amazonaws.com:443>`,
			'agent-no-network',
		],
		[`${at} Error during perform: Errno::ENOSPC - No space left on device`, 'no-space-left'],
		[
			"/usr/lib/ruby/site_ruby/core_ext/kernel_require.rb:85:in `require': cannot load such file -- gli (LoadError)",
			'agent-ruby-broken',
		],
		[
			'2026-11-23T12:00:00 INFO  [codedeploy-agent(1)]: master 1: not enough child processes running - missing at least 1 - respawning',
			'agent-crashed',
		],
		[
			'The deployment failed because the format of the following on-premises configuration file is invalid: /etc/x',
			'agent-misconfigured',
		],
	])('%s → %s', (line, cause) => {
		const agentLog = `${polled}\n${line}\nsome backtrace\n`;
		const [finding] = diagnose(
			caseWith([failedHost(hostA, silent)], {}, { hostLogs: logsOf(hostA, { agentLog }) }),
		);
		expect(finding?.cause).toBe(cause);
		expect(finding?.evidence).toContainEqual({ source: 'host', where: hostA, text: line });
	});
	test('an agent that was answered after its complaint complains no more', () => {
		const agentLog = `${at} Missing credentials - please check if this instance was started with an IAM instance profile\n${polled}\n`;
		const hostLogs = logsOf(hostA, { agentLog });
		expect(told(diagnose(caseWith([failedHost(hostA, silent)], {}, { hostLogs })))).toEqual([
			'agent-unreachable: certain',
		]);
	});
	const noCredentials = `${at} Missing credentials - please check if this instance was started with an IAM instance profile`;

	test('tell one silent host from another that was looked at as well', () => {
		const hostLogs = new Map([
			...logsOf(hostA, { agentLog: noCredentials }),
			...logsOf(hostB, { agentLog: polled }),
		]);
		const findings = diagnose(
			caseWith([failedHost(hostA, silent), failedHost(hostB, silent)], {}, { hostLogs }),
		);
		expect(findings.map(({ cause, targets }) => [cause, targets])).toEqual([
			['agent-unreachable', [hostB]],
			['missing-credentials', [hostA]],
		]);
	});
	test('stand for those that nobody has looked at, and the finding says so', () => {
		const hostLogs = logsOf(hostA, { agentLog: noCredentials });
		const findings = diagnose(
			caseWith([failedHost(hostA, silent), failedHost(hostB, silent)], {}, { hostLogs }),
		);
		expect(findings.map(({ cause, targets }) => [cause, targets])).toEqual([
			['missing-credentials', [hostA, hostB]],
		]);
		expect(findings[0]).toMatchObject({
			confidence: 'likely',
			why: expect.stringContaining(`Only ${hostA} was looked at; the other one failed in the same way.`),
		});
	});
	test('give back the output that the agent lost, of the failing event only', () => {
		const scriptsLog = [
			'2026-11-23 12:00:00 LifecycleEvent - AfterInstall',
			'2026-11-23 12:00:00 Script - scripts/other.sh',
			'2026-11-23 12:00:01 [stderr]OSError: [Errno 98] Address already in use',
			'2026-11-23 12:00:02 LifecycleEvent - ApplicationStart',
			`2026-11-23 12:00:02 Script - ${script}`,
			"2026-11-23 12:00:03 [stderr]Error: Cannot find module 'express'",
		].join('\n');
		const [finding] = diagnose(
			caseWith([failedHost(hostA, again)], {}, { hostLogs: logsOf(hostA, { scriptsLog }) }),
		);
		expect(finding).toMatchObject({ cause: 'module-not-found', script });
		expect(finding?.evidence).toContainEqual({
			source: 'host',
			where: hostA,
			text: "Error: Cannot find module 'express'",
		});
	});
});
