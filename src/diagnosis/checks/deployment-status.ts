import { hasEnded } from '../../domain/deployment.ts';
import { tallyTotal } from '../../domain/tally.ts';
import type { DiagnosisCase } from '../case.ts';
import { showDeployment } from '../commands.ts';
import type { Evidence, Finding, Remedy } from '../finding.ts';
import { apiEvidence } from '../rule.ts';
import { type DeploymentJudge, ok, problem, warning } from './found.ts';

/** How the deployment stands, and what it ended with. */
export const judgeStatus: DeploymentJudge = (of, findings) => {
	const { status, error, overview } = of.deployment;
	const evidence: readonly Evidence[] = [
		...(error ? [apiEvidence('errorInformation', `${error.code}: ${error.message}`)] : []),
		...(overview ? [apiEvidence('deploymentOverview', progress(of))] : []),
	];
	if (status === 'Failed' || status === 'Stopped') {
		const summary = error?.code ? `${status}: ${error.code}` : status;
		const isByHand = status === 'Stopped' && (error === undefined || error.code === 'MANUAL_STOP');
		return (isByHand ? warning : problem)(summary, evidence, remedyOf(of, findings));
	}
	if (error !== undefined && !hasEnded(of.deployment))
		return problem(`${status}: ${error.code}`, evidence, remedyOf(of, findings));
	return ok(overview ? `${status}: ${progress(of)}` : status, evidence);
};

function progress({ deployment: { overview } }: DiagnosisCase): string {
	if (overview === undefined) return '';
	const { succeeded, failed, skipped } = overview;
	const parts = [
		`${succeeded} of ${tallyTotal(overview)} succeeded`,
		...(failed > 0 ? [`${failed} failed`] : []),
		...(skipped > 0 ? [`${skipped} skipped`] : []),
	];
	return parts.join(', ');
}

/** What the diagnosis says of the deployment as a whole, else of what failed most. */
function remedyOf(of: DiagnosisCase, findings: readonly Finding[]): Remedy {
	const finding = findings.find(({ targets }) => targets.length === 0) ?? findings[0];
	return finding?.remedy ?? { steps: ['Look at the targets that failed.'], commands: [showDeployment(of)] };
}
