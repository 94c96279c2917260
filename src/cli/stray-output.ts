import { Console } from 'node:console';
import { Writable } from 'node:stream';

/** Takes what somebody else wanted to print. */
type Tell = (text: string) => void;

/**
 * While the screen is open, nothing else may draw on it: Node's own warnings and whatever a library sends to the
 * console are handed to `tell`. Returns the way back.
 */
export function catchStrayOutput(process: NodeJS.Process, tell: Tell): () => void {
	const releaseConsole = catchConsole(tell);
	const printers = process.listeners('warning');
	const catcher = ({ name, message }: Error) => tell(`${name}: ${message}`);
	process.removeAllListeners('warning');
	process.on('warning', catcher);
	return () => {
		process.off('warning', catcher);
		for (const printer of printers) process.on('warning', printer);
		releaseConsole();
	};
}

/** Hands what is sent to the console to `tell`. This program never uses it; libraries have hints for programmers. */
export function catchConsole(tell: Tell): () => void {
	const { console } = globalThis;
	const sink = new Writable({
		decodeStrings: false,
		write(text: string | Uint8Array, _encoding, done) {
			tell(text.toString().trimEnd());
			done();
		},
	});
	globalThis.console = new Console({ stdout: sink, stderr: sink, colorMode: false });
	return () => {
		globalThis.console = console;
	};
}
