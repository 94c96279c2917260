import { evaluateTrust } from '../../domain/policy.ts';
import type { DiagnosisCase } from '../case.ts';
import { aws, showGroup } from '../commands.ts';
import { deniedActions } from '../host-facts.ts';
import { nothing, type ServiceRoleKnowledge } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import { allowActions, repairTrust } from '../rules/role-repairs.ts';
import { serviceRolePolicy } from '../rules/service-role.ts';
import { counted } from '../words.ts';
import { decisionEvidence, listed, undecidedOn } from './decisions.ts';
import { type DeploymentJudge, type Found, judgeAnswer, ok, problem, unknown } from './found.ts';

/** The role that CodeDeploy works with: that it is there, that CodeDeploy may assume it, and what it allows. */
export const judgeServiceRole: DeploymentJudge = of =>
	judgeAnswer(of.knowledge?.serviceRole, role => (role === nothing ? missing(of) : judgeRole(of, role)));

function missing(of: DiagnosisCase): Found {
	const arn = of.group?.serviceRoleArn;
	return problem('the role does not exist', arn === undefined ? [] : [apiEvidence('serviceRoleArn', arn)], {
		steps: ['Create the role again, or name another one in the deployment group.'],
		commands: showGroup(of),
	});
}

function judgeRole(of: DiagnosisCase, { role, decisions }: ServiceRoleKnowledge): Found {
	const trust = evaluateTrust(role.trustPolicy, 'codedeploy');
	const trustEvidence = apiEvidence('AssumeRolePolicyDocument', trust.reason);
	if (trust.verdict === 'denied')
		return problem(
			`CodeDeploy may not assume ${role.name}`,
			[trustEvidence],
			repairTrust(of, role, 'codedeploy'),
		);
	const denied = deniedActions(decisions);
	if (denied.length > 0)
		return problem(`${role.name} lacks ${listed(denied)}`, decisionEvidence(decisions, 'denied'), {
			steps: [
				`Attach the managed policy ${serviceRolePolicy(of)}, or allow what is missing.`,
				'See whether a permissions boundary or a policy of the organization denies it.',
			],
			commands: [
				aws(of, 'iam list-attached-role-policies', { 'role-name': role.name }),
				...allowActions(of, role.name, 'CodeDeployMissing', decisions),
			],
		});
	const open = decisions.filter(({ verdict }) => verdict === 'unknown');
	const [undecided] = open;
	if (undecided) return undecidedOn(open.length, undecided, decisionEvidence(decisions, 'unknown'));
	if (trust.verdict === 'unknown')
		return unknown(`whether CodeDeploy may assume ${role.name} cannot be told`, [trustEvidence]);
	const extent = decisions.length === 0 ? '' : `, ${counted(decisions.length, 'permission')} checked`;
	return ok(`CodeDeploy may assume ${role.name}${extent}`, [trustEvidence]);
}
