import { describe, expect, test } from 'vitest';
import { logPath, lookCommand } from '../../src/domain/host-paths.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';

const deploymentId = asDeploymentId('d-75I7MBT7C');
const groupId = 'c49e8b57-3fa7-1188-ed03-eefbc62eacf1';

describe('what somebody types who is on the host', () => {
	test('on Linux shows the file to root', () => {
		expect(lookCommand('scripts', 'linux', { groupId, deploymentId })).toBe(
			`sudo less /opt/codedeploy-agent/deployment-root/${groupId}/d-75I7MBT7C/logs/scripts.log`,
		);
		expect(lookCommand('agent', 'linux', {})).toBe(
			'sudo less /var/log/aws/codedeploy-agent/codedeploy-agent.log',
		);
	});

	test('leaves a group that is not known to be found by root’s own shell', () => {
		expect(lookCommand('scripts', 'linux', { deploymentId })).toBe(
			"sudo sh -c 'less /opt/codedeploy-agent/deployment-root/*/d-75I7MBT7C/logs/scripts.log'",
		);
	});

	test('on Windows shows the end in PowerShell', () => {
		expect(lookCommand('deployments', 'windows', {})).toBe(
			"Get-Content -Tail 200 'C:\\ProgramData\\Amazon\\CodeDeploy\\deployment-logs\\codedeploy-agent-deployments.log'",
		);
		expect(logPath('scripts', 'windows', { groupId, deploymentId })).toBe(
			`C:\\ProgramData\\Amazon\\CodeDeploy\\${groupId}\\d-75I7MBT7C\\logs\\scripts.log`,
		);
	});
});
