import { expect } from 'vitest';
import type { DiagnosisCase } from '../../src/diagnosis/case.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { HostKnowledge } from '../../src/diagnosis/knowledge.ts';
import { knowing } from './known.ts';
import { caseWith, failedHost, hostA, logsOf, type Told, tail } from './support.ts';

/**
 * Every way in which a deployment is known to fail, as it shows: one row for each, and the cause that is told first. The
 * error codes and the messages have tables of their own.
 */

export type Row = readonly [failure: string, of: DiagnosisCase, cause: string];

export const constraints = {
	code: 'HEALTH_CONSTRAINTS',
	message: 'The overall deployment failed because too many',
};
export const server = { error: constraints } as const;

export const on = (failure: Told, rest: Partial<DiagnosisCase> = {}): DiagnosisCase =>
	caseWith([failedHost(hostA, failure)], server, rest);

export const unheard: Told = {
	event: 'BeforeBlockTraffic',
	message:
		'CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on your host and make sure the agent is running and can connect to the CodeDeploy server.',
};
export const poller = 'InstanceAgent::Plugins::CodeDeployPlugin::CommandPoller:';
export const complaining = (text: string): DiagnosisCase =>
	on(unheard, {
		hostLogs: logsOf(hostA, {
			agentLog: `2026-11-23T12:00:00 ERROR [codedeploy-agent(1)]: ${poller} ${text}\n`,
		}),
	});
export const found = (known: HostKnowledge, failure: Told = unheard): DiagnosisCase =>
	on(failure, { knowledge: knowing(known) });

export const script = 'scripts/start.sh';
export const at = `Script at specified location: ${script}`;
export const hook = (message: string, errorCode = 'ScriptFailed', ...lines: readonly string[]): Told => ({
	event: 'ApplicationStart',
	errorCode,
	scriptName: script,
	message,
	logTail: tail('ApplicationStart', script, ...lines),
});
export const exit = (code: number, ...lines: readonly string[]): DiagnosisCase =>
	on(hook(`${at} failed with exit code ${code}`, 'ScriptFailed', ...lines));
export const appSpec = (message: string): DiagnosisCase => on({ event: 'BeforeInstall', message });
export const download = (message: string): DiagnosisCase => on({ event: 'DownloadBundle', message });

/** What is told first is the cause, sure or nearly so, with a page to read. */
export function expectFirst(of: DiagnosisCase, cause: string): void {
	const [first] = diagnose(of);
	expect(first?.cause).toBe(cause);
	expect(first?.confidence).not.toBe('possible');
	expect(first?.docs).toMatch(/^https:/);
}
