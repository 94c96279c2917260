import type { CheckResult } from '../diagnosis/check.ts';
import type { Evidence, Severity } from '../diagnosis/finding.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { type AppState, rolloutOf } from '../monitor/state.ts';
import { type ShownCheck, selectChecks } from './checklist.ts';
import { selectFindings } from './diagnosis-case.ts';
import { type DiagnosisDocument, diagnosisDocument } from './diagnosis-json.ts';
import { jsonText } from './json.ts';

/** What `rollcall doctor --json` prints: schemas/doctor.schema.json describes it, and scripts depend on it. */
export type DoctorDocument = Omit<DiagnosisDocument, 'schema'> & {
	readonly schema: 'rollcall/doctor/v1';
	/** In the order of the checklist. */
	readonly checks: readonly CheckDocument[];
};

/** Every field is always there: what does not apply is null, or an empty list. */
export type CheckDocument = Pick<CheckResult, 'id' | 'title' | 'summary'> & {
	readonly target: string | null;
	readonly verdict: Exclude<CheckResult['verdict'], 'pending'>;
	readonly severity: Severity | null;
	readonly evidence: readonly {
		readonly source: Evidence['source'];
		readonly where: string | null;
		readonly text: string;
	}[];
	readonly needs: string | null;
	readonly remedy: { readonly steps: readonly string[]; readonly commands: readonly string[] } | null;
};

/** The checklist of a deployment that has been run, as JSON, without a newline at its end. */
export function doctorJson(state: AppState, id: DeploymentId): string {
	const rollout = rolloutOf(state, id);
	const status = rollout.deployment.data?.status ?? '';
	const { findings, ...head } = diagnosisDocument({ id, status }, selectFindings(state, rollout));
	const checks = selectChecks(state, rollout).map(checkDocument);
	const document: DoctorDocument = { ...head, schema: 'rollcall/doctor/v1', checks, findings };
	return jsonText(document);
}

function checkDocument(check: ShownCheck): CheckDocument {
	const { id, title, target, verdict, severity, summary, evidence, needs, remedy } = check;
	const isKnown = verdict !== 'pending';
	return {
		id,
		title,
		target: target ?? null,
		verdict: isKnown ? verdict : 'unknown',
		severity: verdict === 'problem' ? (severity ?? 'error') : null,
		summary: isKnown ? summary : notRun,
		evidence: evidence.map(({ source, where, text }) => ({ source, where: where ?? null, text })),
		needs: needs ?? null,
		remedy: remedy ? { steps: remedy.steps, commands: remedy.commands } : null,
	};
}

/** What is said of a check that takes a command on a host, where none was to be run. */
export const notRun = 'it takes a command on the host, and none was to be run';
