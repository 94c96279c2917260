import type { TargetId } from '../domain/ids.ts';
import { failedEvent } from '../domain/target.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { DiagnosisCase, Failure } from './case.ts';
import { onHost } from './commands.ts';
import { answerOf, nothing } from './knowledge.ts';

/** Where things are on a host, and how to look at them there; Linux unless something shows that it is Windows. */

const root = '/opt/codedeploy-agent/deployment-root';
const windowsRoot = 'C:\\ProgramData\\Amazon\\CodeDeploy';

/** A host to look at, and what failed there, which tells what kind of host it is. */
export type Spot = Pick<Failure, 'case' | 'targets' | 'script' | 'message'>;

export function spotOf(of: DiagnosisCase, target: TargetId): Spot {
	const known = of.targets.get(target);
	const { scriptName = '', message = '' } = (known && failedEvent(known)?.diagnostics) ?? {};
	return { case: of, targets: [target], script: scriptName, message };
}

/** Whether it is a Windows host: by what EC2 or Systems Manager say of it, else by what failed. */
export function isWindows({ case: of, targets: [target], script, message }: Spot): boolean {
	const known = of.knowledge?.hosts.get(target);
	const instance = answerOf(known?.instance);
	const ping = answerOf(known?.ping);
	const platform =
		(instance === nothing ? undefined : instance?.platform) ??
		(ping === nothing ? undefined : ping?.platform);
	if (platform !== undefined) return platform === 'windows';
	return /\.(ps1|bat|cmd)$/i.test(script) || /\b[A-Z]:[\\/]/.test(message);
}

/** The folder of this deployment. A group whose id is not known is left to the shell to find. */
const deploymentFolder = ({ group, deployment }: DiagnosisCase): string =>
	`${root}/${group?.id === undefined ? '*' : shellWord(group.id)}/${shellWord(deployment.id)}`;

const windowsFolder = ({ group, deployment }: DiagnosisCase): string =>
	`${windowsRoot}\\${group?.id ?? '*'}\\${deployment.id}`;

/** Runs a command as root; where the group's folder is left to the shell, root's own shell has to look for it. */
const asRoot = ({ group }: DiagnosisCase, command: string): string =>
	group?.id === undefined ? `sudo sh -c ${shellWord(command)}` : `sudo ${command}`;

/** A command for hosts with Linux; none for Windows. */
export const onLinux = (failure: Spot, command: string): readonly string[] =>
	isWindows(failure) ? [] : [onHost(failure.targets[0], command)];

/** The command for the kind of host that it is. */
export const onEither = (spot: Spot, linux: string, windows: string): string =>
	onHost(spot.targets[0], isWindows(spot) ? windows : linux);

/** Shows a file, or what is in a folder. */
export const listFile = (spot: Spot, path: string): string =>
	onEither(spot, `ls -la ${shellWord(path)}`, `Get-ChildItem -Force ${quoteForPowerShell(path)}`);

/** Shows who listens on a port, or on which ports somebody does. */
export const showListeners = (spot: Spot, port?: string): string =>
	onEither(
		spot,
		`sudo ss -ltnp${port === undefined ? '' : ` 'sport = :${port}'`}`,
		`Get-NetTCPConnection -State Listen${port === undefined ? '' : ` -LocalPort ${port}`} | Format-Table LocalAddress,LocalPort,OwningProcess`,
	);

/** Runs a command on a file of the unpacked bundle; on Windows only if there is one of the kind. */
export function onBundle(failure: Spot, command: string, file: string): readonly string[] {
	const { case: of, targets } = failure;
	if (!isWindows(failure))
		return [
			onHost(
				targets[0],
				asRoot(of, `${command} ${deploymentFolder(of)}/deployment-archive/${shellWord(file)}`),
			),
		];
	const path = quoteForPowerShell(`${windowsFolder(of)}\\deployment-archive\\${file}`);
	if (command.startsWith('ls')) return [onHost(targets[0], `Get-ChildItem ${path}`)];
	return /^(cat|head)/.test(command) ? [onHost(targets[0], `Get-Content ${path}`)] : [];
}

/** The same on the script that failed; nothing if it has no name. */
export const onScript = (failure: Spot, command: string): readonly string[] =>
	failure.script === '' ? [] : onBundle(failure, command, failure.script);

/** PowerShell takes typographic quotes for quotes. */
const quoteForPowerShell = (text: string): string => `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;

/** What the kernel killed for lack of memory. */
export const showKills = (failure: Spot): readonly string[] =>
	onLinux(failure, 'sudo dmesg -T | grep -iE "out of memory|killed process"');

/** When the host was booted and shut down. */
export const showReboots = (spot: Spot): string =>
	onEither(
		spot,
		'last -x reboot shutdown',
		"Get-WinEvent -MaxEvents 10 -FilterHashtable @{LogName='System'; Id=1074,6005,6006,6008}",
	);

/** Shows all output of this deployment's scripts. */
export function showScriptsLog(failure: Spot): string {
	const { case: of, targets } = failure;
	if (isWindows(failure))
		return onHost(
			targets[0],
			`Get-Content -Tail 200 ${quoteForPowerShell(`${windowsFolder(of)}\\logs\\scripts.log`)}`,
		);
	return onHost(targets[0], asRoot(of, `tail -n 200 ${deploymentFolder(of)}/logs/scripts.log`));
}

/** Shows the end of the agent's own log. */
export function showAgentLog(failure: Spot): string {
	const [target] = failure.targets;
	if (isWindows(failure))
		return onHost(target, `Get-Content -Tail 100 '${windowsRoot}\\log\\codedeploy-agent-log.txt'`);
	return onHost(target, 'sudo tail -n 100 /var/log/aws/codedeploy-agent/codedeploy-agent.log');
}

/** Shows whether the agent runs, and whether it starts at boot. */
export const showAgentStatus = (spot: Spot): string =>
	onHost(
		spot.targets[0],
		isWindows(spot)
			? 'Get-Service -Name codedeployagent | Format-List Name,Status,StartType'
			: 'systemctl status codedeploy-agent --no-pager',
	);

/** Shows the file that holds the version of the agent. */
export const showAgentVersion = (spot: Spot): string =>
	onHost(
		spot.targets[0],
		isWindows(spot) ? `Get-Content '${windowsRoot}\\.version'` : 'cat /opt/codedeploy-agent/.version',
	);

/** Starts the agent, now and at every boot. */
export const startAgent = (spot: Spot): string =>
	onHost(
		spot.targets[0],
		isWindows(spot)
			? 'Set-Service -Name codedeployagent -StartupType Automatic; Start-Service -Name codedeployagent'
			: 'sudo systemctl enable --now codedeploy-agent',
	);

/** Shows the clock, and whether anything keeps it right. */
export const showClock = (spot: Spot): string =>
	onHost(spot.targets[0], isWindows(spot) ? 'w32tm /query /status' : 'timedatectl');

/** Asks a name from the host on port 443: any answer, whatever its code, shows that there is a way. */
export const askHost = (spot: Spot, name: string): string =>
	onHost(
		spot.targets[0],
		isWindows(spot)
			? `Test-NetConnection -Port 443 ${name}`
			: `curl -sS -m 10 -o /dev/null -w '%{http_code}\\n' https://${name}/`,
	);

/** Shows credentials that lie where the agent looks for them before it asks for those of the profile. */
export const listCredentials = (spot: Spot): string =>
	onHost(
		spot.targets[0],
		isWindows(spot)
			? "Get-ChildItem -Force 'C:\\Windows\\System32\\config\\systemprofile\\.aws'"
			: 'sudo ls -la /root/.aws',
	);

/** Restarts the agent. */
export function restartAgent(failure: Spot): string {
	const command = isWindows(failure)
		? 'Restart-Service -Name codedeployagent'
		: 'sudo systemctl restart codedeploy-agent';
	return onHost(failure.targets[0], command);
}

/** Shows how full the disks are. */
export const showDisk = (failure: Spot): string =>
	onHost(
		failure.targets[0],
		isWindows(failure) ? 'Get-PSDrive -PSProvider FileSystem' : 'df -h / /opt /var /tmp',
	);
