import type { Turn } from '../turn.ts';
import type { Watch } from '../watch.ts';

export function createHostsTurn(_watch: Watch): Turn {
	return async () => undefined;
}
