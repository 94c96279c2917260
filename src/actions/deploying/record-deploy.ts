import type { DeployOrder } from '../../domain/deploy-order.ts';
import type { DeployPlan } from '../../domain/deploy-plan.ts';
import { redact } from '../../lib/redact.ts';
import { shellWord } from '../../lib/shell-word.ts';
import { type GroupAuditParts, groupRecorder, type Recorder } from '../audit.ts';
import { createDeploymentArguments, planTitle } from './order.ts';

/** The way to record a deployment that is made from here, under the newest that the group has before it. */
export function deployRecorder(plan: DeployPlan, order: DeployOrder, parts: GroupAuditParts): Recorder {
	const { application, group } = order;
	const line = ['aws', 'deploy', ...createDeploymentArguments(order)].map(shellWord).join(' ');
	return groupRecorder(
		parts,
		{ deploymentId: plan.latest?.id ?? '', application, group },
		// An AppSpec may hold anything.
		{ action: planTitle(plan), command: redact(line) },
	);
}
