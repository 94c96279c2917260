import {
	type Asked,
	type Nothing,
	nothing,
	type ServiceRoleKnowledge,
	unanswered,
} from '../../diagnosis/knowledge.ts';
import { type AccessDecision, roleNameOf } from '../../domain/access.ts';
import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import { type NeededAccess, neededByServiceRole, type ServedDeployment } from '../../domain/service-role.ts';
import type { Examination } from './examination.ts';
import type { Inquire } from './inquiry.ts';

/** The role that lets CodeDeploy act for the group, and what it may do of what this deployment needs. */
export async function examineServiceRole(exam: Examination): Promise<void> {
	exam.learn({ serviceRole: await serviceRole(exam) });
}

async function serviceRole(exam: Examination): Promise<Asked<ServiceRoleKnowledge | Nothing>> {
	const deployment = exam.watch.rollout().deployment.data;
	if (deployment === undefined) return unanswered('the deployment has not been read');
	const group = await knownGroup(exam, deployment);
	if ('unanswered' in group) return group;
	const { region } = exam.watch.store.getState().session;
	const targets = async () => exam.watch.rollout().targets.values();
	return askForServiceRole(exam.ask, { deployment, group: group.answer, targets, region });
}

/** What is served, but for its role; the targets are asked for when it comes to what the role may do with them. */
export type Served = Omit<ServedDeployment, 'roleArn' | 'targets'> & {
	targets(): Promise<ServedDeployment['targets']>;
};

/** The role of a group, and what it may do of what a deployment needs; `nothing`: there is no such role. */
export async function askForServiceRole(
	ask: Inquire,
	served: Served,
): Promise<Asked<ServiceRoleKnowledge | Nothing>> {
	const roleArn = served.group.serviceRoleArn;
	const name = roleArn && roleNameOf(roleArn);
	if (!(roleArn && name)) return unanswered(`the group names no role: ${roleArn ?? 'none'}`);
	const role = await ask('GetRole', ({ access }, signal) => access.getRole(name, signal));
	if ('unanswered' in role) return role;
	if (role.answer === undefined) return { answer: nothing };
	const needed = neededByServiceRole({ ...served, targets: await served.targets(), roleArn });
	const decisions = await decide(ask, roleArn, needed);
	if ('unanswered' in decisions) return decisions;
	return { answer: { role: role.answer, decisions: decisions.answer } };
}

/** The group may not have been read yet when somebody is quick. */
async function knownGroup(
	exam: Examination,
	{ application, group }: DeploymentSnapshot,
): Promise<Asked<DeploymentGroupSnapshot>> {
	const { id, clock, rollout } = exam.watch;
	const known = rollout().group.data;
	if (known) return { answer: known };
	if (!(application && group)) return unanswered('the deployment names no group');
	const asked = await exam.ask('GetDeploymentGroup', ({ codeDeploy }, signal) =>
		codeDeploy.getDeploymentGroup(application, group, signal),
	);
	if ('answer' in asked) exam.tell({ type: 'group.received', id, group: asked.answer, at: clock.now() });
	return asked;
}

/** What a role may do of what it needs. */
export async function decide(
	ask: Inquire,
	roleArn: string,
	needed: readonly NeededAccess[],
): Promise<Asked<readonly AccessDecision[]>> {
	const answers = await Promise.all(
		needed.map(({ actions, resources }) =>
			ask('SimulatePrincipalPolicy', ({ access }, signal) =>
				access.simulate(roleArn, actions, resources, signal),
			),
		),
	);
	const decisions: AccessDecision[] = [];
	for (const asked of answers) {
		if ('unanswered' in asked) return asked;
		decisions.push(...asked.answer);
	}
	return { answer: decisions };
}
