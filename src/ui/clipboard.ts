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
	return async text => {
		if ((env.TMUX ?? '') !== '') return loadTmuxBuffer(text);
		const encoded = Buffer.from(text, 'utf8').toString('base64');
		if (encoded.length > maxOsc52Bytes) return { copied: false, where: 'too long for the terminal' };
		write(`\x1b]52;c;${encoded}\x07`);
		return { copied: true, where: 'through the terminal (OSC 52)' };
	};
}

function loadTmuxBuffer(text: string): Promise<ClipboardAnswer> {
	return new Promise(resolve => {
		const tmux = spawn('tmux', ['load-buffer', '-w', '-'], { stdio: ['pipe', 'ignore', 'ignore'] });
		tmux.on('error', () => resolve({ copied: false, where: 'tmux could not be started' }));
		tmux.on('close', code =>
			resolve(
				code === 0
					? { copied: true, where: 'to the tmux buffer and clipboard' }
					: { copied: false, where: `tmux load-buffer ended with ${code}` },
			),
		);
		tmux.stdin.on('error', () => {});
		tmux.stdin.end(text);
	});
}
