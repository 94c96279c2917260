import { spawn } from 'node:child_process';

/** Terminals drop longer OSC 52 sequences, some of them the whole terminal with it. */
const maxOsc52Bytes = 74_000;

export type ClipboardAnswer = { readonly copied: boolean; readonly where: string };

/** Puts text where the user can paste it from, and says where that is. */
export type Clipboard = (text: string) => Promise<ClipboardAnswer>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Inside tmux through `tmux load-buffer -w`, since tmux ignores an application's OSC 52 by default and passes it on
 * itself with `-w`; elsewhere OSC 52, which also works over ssh.
 */
export function createClipboard(env: Environment, write: (sequence: string) => void): Clipboard {
	const isInTmux = (env.TMUX ?? '') !== '';
	return text => (isInTmux ? loadTmuxBuffer(text, env) : Promise.resolve(sendOsc52(text, write)));
}

function sendOsc52(text: string, write: (sequence: string) => void): ClipboardAnswer {
	const encoded = Buffer.from(text, 'utf8').toString('base64');
	if (encoded.length > maxOsc52Bytes) return { copied: false, where: 'too long for the terminal' };
	write(`\x1b]52;c;${encoded}\x07`);
	return { copied: true, where: 'through the terminal (OSC 52)' };
}

async function loadTmuxBuffer(text: string, env: Environment): Promise<ClipboardAnswer> {
	const ended = await runTmux(['load-buffer', '-w', '-'], text, env);
	if (ended === 0) return { copied: true, where: 'to the tmux buffer and clipboard' };
	// Before 3.2 tmux knows no -w.
	if (ended === 1 && (await runTmux(['load-buffer', '-'], text, env)) === 0) {
		return { copied: true, where: 'to the tmux buffer' };
	}
	const where = ended === undefined ? 'tmux could not be started' : `tmux load-buffer ended with ${ended}`;
	return { copied: false, where };
}

/** The exit code; undefined when there is no tmux, null when a signal ended it. */
function runTmux(
	args: readonly string[],
	input: string,
	env: Environment,
): Promise<number | null | undefined> {
	return new Promise(resolve => {
		const tmux = spawn('tmux', args, { stdio: ['pipe', 'ignore', 'ignore'], env });
		tmux.on('error', () => resolve(undefined));
		tmux.on('close', resolve);
		// It may end without having read everything, or anything.
		tmux.stdin.on('error', () => {});
		tmux.stdin.end(input);
	});
}
