import type { Line } from '../view/line.ts';
import type { Spoken } from '../view/linear/spoken.ts';
import type { Outside } from '../view/outside.ts';
import type { Controller } from './controller.ts';
import { readPicture } from './narrate.ts';

/** What the terminal shows, for the size it was laid out for. */
export type Picture = {
	readonly lines: readonly Line[];
	readonly columns: number;
	readonly rows: number;
};

/** Something that can have the screen: its lines, and who is told what is typed. */
export type Scene = {
	readonly controller: Controller;
	/** As of the last notification; the same reference until there is something new to paint. */
	picture(): Picture;
	/** Called when the picture has changed. Returns the way to stop. */
	subscribe(listener: () => void): () => void;
	/** What the terminal shows of it around the pane. */
	outside?(): Outside;
	/** Says in lines what is known, and from then on what changes. Returns the way to stop. */
	narrate?(say: (spoken: Spoken) => void): () => void;
	/** The program has been stopped, and goes on now. */
	wake?(): void;
	/** Whether the scene has handed the terminal over to another program. */
	readonly isAway: boolean;
	/** Ends the program that has the terminal, if there is one; resolves when the terminal is back. */
	comeBack(): Promise<void>;
};

/** The one thing that is drawn: whichever scene has the screen now. The others go on without being seen. */
export type Stage = Scene & {
	/** Gives the screen to another scene, at once and in the size that the terminal has now. */
	show(scene: Scene): void;
};

export function createStage(first: Scene): Stage {
	let current = first;
	let size: readonly [columns: number, rows: number] | undefined;
	const listeners = new Set<() => void>();
	const notify = () => {
		for (const listener of [...listeners]) listener();
	};
	let unsubscribe = current.subscribe(notify);
	let narrator: ((spoken: Spoken) => void) | undefined;
	let endNarration = () => {};
	const narrateCurrent = () => {
		endNarration();
		if (narrator) endNarration = narrationOf(current, narrator);
	};

	return {
		controller: {
			press(keys) {
				let taken = 0;
				while (taken < keys.length) {
					const scene = current;
					// A key may give the screen to another scene: what is typed behind it is meant for that one.
					taken += scene.controller.press(keys.slice(taken), () => current === scene);
					if (current === scene) break;
				}
				return taken;
			},
			paste: text => current.controller.paste(text),
			resize(columns, rows) {
				size = [columns, rows];
				current.controller.resize(columns, rows);
			},
		},
		picture: () => current.picture(),
		outside: () => current.outside?.() ?? { title: 'rollcall', progress: { state: 'none' }, at: 0 },
		narrate(say) {
			narrator = say;
			narrateCurrent();
			return () => {
				narrator = undefined;
				endNarration();
			};
		},
		wake: () => current.wake?.(),
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		get isAway() {
			return current.isAway;
		},
		comeBack: () => current.comeBack(),
		show(scene) {
			unsubscribe();
			current = scene;
			if (size) scene.controller.resize(...size);
			unsubscribe = scene.subscribe(notify);
			narrateCurrent();
			notify();
		},
	};
}

/** In the scene's own words, or by reading out what it shows. */
export const narrationOf = (scene: Scene, say: (spoken: Spoken) => void): (() => void) =>
	scene.narrate?.(say) ?? readPicture(scene, say);
