import type { AuditTrail } from '../actions/audit.ts';
import type { DeploymentId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { rolloutOf } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';
import { type KeepReport, reportMarkdown } from '../view/report.ts';

export type ReportParts = {
	readonly store: Store;
	readonly clock: Clock;
	readonly audit: AuditTrail;
	readonly keepReport: KeepReport;
	/** Of this program. */
	readonly version: string;
};

/** Writes the incident report of a deployment as it is known now, and says where it is. */
export function writeReport(
	{ store, clock, audit, keepReport, version }: ReportParts,
	id: DeploymentId,
): void {
	const at = clock.now();
	const state = { ...store.getState(), now: at };
	const tell = (tone: 'good' | 'bad', text: string) =>
		store.dispatch({ type: 'notice.shown', tone, text: sanitizeLine(text), at });
	try {
		const text = reportMarkdown(state, rolloutOf(state, id), { audit: audit.read(id), version });
		tell('good', `report written to ${keepReport(id, text, at)}`);
	} catch (error) {
		tell('bad', `the report could not be written: ${error instanceof Error ? error.message : String(error)}`);
	}
}
