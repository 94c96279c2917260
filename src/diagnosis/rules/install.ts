import { shellWord } from '../../lib/shell-word.ts';
import type { Failure } from '../case.ts';
import { redeploy } from '../commands.ts';
import { docs } from '../docs.ts';
import { listFile, onBundle, onLinux, showDisk } from '../host.ts';
import { type FailureRule, onMessage } from '../rule.ts';
import { withoutArchive } from '../words.ts';

/** The Install event: the agent copies files and sets owners; the texts are its own and Ruby's (AWS CodeDeploy agent). */

export const fileExists: FailureRule = onMessage(
	/\ba specified file already exists at this location: (?<path>.*)$/,
	(failure, match) => {
		const path = match.groups?.path?.trim() || 'a file';
		return {
			cause: 'file-already-exists',
			title: 'A file to install is already on the host',
			why: `${path} is there and was not installed by the last deployment of this group, so the agent does not replace it. That happens after a group was created anew, when two groups share a host, or when something else wrote the file.`,
			confidence: 'certain',
			steps: [
				'Deploy again and overwrite what is there, or keep it with RETAIN.',
				'Or remove the file on the hosts, or in a BeforeInstall hook.',
			],
			commands: [...redeploy(failure.case, { 'file-exists-behavior': 'OVERWRITE' }), listFile(failure, path)],
			docs: docs.fileExists,
		};
	},
);

export const filesDuplicate: FailureRule = onMessage(
	/\bspecifies two source files named .* for the same destination \((?<to>[^)]*)\)|\bincludes an mkdir command more than once for the same destination path \((?<folder>[^)]*)\)|\bcalls for installing the file .* but a file with that name already exists at the location \((?<place>[^)]*)\)/,
	(failure, match) => {
		const { to, folder, place } = match.groups ?? {};
		return {
			cause: 'files-duplicate-destination',
			title: 'Two entries of files write to the same place',
			why: `Two entries of the files section both install ${to ?? folder ?? place ?? 'the same path'}. The agent refuses to choose.`,
			confidence: 'certain',
			steps: ['Remove or change one of the two entries in the files section of appspec.yml.'],
			commands: onBundle(failure, 'cat', 'appspec.yml'),
			docs: docs.appSpecFiles,
		};
	},
);

/** Before any script: what a hook cannot find is the script's own affair. */
const isAgents = ({ script, event }: Failure): boolean => script === '' && event === 'Install';

const missing = /^No such file or directory @ (?<call>\w+) - (?<path>.*)$/;

export const filesSourceMissing: FailureRule = onMessage(missing, (failure, match) => {
	const path = match.groups?.path ?? '';
	if (!isAgents(failure) || !/[\\/]deployment-archive[\\/]/.test(path)) return undefined;
	const source = withoutArchive(path).replace(/[\\/]$/, '');
	return {
		cause: 'files-source-missing',
		title: 'A source of the files section is not in the bundle',
		why: `The files section installs ${source || 'a path'}, and the bundle does not contain it. Paths are relative to the root of the bundle, and case counts.`,
		confidence: 'certain',
		steps: [
			'See that the build packs it, under that very name.',
			'Or correct the source in the files section.',
		],
		commands: onBundle(failure, 'ls -la', '.'),
		docs: docs.appSpecFiles,
	};
});

/** Windows ends a path at 260 characters, with an error that names neither the limit nor its length. */
export const windowsPathTooLong: FailureRule = onMessage(missing, (_, match) => {
	const { call, path = '' } = match.groups ?? {};
	if (call !== 'dir_s_mkdir' || !/^[A-Z]:[\\/]/.test(path)) return undefined;
	return {
		cause: 'windows-path-too-long',
		title: 'A path is too long for Windows',
		why: `The agent could not create a folder: its path has ${path.length} characters, and Windows allows 260 with the file's name.`,
		confidence: path.length > 200 ? 'likely' : 'possible',
		steps: [
			'Shorten the paths inside the bundle.',
			'Or set root_dir in the configuration of the agent to a short path.',
		],
		docs: docs.agentConfiguration,
	};
});

export const ownerUnknown: FailureRule = onMessage(
	/^can't find (?<kind>user|group) for (?<name>.+)$/,
	(failure, match) => {
		const { kind = 'user', name = '' } = match.groups ?? {};
		return {
			cause: 'permissions-owner-unknown',
			title: `The ${kind} ${name} does not exist on the host`,
			why: `The permissions section gives files to the ${kind} ${name}, which these hosts do not have.`,
			confidence: 'certain',
			steps: [
				`Create the ${kind} in the image or in a BeforeInstall hook.`,
				'Or correct the name in the permissions section.',
			],
			commands: onLinux(failure, `getent ${kind === 'group' ? 'group' : 'passwd'} ${shellWord(name)}`),
			docs: docs.appSpecPermissions,
		};
	},
);

export const installDenied: FailureRule = onMessage(
	/^Permission denied @ \w+ - (?<path>.*)$/,
	(failure, match) => {
		const path = match.groups?.path ?? '';
		if (failure.script !== '') return undefined;
		return {
			cause: 'permission-denied',
			title: 'The agent may not write there',
			why: `The agent runs as a user that may not create or change ${path || 'the destination'}.`,
			confidence: 'certain',
			steps: [
				'Run the agent as root, or let its user own the destination.',
				'See whether the file is immutable (lsattr), or SELinux denies it.',
			],
			commands: [
				...onLinux(failure, "ps -eo user,args | grep '[c]odedeploy-agent'"),
				...onLinux(failure, `namei -l ${shellWord(path)}`),
			],
			docs: docs.agentConfiguration,
		};
	},
);

export const installReadOnly: FailureRule = onMessage(
	/^Read-only file system @ \w+ - (?<path>.*)$/,
	(failure, match) => {
		const path = match.groups?.path ?? '/';
		return {
			cause: 'read-only-file-system',
			title: 'The destination is mounted read-only',
			why: `The agent cannot write ${path}: its file system is mounted read-only, on purpose or after a disk error.`,
			confidence: 'certain',
			steps: [
				'See in the kernel log whether an error made the file system read-only.',
				'Mount it writable, or install elsewhere.',
			],
			commands: [
				...onLinux(failure, `findmnt --target ${shellWord(path)}`),
				...onLinux(failure, 'sudo dmesg -T | grep -iE "remount|i/o error"'),
			],
			docs: docs.appSpecFiles,
		};
	},
);

/** The agent itself ran out of space; it does not say where. */
export const agentDiskFull: FailureRule = onMessage(
	/[Nn]o space left on device|[Dd]isk quota exceeded|\b[Tt]he disk is \(or was\) full during extraction/,
	failure => {
		if (failure.script !== '') return undefined;
		return {
			cause: 'no-space-left',
			title: `The disk was full during ${failure.event || 'the deployment'}`,
			why: 'The agent found no room to write to. Old revisions, logs, or the application itself filled the disk.',
			confidence: 'certain',
			steps: [
				'See which file system is full: the one of /opt/codedeploy-agent or the one that is installed to.',
				'Free space, or enlarge the volume; lower max_revisions in codedeployagent.yml, so that fewer old revisions stay.',
				'Deploy again.',
			],
			commands: [
				showDisk(failure),
				...onLinux(failure, "sudo sh -c 'du -xsh /opt/codedeploy-agent/deployment-root/* | sort -h | tail'"),
			],
			docs: docs.agentConfiguration,
		};
	},
);
