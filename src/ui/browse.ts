import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** The program that opens a URL for the user; undefined where there is nothing to open it with. */
function openerFor(
	platform: string,
	env: Environment,
): readonly [command: string, ...args: string[]] | undefined {
	if (platform === 'darwin') return ['open'];
	if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
	// Without a display, as over ssh, xdg-open would start a browser for terminals, on this one.
	const hasDisplay = [env.DISPLAY, env.WAYLAND_DISPLAY].some(display => (display ?? '') !== '');
	return hasDisplay ? ['xdg-open'] : undefined;
}

/** Opens a URL in the user's browser. Resolves to whether that could be started. */
export function browse(url: string, platform: string, env: Environment): Promise<boolean> {
	const opener = openerFor(platform, env);
	if (!opener) return Promise.resolve(false);
	const [command, ...args] = opener;
	return new Promise(resolve => {
		const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true, env });
		child.on('error', () => resolve(false));
		child.on('spawn', () => {
			child.unref();
			resolve(true);
		});
	});
}
