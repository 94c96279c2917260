import type { AgentLogLine } from '../data/agent-log-lines.ts';
import type { Host } from '../world/host.ts';
import type { World } from '../world/world.ts';
import type { HookRun } from './hook-run.ts';

/** A call of the agent to the service, as the SDK logs it. Longer texts than this it cuts. */
const longestText = 1000;

export function callLine(operation: string, parameters: string, seconds: number): AgentLogLine {
	return {
		level: 'INFO',
		text: `[Aws::CodeDeployCommand::Client 200 ${seconds.toFixed(6)} 0 retries] ${operation}(${parameters})  `,
	};
}

/** The agent has taken a command, and says whether there is anything to do. */
export function acknowledgement(world: World, host: Host, run: HookRun): AgentLogLine {
	const payload = JSON.stringify({ IsCommandNoop: run.output.length === 0 });
	return callLine(
		'put_host_command_acknowledgement',
		`diagnostics:{format:"JSON",payload:${inspected(payload)}},${command(world, host, run)}`,
		0.031,
	);
}

/** The agent reports how a command went. */
export function completion(
	world: World,
	host: Host,
	run: HookRun,
	status: 'Succeeded' | 'Failed',
	report: Readonly<Record<string, unknown>>,
): AgentLogLine {
	return callLine(
		'put_host_command_complete',
		`command_status:"${status}",diagnostics:{format:"JSON",payload:${inspected(JSON.stringify(report))}},${command(world, host, run)}`,
		0.042,
	);
}

/** As Ruby shows a text within code. */
function inspected(text: string): string {
	if (Buffer.byteLength(text) <= longestText) return JSON.stringify(text);
	return `#<String ${JSON.stringify(text.slice(0, longestText))} ... (${Buffer.byteLength(text)} bytes)>`;
}

function command({ region, accountId }: World, host: Host, { deployment, event }: HookRun): string {
	const identifier = JSON.stringify({
		deploymentId: `CodeDeploy/${region}/Prod/arn:aws:sds:${region}:${accountId}:deployment/${deployment.id}`,
		hostId: `arn:aws:ec2:${region}:${accountId}:instance/${host.id}`,
		commandName: event.name,
		attemptNumber: 1,
	});
	return `host_command_identifier:"${Buffer.from(identifier).toString('base64')}"`;
}
