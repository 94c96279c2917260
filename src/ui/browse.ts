import { spawn } from 'node:child_process';

/** The program that opens a URL for the user on each system. */
const openers: Readonly<Record<string, readonly string[]>> = {
	darwin: ['open'],
	win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens a URL in the user's browser. Resolves to whether an opener could be started: over ssh there is none. */
export function browse(url: string, platform: string): Promise<boolean> {
	const [command, ...args] = openers[platform] ?? ['xdg-open'];
	if (command === undefined) return Promise.resolve(false);
	return new Promise(resolve => {
		const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
		child.on('error', () => resolve(false));
		child.on('spawn', () => {
			child.unref();
			resolve(true);
		});
	});
}
