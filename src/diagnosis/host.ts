import type { DiagnosisCase, Failure } from './case.ts';
import { onHost } from './commands.ts';
import { quote } from './shell.ts';

/** Where things are on a host, and how to look at them there; Linux unless something shows that it is Windows. */

const root = '/opt/codedeploy-agent/deployment-root';
const windowsRoot = 'C:\\ProgramData\\Amazon\\CodeDeploy';

/** Whether what is known of this failure is of a Windows host. */
export const isWindows = ({ script, message }: Failure): boolean =>
	/\.(ps1|bat|cmd)$/i.test(script) || /\b[A-Z]:[\\/]/.test(message);

/** The folder of this deployment. A group whose id is not known is left to the shell to find. */
const deploymentFolder = ({ group, deployment }: DiagnosisCase): string =>
	`${root}/${group?.id === undefined ? '*' : quote(group.id)}/${quote(deployment.id)}`;

const windowsFolder = ({ group, deployment }: DiagnosisCase): string =>
	`${windowsRoot}\\${group?.id ?? '*'}\\${deployment.id}`;

/** Runs a command as root; where the group's folder is left to the shell, root's own shell has to look for it. */
const asRoot = ({ group }: DiagnosisCase, command: string): string =>
	group?.id === undefined ? `sudo sh -c ${quote(command)}` : `sudo ${command}`;

/** A command for hosts with Linux; none for Windows. */
export const onLinux = (failure: Failure, command: string): readonly string[] =>
	isWindows(failure) ? [] : [onHost(failure.targets[0], command)];

/** Runs a command on a file of the unpacked bundle; on Windows only if there is one of the kind. */
export function onBundle(failure: Failure, command: string, file: string): readonly string[] {
	const { case: of, targets } = failure;
	if (!isWindows(failure))
		return [
			onHost(targets[0], asRoot(of, `${command} ${deploymentFolder(of)}/deployment-archive/${quote(file)}`)),
		];
	const path = quoteForPowerShell(`${windowsFolder(of)}\\deployment-archive\\${file}`);
	if (command.startsWith('ls')) return [onHost(targets[0], `Get-ChildItem ${path}`)];
	return /^(cat|head)/.test(command) ? [onHost(targets[0], `Get-Content ${path}`)] : [];
}

/** The same on the script that failed; nothing if it has no name. */
export const onScript = (failure: Failure, command: string): readonly string[] =>
	failure.script === '' ? [] : onBundle(failure, command, failure.script);

/** PowerShell takes typographic quotes for quotes. */
const quoteForPowerShell = (text: string): string => `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;

/** What the kernel killed for lack of memory. */
export const showKills = (failure: Failure): readonly string[] =>
	onLinux(failure, 'sudo dmesg -T | grep -iE "out of memory|killed process"');

/** Shows all output of this deployment's scripts. */
export function showScriptsLog(failure: Failure): string {
	const { case: of, targets } = failure;
	if (isWindows(failure))
		return onHost(
			targets[0],
			`Get-Content -Tail 200 ${quoteForPowerShell(`${windowsFolder(of)}\\logs\\scripts.log`)}`,
		);
	return onHost(targets[0], asRoot(of, `tail -n 200 ${deploymentFolder(of)}/logs/scripts.log`));
}

/** Shows the end of the agent's own log. */
export function showAgentLog(failure: Failure): string {
	const [target] = failure.targets;
	if (isWindows(failure))
		return onHost(target, `Get-Content -Tail 100 '${windowsRoot}\\log\\codedeploy-agent-log.txt'`);
	return onHost(target, 'sudo tail -n 100 /var/log/aws/codedeploy-agent/codedeploy-agent.log');
}

/** Restarts the agent. */
export function restartAgent(failure: Failure): string {
	const command = isWindows(failure)
		? 'Restart-Service -Name codedeployagent'
		: 'sudo systemctl restart codedeploy-agent';
	return onHost(failure.targets[0], command);
}

/** Shows how full the disks are. */
export const showDisk = (failure: Failure): string =>
	onHost(
		failure.targets[0],
		isWindows(failure) ? 'Get-PSDrive -PSProvider FileSystem' : 'df -h / /opt /var /tmp',
	);
