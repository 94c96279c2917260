import { shellWord } from '../../lib/shell-word.ts';
import { docs } from '../docs.ts';
import { onEither, onLinux, showDisk, showListeners } from '../host.ts';
import { scriptName, sentence, shorten, withoutArchive } from '../words.ts';
import type { LogRule } from './application.ts';

/** What the host refuses to programs: room, rights, ports, names, locks, services; and what AWS refuses to it. */

export const hostLogs: readonly LogRule[] = [
	{
		// Node has the same code for too many watched files, and says so.
		patterns: [
			/(?:^|: )(?:write error: )?No space left on device\b/,
			/\bENOSPC: no space left on device\b/,
			/\bDisk quota exceeded$/,
		],
		say: failure => ({
			cause: 'no-space-left',
			title: `The disk was full during ${failure.event || 'the hook'}`,
			why: `A program that ${scriptName(failure.script)} runs found no room to write to.`,
			steps: ['See which file system is full, and free space or enlarge the volume.', 'Deploy again.'],
			commands: [showDisk(failure), ...onLinux(failure, 'df -i')],
			docs: docs.troubleshootHosts,
		}),
	},
	{
		patterns: [
			/: (?<path>\S[^:]*): Read-only file system$/,
			/\bEROFS: read-only file system\b/,
			/^OSError: \[Errno 30\]/,
		],
		say: failure => ({
			cause: 'read-only-file-system',
			title: 'The file system is mounted read-only',
			why: `${sentence(scriptName(failure.script))} writes to a file system that is mounted read-only, on purpose or after a disk error.`,
			steps: [
				'See in the kernel log whether an error made it read-only.',
				'Mount it writable, or write elsewhere.',
			],
			commands: [
				...onLinux(failure, 'findmnt -O ro'),
				...onLinux(failure, 'sudo dmesg -T | grep -iE "remount|i/o error"'),
			],
			docs: docs.troubleshootHosts,
		}),
	},
	{
		patterns: [
			/: (?:line )?\d+: (?<path>\S[^:]*): Permission denied$/,
			/: cannot (?:\w+ )+(?:file |directory |symbolic link |to )?['‘](?<path>[^'’]+)['’]: Permission denied$/,
			/\bEACCES: permission denied, \w+ '(?<path>[^']+)'/,
			/^PermissionError: \[Errno 13\] Permission denied: '(?<path>[^']+)'/,
			/\bPermission denied @ \w+ - (?<path>.+?)(?: \(Errno::EACCES\))?$/,
			/\((?:os error 13|Errno::EACCES)\)$/,
		],
		say: (failure, match) => {
			const path = match.groups?.path;
			const who = failure.user ?? 'the user of the hook';
			return {
				cause: 'permission-denied',
				title: shorten(
					path ? `No permission for ${withoutArchive(path)}` : 'A file may not be read or written',
					60,
				),
				why: `${sentence(scriptName(failure.script))} runs as ${who}, who may not use ${path ?? 'a file that it needs'}.`,
				steps: [
					'Give the file or its folder to that user: in the permissions section of appspec.yml, or with chown in an earlier hook.',
					'Or leave runas out, so that the hook runs as root.',
				],
				commands: path === undefined ? [] : onLinux(failure, `namei -l ${shellWord(path)}`),
				docs: docs.appSpecPermissions,
			};
		},
	},
	{
		patterns: [
			/\bEADDRINUSE\b(?:.*?:(?<port>\d+)\b)?/,
			/\bAddress already in use\b(?:.*?\bport (?<port>\d+)\b)?/i,
			/\bport is already allocated\b/,
			/\bPort (?<port>\d+) (?:was|is) already in use\b/,
			/\bOnly one usage of each socket address\b/,
		],
		say: (failure, match) => {
			const port = match.groups?.port;
			return {
				cause: 'port-in-use',
				title: port ? `Port ${port} is taken by another process` : 'The port is taken by another process',
				why: 'The application could not listen on its port, because another process does. Usually that is the old version, which was not stopped.',
				steps: [
					'See which process holds the port.',
					'Stop the old version in ApplicationStop, and wait there until it has gone; remember that ApplicationStop comes from the previous revision.',
				],
				commands: [showListeners(failure, port)],
				docs: docs.appSpecHooks,
			};
		},
	},
	{
		patterns: [
			/\bCould not resolve host(?:name)?:? (?<host>[\w.-]+)/i,
			/\bgetaddrinfo (?:ENOTFOUND|EAI_AGAIN) (?<host>[\w.-]+)/,
			/\bTemporary failure (?:in name resolution|resolving '(?<host>[^']+)')/,
			/\bName or service not known\b/,
		],
		say: (failure, match) => {
			const host = match.groups?.host;
			return {
				cause: 'network-unreachable',
				title: shorten(host ? `The name ${host} cannot be resolved` : 'A name cannot be resolved', 60),
				why: `A program that ${scriptName(failure.script)} runs asked for the address of ${host ?? 'a host'} and got none.`,
				steps: [
					'See that the host resolves names: DNS in the VPC, /etc/resolv.conf, a private zone.',
					'See that the name is right in this environment.',
				],
				commands: [
					...onLinux(
						failure,
						host === undefined
							? 'cat /etc/resolv.conf'
							: `getent hosts ${shellWord(host)}; cat /etc/resolv.conf`,
					),
				],
				docs: docs.troubleshootHosts,
			};
		},
	},
	{
		patterns: [
			/^E: Could not get lock (?<lock>\/\S+?)\.?(?:\s|$)/,
			/\bUnable to acquire the dpkg frontend lock\b/,
			/\bAnother app is currently holding the yum lock\b/,
		],
		say: failure => ({
			cause: 'package-manager-locked',
			title: 'Another process holds the package manager',
			why: 'The hook installs packages while another process does so too: the automatic updates at boot, or a second deployment on the host.',
			steps: [
				'Let the hook wait for the lock: apt-get -o DPkg::Lock::Timeout=300.',
				'Better, install packages in the image, and turn automatic updates off there.',
			],
			commands: onLinux(failure, 'ps -eo pid,lstart,args | grep -E "apt|dpkg|yum|dnf" | grep -v grep'),
			docs: docs.troubleshootHosts,
		}),
	},
	{
		patterns: [
			/^Failed to (?:re)?start (?<unit>\S+?)(?:\.service)?: Unit \S+ (?:not found|could not be found)/,
			/^Job for (?<unit>\S+?)(?:\.service)? failed\b/,
			/^(?:Failed to (?:re)?start|Unit) (?<unit>\S+?)\.service\b.*\bnot (?:be )?found\b/,
		],
		say: (failure, match) => {
			const unit = match.groups?.unit ?? 'the service';
			const isMissing = /not (?:be )?found/.test(match[0]);
			return {
				cause: 'service-start-failed',
				title: shorten(`The service ${unit} ${isMissing ? 'does not exist' : 'could not be started'}`, 60),
				why: isMissing
					? `systemd knows no unit of the name ${unit} on these hosts.`
					: `systemd tried to start ${unit}, and the service failed. Why stands in its own log.`,
				steps: [
					isMissing
						? 'Install the unit file before it is started, and run systemctl daemon-reload.'
						: 'Read what the service said when it failed.',
					'Correct it and deploy again.',
				],
				commands: [
					...onLinux(failure, `systemctl status ${shellWord(unit)} --no-pager`),
					...onLinux(failure, `sudo journalctl -u ${shellWord(unit)} -n 100 --no-pager`),
				],
				docs: docs.troubleshootHosts,
			};
		},
	},
	{
		patterns: [
			/^(?:\S+: )?(?:An error occurred|aws: \[ERROR\]: An error occurred) \((?:AccessDenied\w*|UnauthorizedOperation)\) when calling the (?<call>\w+) operation/,
			/\bis not authorized to perform: (?<call>[\w-]+:\w+)/,
		],
		say: (failure, match) => ({
			cause: 'hook-aws-access-denied',
			title: shorten(`AWS refuses ${match.groups?.call ?? 'a call'} to the hook`, 60),
			why: `${sentence(scriptName(failure.script))} calls AWS with the instance profile, which does not allow ${match.groups?.call ?? 'the call'}.`,
			steps: ['Allow the call in the role of the instance profile.'],
			commands: [onEither(failure, 'aws sts get-caller-identity', 'aws sts get-caller-identity')],
			docs: docs.instanceProfile,
		}),
	},
	{
		patterns: [
			/\bUnable to locate credentials\b/,
			/\bCould not load credentials from any providers\b/,
			/^botocore\.exceptions\.NoCredentialsError\b/,
		],
		say: failure => ({
			cause: 'missing-credentials',
			title: 'The hook has no AWS credentials',
			why: `${sentence(scriptName(failure.script))} calls AWS and finds no credentials: the instance has no profile, its metadata cannot be reached, or the user of the hook looks elsewhere.`,
			confidence: 'likely',
			steps: [
				'Attach an instance profile with the rights that the script needs.',
				'In a container, allow a metadata hop limit of 2.',
			],
			commands: [onEither(failure, 'aws sts get-caller-identity', 'aws sts get-caller-identity')],
			docs: docs.instanceProfile,
		}),
	},
];
