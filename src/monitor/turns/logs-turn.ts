import type { Turn } from '../turn.ts';
import type { Watch } from '../watch.ts';

export function createLogsTurn(_watch: Watch): Turn {
	return async () => undefined;
}
