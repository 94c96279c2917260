import type { DeployOptions } from '../domain/deploy-order.ts';
import { plainOptions } from '../domain/deploy-order.ts';
import { hasEnded } from '../domain/deployment.ts';
import { isForHosts } from '../domain/deployment-group.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { isReading } from '../monitor/reduce-ui.ts';
import type { Rollout } from '../monitor/state.ts';
import type { DeployRequest } from '../monitor/ui-state.ts';
import type { ActionSpec } from './action.ts';
import { planImpact } from './deploying/impact.ts';
import { type PlanObstacle, planObstacles } from './deploying/obstacles.ts';
import { createDeploymentArguments, orderOf, planTitle, usualOptions } from './deploying/order.ts';

/** AWS: CreateDeployment, with a revision that was deployed before. */
export const deployAction: ActionSpec<DeployRequest> = {
	title: planTitle,
	refusal(rollout) {
		const deployment = rollout.deployment.data;
		if (!deployment) return 'the deployment has not been read yet';
		if (!hasEnded(deployment)) {
			return `the group is busy with this deployment (${deployment.status}): wait for its end, or stop it`;
		}
		if (deployment.application === undefined || deployment.group === undefined) {
			return 'AWS does not say which group this deployment is of';
		}
		if (deployment.externalId !== undefined && deployment.creator?.startsWith('CloudFormation')) {
			return 'CloudFormation makes the deployments of this group: update the stack instead';
		}
		return undefined;
	},
	impact: (_state, _rollout, request) =>
		request.plan ? planImpact(request.plan, optionsOf(request)) : { rows: [], notes: [], warnings: [] },
	command(request) {
		const order = request.plan && orderOf(request.plan, optionsOf(request));
		return order ? createDeploymentArguments(order) : [];
	},
	variant: () => undefined,
};

/** The question as it opens: what would be deployed is still to be read. */
export const deployRequest = (
	{ id, deployment: { data } }: Rollout,
	purpose: DeployRequest['purpose'],
): DeployRequest => ({
	action: 'deploy',
	deploymentId: id,
	purpose,
	to: { application: data?.application ?? '', group: data?.group ?? '' },
	from: purpose === 'roll-back' ? 'last-successful' : id,
	chosen: {},
	candidates: [],
});

/** What the deployment would be made with: what was chosen, else what is usual. */
export const optionsOf = ({ plan, chosen }: DeployRequest): DeployOptions => ({
	...(plan ? usualOptions(plan) : plainOptions),
	...chosen,
});

/** What is in the way; empty while it is not known. */
export const obstaclesOf = (request: DeployRequest): readonly PlanObstacle[] =>
	request.plan ? planObstacles(request.plan, optionsOf(request)) : [];

/** Whether it can be confirmed as it is now. */
export const isConfirmable = (request: DeployRequest): boolean =>
	request.plan !== undefined && obstaclesOf(request).length === 0;

/** Why it cannot be confirmed, in one line; undefined when it can. */
export function whyNotConfirmable(request: DeployRequest): string | undefined {
	if (isReading(request)) return 'what would be deployed is still being read';
	if (request.problem !== undefined) return request.problem;
	const [obstacle] = obstaclesOf(request);
	return obstacle?.text;
}

/** The request with an option turned to its next value; undefined where the option means nothing. */
export function withOption(request: DeployRequest, option: keyof DeployOptions): DeployRequest | undefined {
	if (!request.plan || !offeredOptions(request).includes(option)) return undefined;
	const { chosen } = request;
	const options = optionsOf(request);
	switch (option) {
		case 'overrideAlarms':
		case 'ignoreApplicationStopFailures':
			return { ...request, chosen: { ...chosen, [option]: !options[option] } };
		case 'fileExistsBehavior': {
			const at = behaviors.findIndex(each => each === (options.fileExistsBehavior ?? 'DISALLOW'));
			const next = behaviors[(at + 1) % behaviors.length] ?? 'DISALLOW';
			return { ...request, chosen: { ...chosen, fileExistsBehavior: next } };
		}
	}
}

const behaviors = ['DISALLOW', 'OVERWRITE', 'RETAIN'] as const;

/** The options that mean something for the group. */
export function offeredOptions({ plan }: DeployRequest): readonly (keyof DeployOptions)[] {
	if (!plan) return [];
	const { alarms } = plan.group;
	const hasAlarms = alarms?.enabled === true && alarms.alarms.length > 0;
	return [
		...(hasAlarms ? (['overrideAlarms'] as const) : []),
		...(isForHosts(plan.group) ? (['ignoreApplicationStopFailures', 'fileExistsBehavior'] as const) : []),
	];
}

/** The request for an older (1) or a newer (-1) deployment to return to; undefined where there is none. */
export function withCandidate(request: DeployRequest, by: 1 | -1): DeployRequest | undefined {
	const next = request.candidates[candidateIndex(request) + by];
	return next && fromDeployment(request, next.id);
}

/** Where the chosen one stands among those that can be returned to; -1: it is not one of them. */
export function candidateIndex({ candidates, from, plan }: DeployRequest): number {
	const id = from === 'last-successful' ? (plan?.from?.id ?? candidates[0]?.id) : from;
	return candidates.findIndex(each => each.id === id);
}

/** What was read is about another deployment, and is forgotten. */
function fromDeployment(request: DeployRequest, from: DeploymentId): DeployRequest {
	const { plan: _plan, problem: _problem, ...rest } = request;
	return { ...rest, from };
}
