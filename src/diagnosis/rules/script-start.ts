import { shellWord } from '../../lib/shell-word.ts';
import { docs } from '../docs.ts';
import { onBundle, onLinux, onScript, showScriptsLog } from '../host.ts';
import { type FailureRule, onMessage, type Verdict } from '../rule.ts';
import { scriptName, sentence } from '../words.ts';

/** A script that never ran, never ended, or left something behind (AWS CodeDeploy agent: hook executor). */

export const scriptMissing: FailureRule = failure => {
	const isSaid = /^Script does not exist at specified location: /.test(failure.message);
	if (!isSaid && failure.errorCode !== 'ScriptMissing') return undefined;
	return {
		cause: 'script-missing',
		title: `${sentence(scriptName(failure.script))} is not in the bundle`,
		why: `The AppSpec names ${failure.script || 'a script'} for ${failure.event}, and the unpacked bundle does not contain it. Locations are relative to the root of the bundle, and case counts.`,
		confidence: 'certain',
		steps: [
			'See that the build packs the script, under that very name.',
			'Or correct the location in the hooks section of appspec.yml.',
		],
		commands: onBundle(failure, 'ls -laR', folderOf(failure.script)),
		docs: docs.appSpecHooks,
	};
};

const folderOf = (script: string): string => script.replace(/[^/\\]*$/, '') || '.';

/** Scripts without the execute bit are repaired by the agent; here it could not. */
export const scriptNotExecutable: FailureRule = failure => {
	const isSaid = /^Unable to set script at specified location: .* as executable/.test(failure.message);
	if (!isSaid && failure.errorCode !== 'ScriptNotExecutable') return undefined;
	return {
		cause: 'script-not-executable',
		title: `${sentence(scriptName(failure.script))} cannot be made executable`,
		why: 'The script has no execute bit, and the agent may not set it: it does not own the file, or the file system forbids it.',
		confidence: 'certain',
		steps: [
			'Pack the script with its execute bit.',
			'See whether the folder of the agent is mounted noexec or belongs to another user.',
		],
		commands: [
			...(failure.script === ''
				? []
				: [
						`git update-index --chmod=+x ${shellWord(failure.script)}`,
						...onBundle(failure, 'ls -la', failure.script),
					]),
			...onLinux(failure, 'findmnt --target /opt/codedeploy-agent'),
		],
		docs: docs.appSpecHooks,
	};
};

export const scriptTimeout: FailureRule = failure => {
	const match = /failed to complete in (?<seconds>\d+) seconds/.exec(failure.message);
	if (!match && failure.errorCode !== 'ScriptTimedOut') return undefined;
	const limit = match?.groups?.seconds;
	return {
		cause: 'script-timeout',
		title: `${sentence(scriptName(failure.script))} ran into its timeout${limit ? ` of ${limit} s` : ''}`,
		why: `The script had not ended ${limit ? `after ${limit} seconds` : 'in time'}, so the agent stopped it. What it printed last shows what it was waiting for.`,
		confidence: 'certain',
		evidence: failure.lines
			.filter(({ text }) => text.trim() !== '')
			.slice(-3)
			.map(line => ({ source: failure.linesFrom, text: line.text.trim(), where: failure.targets[0] })),
		steps: [
			'Find out what the script waits for: a service that is down, a prompt for input, a lock.',
			'If it is only slow, raise its timeout in appspec.yml; all scripts of one event together may take 3600 seconds.',
			'If it starts a service, let it start in the background, with its output redirected.',
		],
		commands: [showScriptsLog(failure)],
		docs: docs.appSpecHooks,
	};
};

/** The script ended, but something that it started holds its output, and the agent waits for that. */
export const outputLeftOpen: FailureRule = onMessage(/failed to close STD(?:OUT|ERR)$/, failure => ({
	cause: 'output-left-open',
	title: `${sentence(scriptName(failure.script))} left a process that holds its output`,
	why: 'The script itself ended, but a process that it started in the background still holds its output open. The agent waits for that until the timeout.',
	confidence: 'certain',
	steps: [
		'Start background processes with input, output and errors redirected: command > /dev/null 2>&1 < /dev/null &',
		'Better, let systemd run the service: systemctl start does not hold the output.',
	],
	commands: onScript(failure, "grep -nE '&[[:space:]]*$|nohup|setsid'"),
	docs: docs.longRunning,
}));

/** `sudo: true` on a host without sudo. */
export const sudoMissing: FailureRule = failure => {
	const byAgent = /failed with error .*No such file or directory - sudo$/.test(failure.message);
	const byShell =
		failure.exit?.code === 127 &&
		failure.lines.some(({ text }) => /(?:^|: )sudo: (?:command )?not found$/.test(text));
	if (!byAgent && !byShell) return undefined;
	return {
		cause: 'sudo-missing',
		title: 'sudo is not installed on the host',
		why: 'The hook runs through sudo, which these hosts do not have.',
		confidence: 'certain',
		steps: [
			'Install sudo in the image.',
			'Or leave it out: the agent runs as root already, unless it was configured otherwise.',
		],
		commands: onLinux(failure, 'command -v sudo'),
		docs: docs.appSpecHooks,
	};
};

const couldNotStart = /^Script at specified location: .+ failed with error (?<error>.+)$/;

/** The system refused to run the file. */
export const startDenied: FailureRule = onMessage(couldNotStart, (failure, match) => {
	if (!/Errno::EACCES|Permission denied/.test(match.groups?.error ?? '')) return undefined;
	return {
		cause: 'permission-denied-exec',
		title: `${sentence(scriptName(failure.script))} may not be executed`,
		why: 'The system refuses to run the script: the file system is mounted noexec, the interpreter in its first line is not executable, or SELinux forbids it.',
		confidence: 'certain',
		steps: [
			'See whether the folder of the agent lies on a file system that is mounted noexec.',
			"See that the interpreter in the script's first line may be executed.",
		],
		commands: [
			...onLinux(failure, 'findmnt --target /opt/codedeploy-agent'),
			...onScript(failure, 'head -n 1'),
		],
		docs: docs.appSpecHooks,
	};
});

/** Neither a program nor a script with a `#!` line. */
export const notAProgram: FailureRule = onMessage(couldNotStart, (failure, match) => {
	if (!/Errno::ENOEXEC|Exec format error/.test(match.groups?.error ?? '')) return undefined;
	return {
		cause: 'missing-shebang',
		title: `${sentence(scriptName(failure.script))} has no #! line`,
		why: 'The system does not know how to run the file: it has no #! line, or starts with a byte order mark. A program for another processor fails in the same way.',
		confidence: 'likely',
		steps: [
			'Begin the script with #!/bin/bash, without anything before it.',
			'If it is a program, build it for the processor of the hosts.',
		],
		commands: onScript(failure, 'file'),
		docs: docs.appSpecHooks,
	};
});

/** Any other reason, in the agent's words. */
export const scriptNotStarted: FailureRule = onMessage(couldNotStart, (failure, match): Verdict => {
	const error = match.groups?.error ?? '';
	return {
		cause: 'script-could-not-start',
		title: `${sentence(scriptName(failure.script))} could not be started`,
		why: `The agent could not run the script: ${error}`,
		confidence: 'certain',
		steps: [
			'Run the script by hand on the host, as the same user.',
			'See in the log of the agent what it tried to run.',
		],
		commands: [...onScript(failure, 'file'), showScriptsLog(failure)],
		docs: docs.troubleshootHosts,
	};
});
