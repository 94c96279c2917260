import type { Platform } from './host.ts';
import { linuxRoot, logPath, windowsRoot } from './host-paths.ts';
import { type DeploymentId, isDeploymentId, isGroupId } from './ids.ts';
import type { Open } from './open.ts';

/**
 * Everything that may be run on a host, as data. The set is closed and only reads; ids are checked when the text is
 * made, so that a command never says more than what stands here.
 */
export type HostCommand =
	| {
			/** What the scripts of one deployment wrote. */
			readonly kind: 'scripts-log';
			readonly platform: Platform;
			readonly deploymentId: DeploymentId;
			/** Of the group; the folder is searched for when it is not known. */
			readonly groupId?: string;
	  }
	| {
			/** The deployments whose files are still there: of one group, or the groups. */
			readonly kind: 'deployment-root';
			readonly platform: Platform;
			readonly groupId?: string;
	  }
	| { readonly kind: PlainHostCommand; readonly platform: Platform };

/** The commands that say the same for every deployment. */
export type PlainHostCommand =
	| 'agent-log'
	| 'deployments-log'
	| 'agent-status'
	| 'agent-version'
	| 'disk'
	| 'clock';

/** A command as it is shown, run, and typed by hand. */
export type HostScript = {
	/** What it tells, in a few words. */
	readonly title: string;
	readonly text: string;
	/** AWS: the document of Systems Manager that runs it. */
	readonly document: 'AWS-RunShellScript' | 'AWS-RunPowerShellScript';
	/** Present when only the end of a file is read: output of this many bytes may begin in the middle. */
	readonly tailBytes?: number;
};

/** How a command ended on a host (AWS: GetCommandInvocation). All text is sanitised. */
export type HostCommandResult = {
	/** `Success` is exit code 0; `Unfinished` is not AWS's: nobody waits for it any longer. */
	readonly status: Open<'Success' | 'Failed' | 'TimedOut' | 'Cancelled' | 'Unfinished'>;
	/** More exact than the status: `Undeliverable`, `DeliveryTimedOut`, `ExecutionTimedOut`. */
	readonly detail: string;
	/** Absent when the command never ran, or never ended. */
	readonly exitCode?: number;
	readonly stdout: string;
	readonly stderr: string;
	/** Systems Manager kept only the first 24,000 characters. */
	readonly stdoutCut: boolean;
	/** Systems Manager kept only the first 8,000 characters. */
	readonly stderrCut: boolean;
	/** The file is longer than the part of its end that was read. */
	readonly startCut: boolean;
	/** By the clock of AWS, as `endedAt`: the host's own is to be compared with that. */
	readonly startedAt?: number;
	readonly endedAt?: number;
	/** How far AWS's clock is ahead of this machine's, where they are apart. */
	readonly skewMs?: number;
};

/** Of the 24,000 characters that Systems Manager keeps from the start of an output. */
const tailBytes = 20_000;

/** The text of a command; undefined when an id in it is none, whatever it was meant to be. */
export function hostScript(command: HostCommand): HostScript | undefined {
	const { kind, platform } = command;
	const groupId = 'groupId' in command ? command.groupId : undefined;
	const deploymentId = 'deploymentId' in command ? command.deploymentId : undefined;
	const isKnown = Object.hasOwn(titles, kind) && Object.hasOwn(platforms, platform);
	if (!isKnown || !(isAbsentOr(isGroupId, groupId) && isAbsentOr(isDeploymentId, deploymentId)))
		return undefined;
	if (kind === 'scripts-log' && deploymentId === undefined) return undefined;
	const { document, texts } = platforms[platform];
	return {
		title: titles[kind],
		text: texts[kind](groupId, deploymentId),
		document,
		...(kind.endsWith('-log') && { tailBytes }),
	};
}

/** Ids come out of answers: their types do not vouch for their shape. */
function isAbsentOr(isShaped: (text: string) => boolean, value: unknown): boolean {
	return value === undefined || (typeof value === 'string' && isShaped(value));
}

type Kind = HostCommand['kind'];
type Text = (groupId: string | undefined, deploymentId: DeploymentId | undefined) => string;

const titles: Readonly<Record<Kind, string>> = {
	'scripts-log': 'end of scripts.log',
	'deployment-root': 'deployment folders',
	'agent-log': 'end of the agent log',
	'deployments-log': 'end of the deployments log',
	'agent-status': 'agent service',
	'agent-version': 'agent version',
	disk: 'disk space',
	clock: 'clock',
};

const logOf = { 'scripts-log': 'scripts', 'agent-log': 'agent', 'deployments-log': 'deployments' } as const;

const tailOf =
	(kind: keyof typeof logOf, platform: Platform): Text =>
	(groupId, deploymentId) => {
		const path = logPath(logOf[kind], platform, { groupId, deploymentId });
		return platform === 'windows' ? tailWindows(path) : tail(path);
	};

const linuxTexts: Readonly<Record<Kind, Text>> = {
	'scripts-log': tailOf('scripts-log', 'linux'),
	'deployment-root': group => `ls -la ${linuxRoot}${group === undefined ? '' : `/${group}`}`,
	'agent-log': tailOf('agent-log', 'linux'),
	'deployments-log': tailOf('deployments-log', 'linux'),
	'agent-status': () =>
		'if command -v systemctl >/dev/null; then systemctl status codedeploy-agent --no-pager; else service codedeploy-agent status; fi',
	'agent-version': () => 'cat /opt/codedeploy-agent/.version',
	// A disk without free inodes is as full as one without free blocks.
	disk: () => 'df -hP; df -iP',
	clock: () => 'date -u +%Y-%m-%dT%H:%M:%SZ; timedatectl 2>/dev/null || true',
};

const windowsTexts: Readonly<Record<Kind, Text>> = {
	'scripts-log': tailOf('scripts-log', 'windows'),
	'deployment-root': group =>
		powerShell(
			`Get-ChildItem -Force '${windowsRoot}${group === undefined ? '' : `\\${group}`}' | Format-Table -AutoSize Mode,LastWriteTime,Name`,
		),
	'agent-log': tailOf('agent-log', 'windows'),
	'deployments-log': tailOf('deployments-log', 'windows'),
	'agent-status': () => powerShell('Get-Service codedeployagent | Format-List Name,Status,StartType'),
	'agent-version': () => powerShell(`Get-Content '${windowsRoot}\\.version'`),
	disk: () => powerShell('Get-PSDrive -PSProvider FileSystem | Format-List Name,Used,Free'),
	clock: () => powerShell("(Get-Date).ToUniversalTime().ToString('s') + 'Z'; w32tm /query /status"),
};

const platforms = {
	linux: { document: 'AWS-RunShellScript', texts: linuxTexts },
	windows: { document: 'AWS-RunPowerShellScript', texts: windowsTexts },
} as const;

const tail = (path: string): string => `tail -c ${tailBytes} ${path}`;

/** An error must fail the command, as it does in a shell, and what is written must be UTF-8. */
const powerShell = (text: string): string =>
	`$ErrorActionPreference='Stop'; [Console]::OutputEncoding=[Text.Encoding]::UTF8; ${text}`;

/** Get-Content counts lines, and reads all of a file to find the last ones. The agent holds it open meanwhile. */
const tailWindows = (path: string): string =>
	powerShell(
		`$f=[IO.File]::Open((Resolve-Path '${path}').ProviderPath,'Open','Read','ReadWrite,Delete'); ` +
			`try { $n=[int][Math]::Min(${tailBytes},$f.Length); [void]$f.Seek(-$n,'End'); $b=New-Object byte[] $n; ` +
			'[void]$f.Read($b,0,$n); [Text.Encoding]::UTF8.GetString($b,0,$n) } finally { $f.Close() }',
	);
