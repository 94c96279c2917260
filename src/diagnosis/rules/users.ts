import { shellWord } from '../../lib/shell-word.ts';
import { docs } from '../docs.ts';
import { onLinux } from '../host.ts';
import { type FailureRule, logEvidence } from '../rule.ts';
import { shorten } from '../words.ts';
import { lastMatch } from './shell-errors.ts';

/** `runas` runs a hook through `su`, which may refuse (AWS: AppSpec hooks, runas). */

export const runAsUnknown: FailureRule = failure => {
	if (failure.user === undefined) return undefined;
	const found = lastMatch(
		failure.lines,
		/^su: user (?<user>\S+) does not exist/,
		/^su: [Uu]nknown (?:id|user):? (?<user>\S+)/,
	);
	if (!found) return undefined;
	return {
		cause: 'runas-user-missing',
		title: shorten(`The user ${failure.user} does not exist on the host`, 60),
		why: `The hook is to run as ${failure.user}, whom these hosts do not have. The script never ran.`,
		confidence: 'certain',
		evidence: [logEvidence(failure, found.line)],
		steps: ['Create the user in the image or in an earlier hook.', 'Or correct runas in the hooks section.'],
		commands: onLinux(failure, `getent passwd ${shellWord(failure.user)}`),
		docs: docs.appSpecHooks,
	};
};

export const runAsNoLogin: FailureRule = failure => {
	if (failure.user === undefined) return undefined;
	const found = lastMatch(failure.lines, /^This account is currently not available\.?$/);
	if (!found) return undefined;
	return {
		cause: 'runas-user-nologin',
		title: shorten(`The user ${failure.user} may not run commands`, 60),
		why: `The hook is to run as ${failure.user}, whose login shell is nologin. The script never ran.`,
		confidence: 'certain',
		evidence: [logEvidence(failure, found.line)],
		steps: [
			'Give the user a shell, or name another one in runas.',
			'Or run the hook as root, and let the script change the user with sudo -u.',
		],
		commands: onLinux(failure, `getent passwd ${shellWord(failure.user)}`),
		docs: docs.appSpecHooks,
	};
};

const refusals = [
	/^sudo: (?:a terminal is required to read the password|a password is required|no tty present and no askpass program specified|sorry, you must have a tty to run sudo)/,
	/^(?<user>\S+) is not in the sudoers file\b/,
	/^Sorry, user (?<user>\S+) is not allowed to execute /,
];

export const sudoRefused: FailureRule = failure => {
	const found = failure.exit && lastMatch(failure.lines, ...refusals);
	if (!found) return undefined;
	const user = found.match.groups?.user ?? failure.user;
	return {
		cause: 'sudo-refused',
		title: shorten(`sudo refuses ${user ?? 'the user of the hook'}`, 60),
		why: 'The script runs a command through sudo, which wants a password or does not allow it. Hooks have no terminal to ask on.',
		confidence: 'certain',
		evidence: [logEvidence(failure, found.line)],
		steps: [
			'Allow the command without a password in /etc/sudoers.d.',
			'Or leave runas out, so that the hook runs as root.',
		],
		commands: user === undefined ? [] : onLinux(failure, `sudo -l -U ${shellWord(user)}`),
		docs: docs.appSpecHooks,
	};
};
