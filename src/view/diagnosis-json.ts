import type { Evidence, Finding } from '../diagnosis/finding.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { type AppState, rolloutOf } from '../monitor/state.ts';
import { selectFindings } from './diagnosis-case.ts';
import { jsonText } from './json.ts';

/** What `rollcall diagnose --json` prints: schemas/diagnosis.schema.json describes it, and scripts depend on it. */
export type DiagnosisDocument = {
	/** Raised when a field is taken away or changes its meaning; new fields do not raise it. */
	readonly schema: 'rollcall/diagnosis/v1';
	readonly deploymentId: string;
	readonly status: string;
	/** Best finding first. */
	readonly findings: readonly FindingDocument[];
};

/** Every field is always there: what does not apply is null, or an empty list. */
export type FindingDocument = Pick<
	Finding,
	'cause' | 'title' | 'why' | 'confidence' | 'severity' | 'docs'
> & {
	readonly targets: readonly string[];
	readonly event: string | null;
	readonly script: string | null;
	readonly evidence: readonly {
		readonly source: Evidence['source'];
		readonly where: string | null;
		readonly text: string;
	}[];
	readonly remedy: { readonly steps: readonly string[]; readonly commands: readonly string[] };
};

/** A diagnosis as a document. */
export const diagnosisDocument = (
	deployment: { readonly id: DeploymentId; readonly status: string },
	findings: readonly Finding[],
): DiagnosisDocument => ({
	schema: 'rollcall/diagnosis/v1',
	deploymentId: deployment.id,
	status: deployment.status,
	findings: findings.map(findingDocument),
});

/** The diagnosis of a deployment as JSON for people and programs, without a newline at its end. */
export function diagnosisJson(state: AppState, id: DeploymentId): string {
	const rollout = rolloutOf(state, id);
	const status = rollout.deployment.data?.status ?? '';
	return jsonText(diagnosisDocument({ id, status }, selectFindings(state, rollout)));
}

function findingDocument(finding: Finding): FindingDocument {
	const { cause, title, why, confidence, severity, targets, event, script, evidence, remedy, docs } = finding;
	return {
		cause,
		title,
		why,
		confidence,
		severity,
		targets,
		event: event ?? null,
		script: script ?? null,
		evidence: evidence.map(({ source, where, text }) => ({ source, where: where ?? null, text })),
		remedy: { steps: remedy.steps, commands: remedy.commands },
		docs,
	};
}
