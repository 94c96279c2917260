import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import { describeRevision, nameRevision } from '../../domain/revision.ts';
import { judgeAnswer, ok } from '../checks/found.ts';
import { utc } from '../checks/instance-state.ts';
import { aws, groupOptions, rollcall } from '../commands.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import { type PreflightFound, type PreflightJudge, type Scene, tellFault } from './found.ts';

/**
 * Whether there is a deployment that a rollback can return to: the last one that succeeded, not the last attempted (AWS
 * user guide: redeploy and roll back a deployment).
 */
export const judgeReturnPoint: PreflightJudge = scene =>
	judgeAnswer(scene.facts.lastSuccessful, last =>
		last === nothing ? nowhere(scene) : judgeLast(scene, last),
	);

function nowhere({ next }: Scene): PreflightFound {
	const { 'application-name': application, 'deployment-group-name': group } = groupOptions(next);
	return tellFault({
		severity: 'warning',
		summary: 'no deployment of the group has succeeded: a rollback has nothing to return to',
		evidence: [apiEvidence('lastSuccessfulDeployment', 'none')],
		steps: [
			'Know how you would put the hosts right by hand, before you deploy.',
			'Deploy something that is known to work first: from then on it is what a rollback returns to.',
		],
		commands: [rollcall(next, 'list', { application, group })],
	});
}

function judgeLast({ facts, next }: Scene, last: DeploymentSnapshot): PreflightFound {
	const { id, completedAt, createdAt, revision } = last;
	const at = completedAt ?? createdAt;
	const when = at === undefined ? '' : ` of ${utc(at)}`;
	const bundle = answerOf(facts.returnBundle);
	const isLost = bundle !== undefined && bundle !== nothing && bundle.type === 'missing';
	const evidence = revision ? [apiEvidence(`revision of ${id}`, describeRevision(revision))] : [];
	if (isLost && revision?.type === 's3') {
		const { bucket, key, version } = revision;
		return tellFault({
			severity: 'warning',
			summary: `${id}${when}, whose bundle is not there any more: a rollback fails`,
			evidence,
			steps: [
				'Upload the bundle again under the same key.',
				'See that no lifecycle rule of the bucket deletes bundles that a rollback may need.',
			],
			commands: [aws(next, 's3api head-object', { bucket, key, 'version-id': version })],
		});
	}
	return ok(`${id}${when}${revision ? `: ${nameRevision(revision)}` : ''}`, evidence);
}
