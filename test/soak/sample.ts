import { getEventListeners } from 'node:events';

/** How much there is of everything that must not become more while a group is watched for days. */
export type Sample = {
	/** Virtual hours since the start. */
	readonly hour: number;
	/** After a full garbage collection. */
	readonly heapBytes: number;
	/** What sleeps on the virtual clock. */
	readonly sleeping: number;
	readonly storeListeners: number;
	/** On all AbortSignals that are alive. */
	readonly abortListeners: number;
	readonly sockets: number;
	/** Timers and everything else that keeps the process awake, but for sockets. */
	readonly handles: number;
	readonly rollouts: number;
};

const counts = ['sleeping', 'storeListeners', 'abortListeners', 'sockets', 'handles', 'rollouts'] as const;
const columns = ['hour', 'heapBytes', ...counts] as const;

/** This much the heap may become more by chance: code that is compiled, caches that fill up. */
const heapTolerance = 0.03;

/**
 * What has grown, one line each; empty when all is flat. The first quarter fills what is allowed to be full; from then on
 * the least of the last third must not be more than the most of the first.
 */
export function findGrowth(samples: readonly Sample[]): readonly string[] {
	const settled = samples.slice(Math.floor(samples.length / 4));
	const third = Math.floor(settled.length / 3);
	const earlier = settled.slice(0, third);
	const later = settled.slice(-third);
	if (third === 0) throw new Error('expected more samples');
	return [...counts, 'heapBytes' as const].flatMap(name => {
		const before = Math.max(...earlier.map(sample => sample[name]));
		const now = Math.min(...later.map(sample => sample[name]));
		const allowed = name === 'heapBytes' ? before * (1 + heapTolerance) : before;
		return now > allowed ? [`${name} has grown: from ${before} at most to ${now} at least`] : [];
	});
}

/** The samples as a table, one line an hour. */
export const tableOf = (samples: readonly Sample[]): string =>
	[[...columns], ...samples.map(sample => columns.map(name => cellOf(name, sample[name])))]
		.map(cells => cells.map((cell, index) => cell.padStart(columns[index]?.length ?? 0)).join('  '))
		.join('\n');

const cellOf = (name: string, value: number): string => (name === 'hour' ? value.toFixed(1) : String(value));

/** Counts listeners on AbortSignals from now on. */
export function countAbortListeners(): { count(): number; stop(): void } {
	const listened = new Set<WeakRef<AbortSignal>>();
	const known = new WeakSet<AbortSignal>();
	const { prototype } = AbortSignal;
	const original = prototype.addEventListener;
	prototype.addEventListener = function (this: AbortSignal, ...args: Parameters<typeof original>) {
		if (!known.has(this)) listened.add(new WeakRef(this));
		known.add(this);
		return original.apply(this, args);
	};
	return {
		count() {
			let sum = 0;
			for (const ref of listened) {
				const signal = ref.deref();
				if (!signal) listened.delete(ref);
				else sum += getEventListeners(signal, 'abort').length;
			}
			return sum;
		},
		stop: () => Reflect.deleteProperty(prototype, 'addEventListener'),
	};
}

/** The heap when everything that can go has gone; needs `--expose-gc`. */
export async function heapAfterGc(): Promise<number> {
	const { gc } = globalThis;
	if (!gc) throw new Error('expected node --expose-gc');
	// What finalizers let go of goes in the next round.
	for (let round = 0; round < 3; round += 1) {
		await gc();
		await new Promise(resolve => setImmediate(resolve));
	}
	return process.memoryUsage().heapUsed;
}

const isSocket = (resource: string): boolean => /TCPSocket|TLS|Pipe/.test(resource);

/** What the process holds open. */
export function openResources(): Pick<Sample, 'sockets' | 'handles'> {
	const open = process.getActiveResourcesInfo();
	const sockets = open.filter(isSocket).length;
	// Promises to do something at once are no handles.
	const handles = open.filter(each => !isSocket(each) && each !== 'Immediate').length;
	return { sockets, handles };
}
