/**
 * The heart of the world: a queue of things that are going to happen, each at its own moment. Nothing runs by itself.
 * Whoever looks at the world first calls {@link Clockwork.advanceTo}, and everything due by then happens in order, at
 * its own time, so that what is seen does not depend on when or how often somebody looked.
 */
export type Clockwork = {
	/** The moment the world has reached, epoch milliseconds; while something happens, its own moment. */
	readonly now: number;
	/** Lets `happen` happen `scriptedMs` from now, divided by the world's speed. The answer calls it off. */
	after(scriptedMs: number, happen: () => void): () => void;
	/** Lets `happen` happen at a moment of the clock, epoch milliseconds, whatever the world's speed. */
	at(moment: number, happen: () => void): () => void;
	/** Lets everything happen that is due by `at` (epoch milliseconds). Never goes backwards. */
	advanceTo(at: number): void;
};

type Happening = { readonly at: number; readonly order: number; readonly happen: () => void; off: boolean };

/** A clockwork that stands at `startAt` (epoch milliseconds) and runs `speed` times as fast as its script. */
export function createClockwork(startAt: number, speed: number): Clockwork {
	const queue = createQueue();
	let now = startAt;
	let scheduled = 0;

	function schedule(moment: number, happen: () => void): () => void {
		const happening: Happening = { at: Math.round(moment), order: scheduled++, happen, off: false };
		queue.push(happening);
		return () => {
			happening.off = true;
		};
	}

	return {
		get now() {
			return now;
		},
		after: (scriptedMs, happen) => schedule(now + Math.max(0, scriptedMs) / speed, happen),
		at: schedule,
		advanceTo(at) {
			for (let next = queue.peek(); next !== undefined && next.at <= at; next = queue.peek()) {
				queue.pop();
				if (next.off) continue;
				now = Math.max(now, next.at);
				next.happen();
			}
			now = Math.max(now, at);
		},
	};
}

/** A binary heap: a fleet of a thousand has a thousand things pending at any moment. */
function createQueue() {
	const heap: Happening[] = [];
	const isBefore = (a: Happening, b: Happening) => a.at < b.at || (a.at === b.at && a.order < b.order);

	function swapUp(from: number, item: Happening): void {
		let at = from;
		while (at > 0) {
			const parentAt = (at - 1) >> 1;
			const parent = heap[parentAt];
			if (parent === undefined || !isBefore(item, parent)) break;
			heap[at] = parent;
			at = parentAt;
		}
		heap[at] = item;
	}

	function sinkFromTop(item: Happening): void {
		let at = 0;
		for (;;) {
			const left = heap[2 * at + 1];
			const right = heap[2 * at + 2];
			if (left === undefined) break;
			const rightWins = right !== undefined && isBefore(right, left);
			const child = rightWins ? right : left;
			if (!isBefore(child, item)) break;
			heap[at] = child;
			at = 2 * at + (rightWins ? 2 : 1);
		}
		heap[at] = item;
	}

	return {
		peek: () => heap[0],
		push: (item: Happening) => swapUp(heap.length, item),
		pop(): void {
			const last = heap.pop();
			if (last !== undefined && heap.length > 0) sinkFromTop(last);
		},
	};
}
