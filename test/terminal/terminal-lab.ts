import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, vi } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { credentials, type Environment, Lab, launcher, optionsFor } from '../cli/lab.ts';
import { type PtyOptions, type PtyProgram, spawnInPty } from '../support/pty.ts';

/**
 * Starts rollcall as users do, from a shell, so that the terminal is still there when it has ended. The shell then
 * says what it was left with.
 */
const shell = `
trap : INT
before=$(stty -g)
sh -c 'echo $$ >"$PID_FILE"; exec "$@"' rollcall "$@"
code=$?
after=$(stty -g)
[ "$before" = "$after" ] && modes=unchanged || modes=changed
echo "exit $code, modes $modes"
# What nobody has read yet when a terminal closes is lost, and a busy machine reads late.
sleep 1
`;

/** An interrupt is echoed while the terminal is the shell's. */
const lastWords = /^(?:\^C)*exit (\d+), modes (\w+)$/;

/** Rollcall in a terminal of its own. */
export type Session = PtyProgram & {
	/** Of rollcall itself, for signals. */
	rollcallPid(): number;
	/** Waits until rollcall has ended; its exit code. */
	ended(): Promise<number>;
};

export type SessionOptions = Omit<PtyOptions, 'env'> & {
	readonly env?: Environment;
	/** Arguments for Node itself. */
	readonly node?: readonly string[];
	/** What the shell does before it starts rollcall. */
	readonly before?: string;
};

export type Sabotage = {
	/** Arguments for Node. */
	readonly node: readonly string[];
	/** Lets it happen. */
	strike(): void;
};

/** A lab with terminals. */
export class TerminalLab extends Lab {
	/** Starts rollcall in a terminal. */
	session(args: readonly string[], options: SessionOptions = {}): Session {
		const pidFile = path.join(this.folder(), 'pid');
		const env = { ...this.environment(options.env), PID_FILE: pidFile };
		const command = [process.execPath, ...(options.node ?? []), launcher, ...args];
		const program = spawnInPty('sh', ['-c', `${options.before ?? ''}\n${shell}`, 'sh', ...command], {
			...options,
			env,
		});
		this.defer(() => program[Symbol.asyncDispose]());
		const session: Session = {
			...program,
			// Two cores may have more to do than this test.
			waitFor: (expected, timeoutMs = 10_000) => program.waitFor(expected, timeoutMs),
			rollcallPid: () => Number(readFileSync(pidFile, 'utf8')),
			async ended() {
				await program.waitFor(lastWords, 15_000);
				return Number(lastWords.exec(program.screen.row(lastWords) ?? '')?.[1]);
			},
		};
		return session;
	}

	/** Code that runs inside rollcall at a moment of the test's choosing: defects are rare, and have to be made. */
	sabotage(code: string): Sabotage {
		const folder = this.folder();
		const signal = path.join(folder, 'now');
		const file = path.join(folder, 'sabotage.mjs');
		writeFileSync(
			file,
			`import { existsSync } from 'node:fs';
			const timer = setInterval(() => {
				if (!existsSync(${JSON.stringify(signal)})) return;
				clearInterval(timer);
				${code}
			}, 10);
			timer.unref();`,
		);
		return { node: ['--import', file], strike: () => writeFileSync(signal, '') };
	}

	/** Opens the screen on the deployment of a simulator and waits until it is drawn. */
	async open(
		simulator: Simulator,
		args: readonly string[] = [],
		options: SessionOptions = {},
	): Promise<Session> {
		const session = this.session([simulator.deploymentId, ...optionsFor(simulator), ...args], {
			...options,
			before: `${entitle}; ${options.before ?? ''}`,
			env: { ...credentials, ...options.env },
		});
		await session.waitFor(isDrawn);
		return session;
	}
}

/** What the terminal is called before rollcall is opened in it. */
const ownTitle = 'a shell';

/** Calls the terminal so. */
export const entitle = `printf '\\033]2;${ownTitle}\\007'`;

/** Of all that is on a frame, the deployment's id is the last thing to go. */
const isDrawn = (screen: PtyProgram['screen']): boolean =>
	screen.isAlternate && screen.row(/d-[A-Z0-9]{9}/) !== undefined;

/** The terminal is as it was before: title, screen, cursor, paste, modes. */
export function expectRestored({ screen }: Session): void {
	expect({
		title: screen.title,
		alternate: screen.isAlternate,
		cursorVisible: screen.cursorVisible,
		bracketedPaste: screen.isBracketedPaste,
		modes: lastWords.exec(screen.row(lastWords) ?? '')?.[2],
	}).toEqual({
		title: ownTitle,
		alternate: false,
		cursorVisible: true,
		bracketedPaste: false,
		modes: 'unchanged',
	});
}

/** Waits for the picture of a deployment that has ended, with all its targets and their names: then nothing moves any more. */
export const waitForTheEnd = (session: Session): Promise<void> =>
	session.waitFor(
		screen =>
			[/final/, /^.[✓✗] .*checkout-api-\d/].every(pattern => screen.row(pattern) !== undefined) &&
			screen.row(/\d\/\d+ read/) === undefined,
		10_000,
	);

/** Asks again and again instead of waiting for the next turn; `before` is what is done before each question. */
export const refreshUntil = (
	{ screen, send }: Session,
	expected: RegExp,
	before: () => void = () => {},
): Promise<void> =>
	vi.waitFor(
		() => {
			if (screen.row(expected) !== undefined) return;
			before();
			send('R');
			throw new Error(`no ${expected} on this screen:\n${screen}`);
		},
		{ interval: 250, timeout: 15_000 },
	);
