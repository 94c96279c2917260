import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { systemClock } from '../../src/lib/clock.ts';
import { createVirtualClock, type VirtualClock } from '../../src/lib/virtual-clock.ts';
import { type ScenarioName, type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { sharedCache } from '../support/shared-cache.ts';

/** The launcher of the built program: these tests run what users run. */
export const launcher = path.join(import.meta.dirname, '../../bin/rollcall.js');

export type Environment = Readonly<Record<string, string>>;

/** Credentials that any simulator takes. */
export const credentials: Environment = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** What leads rollcall to a simulator. */
export const optionsFor = ({ url, region }: Simulator): readonly string[] => [
	'--endpoint-url',
	url,
	'--region',
	region,
];

export type Finished = {
	readonly exitCode: number | null;
	readonly stdout: string;
	readonly stderr: string;
};

/** The program without a terminal: pipes on all sides. */
export type Running = {
	readonly child: ChildProcessByStdio<null, Readable, Readable>;
	readonly finished: Promise<Finished>;
	/** Resolves as soon as standard output matches; rejects when the program ends without. */
	printed(pattern: RegExp): Promise<RegExpExecArray>;
};

/** Real processes, folders and simulators of one test. Take it with `await using`: it leaves nothing behind. */
export class Lab {
	readonly #cleanups: (() => unknown)[] = [];

	defer(cleanup: () => unknown): void {
		this.#cleanups.push(cleanup);
	}

	/** An empty folder. */
	folder(): string {
		const folder = mkdtempSync(path.join(tmpdir(), 'rollcall-'));
		this.defer(() => rmSync(folder, { recursive: true, force: true }));
		return folder;
	}

	/**
	 * Nothing of the machine's own gets in: no profile, no CI, no home. The program finds itself compiled, as from its
	 * second start on with a user; where `env` names a home, it is as new there as the home is.
	 */
	environment(env: Environment = {}): Record<string, string> {
		const cache = process.env[sharedCache];
		const shared = cache === undefined || 'HOME' in env ? {} : { XDG_CACHE_HOME: cache };
		return { PATH: process.env.PATH ?? '', HOME: this.folder(), ...shared, ...env };
	}

	/** A story that runs `speed` times faster than scripted, in the machine's own time. */
	async serve(scenario: ScenarioName, speed = 1): Promise<Simulator> {
		const simulator = await startSimulator({ scenario, clock: systemClock, speed });
		this.defer(() => simulator.close());
		return simulator;
	}

	/** A story that began so long ago, and stands still until its clock is moved. */
	async serveStill(
		scenario: ScenarioName,
		agoMs = 0,
	): Promise<{ readonly simulator: Simulator; readonly clock: VirtualClock }> {
		const clock = createVirtualClock(systemClock.now() - agoMs);
		const simulator = await startSimulator({ scenario, clock });
		clock.jumpTo(clock.now() + agoMs);
		this.defer(() => simulator.close());
		return { simulator, clock };
	}

	/** Runs the program to its end. */
	run(args: readonly string[], env?: Environment): Promise<Finished> {
		return this.start(args, env).finished;
	}

	/** Watches the deployment of a simulator to its end. */
	watch(simulator: Simulator, args: readonly string[] = []): Running {
		return this.start([simulator.deploymentId, ...optionsFor(simulator), ...args], credentials);
	}

	start(args: readonly string[], env?: Environment): Running {
		return this.startNode([launcher, ...args], env);
	}

	/** With arguments for Node itself before the launcher. */
	startNode(args: readonly string[], env?: Environment): Running {
		return this.follow(
			spawn(process.execPath, args, { env: this.environment(env), stdio: ['ignore', 'pipe', 'pipe'] }),
		);
	}

	/** Any process, which ends with the test at the latest. */
	follow(child: Running['child']): Running {
		const running = follow(child);
		this.defer(() => {
			child.kill('SIGKILL');
			return running.finished;
		});
		return running;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		for (const cleanup of this.#cleanups.reverse()) await cleanup();
	}
}

function follow(child: Running['child']): Running {
	const output = { stdout: '', stderr: '' };
	const looks = new Set<() => void>();
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8').on('data', (text: string) => {
			output[name] += text;
			for (const look of looks) look();
		});
	}
	const finished = new Promise<Finished>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', exitCode => resolve({ exitCode, ...output }));
	});
	return {
		child,
		finished,
		printed: pattern =>
			new Promise((resolve, reject) => {
				const look = () => {
					const match = pattern.exec(output.stdout);
					if (match) resolve(match);
				};
				looks.add(look);
				look();
				void finished.then(
					end => reject(new Error(`never printed ${pattern}: ${JSON.stringify(end)}`)),
					reject,
				);
			}),
	};
}
