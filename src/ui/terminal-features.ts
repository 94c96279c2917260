import { spawn } from 'node:child_process';

/** What the terminal around the program understands, as far as its environment tells. */

type Environment = Readonly<Record<string, string | undefined>>;

/** Between the program and the terminal: tmux, screen and zellij keep to themselves what they do not know. */
const isMultiplexed = (env: Environment): boolean =>
	['TMUX', 'STY', 'ZELLIJ'].some(name => (env[name] ?? '') !== '') ||
	/^(?:screen|tmux)/.test(env.TERM ?? '') ||
	env.TERM_PROGRAM === 'tmux';

/**
 * Whether progress by OSC 9;4 is understood. For who does not know it, OSC 9 is a notification, and each step of the
 * progress would pop up: so only terminals, and versions, that are known to. kitty wants none of it.
 */
export function knowsProgress(env: Environment): boolean {
	if (isMultiplexed(env)) return false;
	if (isSet(env.WT_SESSION) || env.ConEmuANSI === 'ON') return true;
	if (Number(env.VTE_VERSION ?? 0) >= 7900 || Number(env.KONSOLE_VERSION ?? 0) >= 260400) return true;
	const version = env.TERM_PROGRAM_VERSION ?? '';
	switch (env.TERM_PROGRAM) {
		case 'ghostty':
		case 'mintty':
			return true;
		case 'iTerm.app':
			return isAtLeast(version, [3, 6, 6]);
		case 'WezTerm':
			return isAtLeast(version, [20250210]);
		default:
			return false;
	}
}

/** Whether a notification by OSC 9 is understood. */
export function knowsNotifications(env: Environment): boolean {
	if (isMultiplexed(env)) return false;
	if (isSet(env.KITTY_WINDOW_ID) || /^(?:xterm-kitty|foot)/.test(env.TERM ?? '')) return true;
	return ['iTerm.app', 'ghostty', 'WezTerm', 'WarpTerminal'].includes(env.TERM_PROGRAM ?? '');
}

const isSet = (value: string | undefined): boolean => (value ?? '') !== '';

function isAtLeast(version: string, wanted: readonly number[]): boolean {
	const parts = version.split(/\D+/).map(Number);
	for (const [index, least] of wanted.entries()) {
		const part = parts[index] ?? 0;
		if (part !== least) return part > least;
	}
	return true;
}

/** The window of tmux that the pane is in, where programs may rename it. */
export type TmuxWindow = {
	readonly name: string;
	/** tmux names it after the program in its active pane. */
	readonly isAutomatic: boolean;
};

/** Asks tmux; undefined when there is none, or the user has not let programs rename windows (`allow-rename`). */
export function askTmuxWindow(env: Environment): Promise<TmuxWindow | undefined> {
	const pane = env.TMUX_PANE ?? '';
	if (!isSet(env.TMUX) || pane === '') return Promise.resolve(undefined);
	const wanted = '#{allow-rename} #{automatic-rename} #{window_name}';
	return new Promise(resolve => {
		const tmux = spawn('tmux', ['display-message', '-p', '-t', pane, wanted], {
			env,
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		let answer = '';
		tmux.stdout.setEncoding('utf8').on('data', (text: string) => {
			answer += text;
		});
		tmux.on('error', () => resolve(undefined));
		tmux.on('close', () => {
			const [, automatic, name] = /^1 ([01]) ([^\n\x00-\x1f]*)/.exec(answer) ?? [];
			resolve(name === undefined ? undefined : { name, isAutomatic: automatic === '1' });
		});
	});
}
