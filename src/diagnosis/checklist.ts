import type { TargetId } from '../domain/ids.ts';
import type { DiagnosisCase } from './case.ts';
import { type CheckId, type CheckResult, deploymentChecks, hostChecks } from './check.ts';

/**
 * The checklist as far as it is known: every step about the deployment, then every step about each of `hosts`. What is
 * not known yet is `pending`.
 */
export function judgeChecklist(_of: DiagnosisCase, hosts: readonly TargetId[]): readonly CheckResult[] {
	const pending = (id: CheckId, title: string): CheckResult => ({
		id,
		title,
		verdict: 'pending',
		summary: '',
		evidence: [],
	});
	return [
		...Object.entries(deploymentChecks).map(([id, title]) => pending(id as CheckId, title)),
		...hosts.flatMap(target =>
			Object.entries(hostChecks).map(([id, title]) => ({ ...pending(id as CheckId, title), target })),
		),
	];
}
