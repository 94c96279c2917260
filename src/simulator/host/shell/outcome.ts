import type { Host } from '../../world/host.ts';
import type { World } from '../../world/world.ts';
import type { FileSystem } from '../file-system.ts';
import type { HostFile } from '../host-file.ts';

/** What a program leaves behind. */
export type Outcome = {
	readonly stdout?: string | Buffer;
	readonly stderr?: string;
	/** Exit code; 0 when absent. */
	readonly code?: number;
	/** Scripted milliseconds; next to nothing when absent. */
	readonly tookMs?: number;
};

/** Where a program runs. */
export type Surroundings = {
	readonly world: World;
	readonly host: Host;
	readonly files: FileSystem;
	/** The time as the machine's clock has it. */
	readonly now: number;
	/** Of its only disk. */
	readonly diskUsedPercent: number;
};

export type Program = (
	args: readonly string[],
	surroundings: Surroundings,
	input: HostFile | undefined,
) => Outcome;

/** More than anybody is shown of a program's output. */
const mostBytes = 128 * 1024;

/** The part of a file that begins at `from`, as far as it is ever shown. */
export function excerpt(file: HostFile, from: number, to: number): Buffer {
	return file.read(from, Math.min(to, Math.max(0, from) + mostBytes));
}

export function failed(stderr: string, code = 1): Outcome {
	return { stderr: `${stderr}\n`, code };
}
