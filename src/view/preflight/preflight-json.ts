import type { Evidence, Severity } from '../../diagnosis/finding.ts';
import type { PreflightCheck } from '../../diagnosis/preflight/check.ts';
import type { PreflightFacts } from '../../diagnosis/preflight/facts.ts';
import { protectCommand } from '../../diagnosis/preflight/protect-command.ts';
import type { ProtectionWish, RollbackEvent } from '../../domain/protection.ts';
import { describeRevision } from '../../domain/revision.ts';
import { jsonText } from '../json.ts';
import { countPreflight } from './shown.ts';
import { unitedWish } from './wish.ts';

/** What `rollcall preflight --json` prints: schemas/preflight.schema.json describes it, and scripts depend on it. */
export type PreflightDocument = {
	readonly schema: 'rollcall/preflight/v1';
	readonly application: string;
	readonly group: string;
	readonly region: string;
	/** What is to be deployed, if that was told. */
	readonly revision: string | null;
	readonly summary: {
		readonly problems: number;
		readonly warnings: number;
		readonly notes: number;
		readonly unknown: number;
		readonly ok: number;
	};
	/** In the order in which they are looked at. */
	readonly checks: readonly PreflightCheckDocument[];
	/** What the settings of the group would mend of it; null if nothing. */
	readonly protect: (WishDocument & { readonly command: string }) | null;
};

/** Every field is always there: what does not apply is null, or an empty list. */
export type PreflightCheckDocument = Pick<PreflightCheck, 'id' | 'title' | 'summary'> & {
	readonly verdict: Exclude<PreflightCheck['verdict'], 'pending'>;
	readonly severity: Severity | null;
	readonly evidence: readonly {
		readonly source: Evidence['source'];
		readonly where: string | null;
		readonly text: string;
	}[];
	readonly needs: string | null;
	readonly remedy: { readonly steps: readonly string[]; readonly commands: readonly string[] } | null;
	readonly wish: WishDocument | null;
};

/** Null, or an empty list: stays as it is. */
type WishDocument = {
	readonly autoRollback: readonly RollbackEvent[];
	readonly attachAlarms: readonly string[];
	readonly detachAlarms: readonly string[];
	readonly ignorePollAlarmFailure: boolean | null;
};

/** What has been found out about a group as JSON, without a newline at its end. */
export function preflightJson(facts: PreflightFacts, checks: readonly PreflightCheck[]): string {
	const { application, name: group, region, revision } = facts;
	const { problem, warning, note, unknown, running, ok } = countPreflight(checks);
	const wish = unitedWish(checks);
	const document: PreflightDocument = {
		schema: 'rollcall/preflight/v1',
		application,
		group,
		region,
		revision: revision ? describeRevision(revision) : null,
		summary: { problems: problem, warnings: warning, notes: note, unknown: unknown + running, ok },
		checks: checks.map(checkDocument),
		protect: wish ? { ...wishDocument(wish), command: protectCommand(facts, wish) } : null,
	};
	return jsonText(document);
}

function checkDocument(check: PreflightCheck): PreflightCheckDocument {
	const { id, title, verdict, severity, summary, evidence, needs, remedy, wish } = check;
	return {
		id,
		title,
		verdict: verdict === 'pending' ? 'unknown' : verdict,
		severity: verdict === 'problem' ? (severity ?? 'error') : null,
		summary,
		evidence: evidence.map(({ source, where, text }) => ({ source, where: where ?? null, text })),
		needs: needs ?? null,
		remedy: remedy ? { steps: remedy.steps, commands: remedy.commands } : null,
		wish: wish ? wishDocument(wish) : null,
	};
}

const wishDocument = ({
	autoRollback,
	attach,
	detach,
	ignorePollAlarmFailure,
}: ProtectionWish): WishDocument => ({
	autoRollback: autoRollback === undefined || autoRollback === 'off' ? [] : autoRollback,
	attachAlarms: attach ?? [],
	detachAlarms: detach ?? [],
	ignorePollAlarmFailure: ignorePollAlarmFailure ?? null,
});
