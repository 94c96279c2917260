import { between } from '../world/chance.ts';
import type { Host } from '../world/host.ts';
import type { World } from '../world/world.ts';
import { filesOf } from './machine-files.ts';
import type { Surroundings } from './shell/outcome.ts';
import { runPowerShell } from './shell/run-powershell.ts';
import { runShell, type ScriptOutcome } from './shell/run-shell.ts';

/** Runs a script on a machine, as it is at this moment. */
export function runOnHost(
	world: World,
	host: Host,
	shell: 'sh' | 'powershell',
	commands: readonly string[],
): ScriptOutcome {
	const { ailment, machine } = host;
	const surroundings: Surroundings = {
		world,
		host,
		files: filesOf(world, host),
		now: world.clockwork.now + (ailment?.clockOffsetMs ?? 0),
		diskUsedPercent: ailment?.diskUsedPercent ?? Math.round(between(world.chance(`disk ${host.id}`), 24, 58)),
	};
	const script = commands.join('\n');
	if (machine.platform === 'windows') return runPowerShell(script, surroundings);
	if (shell === 'powershell') return { stdout: '', stderr: 'sh: 1: pwsh: not found\n', code: 127, tookMs: 0 };
	return runShell(script, surroundings);
}
