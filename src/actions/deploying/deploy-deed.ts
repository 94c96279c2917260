import type { DeployOrder } from '../../domain/deploy-order.ts';
import type { DeployPlan } from '../../domain/deploy-plan.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { GatewayFailure } from '../../gateway/failure.ts';
import type { CodeDeployGateway } from '../../gateway/gateway.ts';
import { findActive, listRecent } from '../../monitor/deploying/group-past.ts';
import { type Deed, type Done, messageOf } from '../deed.ts';
import { changesSince } from './changes-since.ts';

export type DeployDeedParts = {
	readonly codeDeploy: Pick<
		CodeDeployGateway,
		'getDeploymentGroup' | 'listDeployments' | 'getDeployments' | 'createDeployment'
	>;
	readonly signal: AbortSignal;
};

/**
 * What makes the deployment that was confirmed, as long as the group is what the plan says (AWS: CreateDeployment).
 * Without an answer a new deployment with its description tells that it was made.
 */
export function deployDeed(
	plan: DeployPlan,
	order: DeployOrder,
	{ codeDeploy, signal }: DeployDeedParts,
): Deed {
	/** Those that were there before it was sent. */
	let known: readonly DeploymentId[] = [];
	return {
		subject: 'the group',
		async refusal() {
			const { application, name } = plan.group;
			const [group, active, recent] = await Promise.all([
				codeDeploy.getDeploymentGroup(application, name, signal),
				findActive(codeDeploy, plan.group, signal),
				listRecent(codeDeploy, plan.group, signal),
			]);
			known = recent;
			const changes = changesSince(plan, group, active);
			if (changes.length > 0)
				return `the group has changed since you were asked: ${changes.join('; ')}; nothing was sent`;
			return active === undefined
				? undefined
				: `the group is busy with ${active}: rollcall watch ${active} shows it`;
		},
		async send() {
			const created = await codeDeploy.createDeployment(order, signal);
			return { detail: `${created} was created`, created };
		},
		failed: failureWords,
		async readBack(): Promise<Done> {
			const recent = await listRecent(codeDeploy, plan.group, signal);
			const news = recent.filter(id => !known.includes(id)).slice(0, 10);
			const found = await codeDeploy.getDeployments(news, signal);
			const ours = found.find(({ description }) => description === order.description);
			if (ours) return { detail: `${ours.id} is it, as its description says`, created: ours.id };
			const others = found.map(({ id }) => id).join(', ');
			return {
				detail:
					others === '' ? 'the group has no new deployment' : `the group has ${others}, which is another one`,
			};
		},
	};
}

/** AWS: `The Deployment Group '<g>' already has an active Deployment '<d-id>'`. */
const busyWith = /active Deployment '(d-[A-Z0-9]+)'/;

function failureWords(error: unknown): string {
	const { code, detail } = error instanceof GatewayFailure ? error.details : { code: '', detail: '' };
	if (code !== 'DeploymentLimitExceededException') return messageOf(error);
	const id = busyWith.exec(detail)?.[1];
	return id === undefined
		? `the group is busy: ${detail}`
		: `the group is busy with ${id} by now: rollcall watch ${id} shows it`;
}
