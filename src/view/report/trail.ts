import type { AuditEntry } from '../../actions/audit.ts';
import { formatTimestamp } from '../../lib/duration.ts';
import { code, table } from './markdown.ts';

const rowLimit = 60;

/** What was done to this deployment and its hosts with this program, by whom, from its audit trail. */
export function trailSection(audit: readonly AuditEntry[]): string {
	if (audit.length === 0) return 'None with rollcall on this machine.';
	const shown = audit.slice(-rowLimit);
	const rows = shown.map(({ time, outcome, action, command, target, detail, identity }) => [
		timeOf(time),
		code(outcome),
		code(action),
		code(target ?? ''),
		code(command),
		code(detail),
		code(identity),
	]);
	const left = audit.length - shown.length;
	const heads = ['time', 'outcome', 'action', 'on', 'command', 'detail', 'by'];
	return table(heads, rows) + (left > 0 ? `\n\n… and ${left} earlier ones` : '');
}

/** A line of the file may have been edited. */
function timeOf(time: string): string {
	const at = Date.parse(time);
	return Number.isNaN(at) ? code(time) : formatTimestamp(at);
}
