import type { FleetState } from '../../monitor/fleet/state.ts';
import { line, lineText } from '../line.ts';
import type { Outside } from '../outside.ts';
import { verdictInShort } from './verdict.ts';

/** `✗1 ◆2 ▸6 rollcall` in the title; a fleet has no progress of its own. */
export const selectFleetOutside = (state: FleetState): Outside => ({
	title: `${lineText(line(...verdictInShort(state)))} rollcall`,
	progress: { state: 'none' },
	at: state.now,
});
