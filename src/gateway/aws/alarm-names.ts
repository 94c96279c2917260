import { line, list } from './fields.ts';

/**
 * Alarm names as CloudWatch spells them, by the name that is shown. People put signs like a warning triangle into
 * them, of which sanitising takes the invisible half: asked for by the shown name, such an alarm would seem deleted.
 */
export type AlarmNames = {
	/** Remembers the names that sanitising changes. */
	learn(names: readonly unknown[]): void;
	/** The name to ask AWS for. */
	original(shown: string): string;
};

export function createAlarmNames(): AlarmNames {
	const originals = new Map<string, string>();
	return {
		learn(names) {
			for (const name of list(names)) {
				const shown = line(name);
				if (typeof name === 'string' && shown !== undefined && shown !== name) originals.set(shown, name);
			}
		},
		original: shown => originals.get(shown) ?? shown,
	};
}
