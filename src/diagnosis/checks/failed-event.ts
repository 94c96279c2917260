import { clusterFailures, type FailureCluster } from '../../domain/failure-cluster.ts';
import type { DiagnosisCase } from '../case.ts';
import { aws, showDeployment } from '../commands.ts';
import type { Evidence, Finding, Remedy } from '../finding.ts';
import { baseName, counted } from '../words.ts';
import { type DeploymentJudge, notApplicable, ok, pending, problem } from './found.ts';

const mostShown = 5;

/** Which lifecycle event failed, on how many targets, and how. */
export const judgeFailedEvent: DeploymentJudge = (of, findings) => {
	const { deployment, targets } = of;
	if (targets.size === 0) {
		const isOver = deployment.status === 'Failed' || deployment.status === 'Stopped';
		return isOver || deployment.overview !== undefined ? notApplicable('it never came to a target') : pending;
	}
	const clusters = clusterFailures(targets.values(), deployment.status === 'Stopped');
	const own = clusters.filter(({ interrupted }) => !interrupted);
	const cut = clusters.find(({ interrupted }) => interrupted)?.targets.length ?? 0;
	const [first, ...others] = own;
	if (first === undefined)
		return ok(cut > 0 ? `none; the stop cut ${counted(cut, 'target')} short` : 'no event has failed');
	const more = others.length === 0 ? '' : `, and ${counted(others.length, 'other failure')}`;
	return problem(
		`${tell(first, targets.size)}${more}`,
		own.slice(0, mostShown).map(cluster => evidenceOf(cluster, targets.size)),
		remedyOf(of, findings, first),
	);
};

function tell({ event, script, word, targets }: FailureCluster, total: number): string {
	const what = script === '' ? word : `${word} (${baseName(script)})`;
	return `${event || 'no event'} failed on ${targets.length} of ${counted(total, 'target')}: ${what}`;
}

function evidenceOf(cluster: FailureCluster, total: number): Evidence {
	const [where] = cluster.targets;
	const { message = '' } = cluster.diagnostics ?? {};
	const text = message === '' ? `${tell(cluster, total)}, without a message` : message;
	return { source: message === '' ? 'api' : 'message', text, ...(where !== undefined && { where }) };
}

function remedyOf(of: DiagnosisCase, findings: readonly Finding[], cluster: FailureCluster): Remedy {
	const [target] = cluster.targets;
	const finding = findings.find(({ targets }) => target !== undefined && targets.includes(target));
	if (finding) return finding.remedy;
	const command =
		target === undefined
			? showDeployment(of)
			: aws(of, 'deploy get-deployment-target', {
					'deployment-id': of.deployment.id,
					'target-id': target,
				});
	return { steps: ['Look at the events of the target.'], commands: [command] };
}
