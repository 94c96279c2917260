import { type AccessDecision, type RolePolicy, roleNameOf } from '../../domain/access.ts';
import { evaluatePolicies } from '../../domain/policy.ts';
import type { AccessGateway } from '../access.ts';
import { GatewayFailure } from '../failure.ts';
import { collect } from './collect.ts';
import { list, pageToken } from './fields.ts';
import { mapEvaluation, mapInstanceProfile, mapRole } from './map-access.ts';
import { unlessDenied, unlessMissing } from './outcomes.ts';
import { attachedPolicies, boundaryPolicy, inlinePolicies } from './role-policies.ts';
import type { iamSdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

/** AWS: a page of a simulation has 100 decisions. */
const simulationPages = 20;

type Requests = readonly { readonly action: string; readonly resource: string }[];

/** AWS Identity and Access Management, reading only. */
export function createAccessGateway(iam: ServiceOf<typeof iamSdk>): AccessGateway {
	const gateway: AccessGateway = {
		async getRole(name, signal) {
			const answer = await unlessMissing(
				iam.read('GetRole', signal, sdk => new sdk.GetRoleCommand({ RoleName: name })),
			);
			return mapRole(answer?.Role);
		},

		async getPolicies(name, signal) {
			// The role itself tells its boundary; without the right to look at it, its policies may still be read.
			const role = await unlessDenied(gateway.getRole(name, signal), 'iam');
			if (role === undefined) return undefined;
			const [attached, inline, boundary] = await Promise.all([
				unlessMissing(attachedPolicies(iam, name, signal)),
				unlessMissing(inlinePolicies(iam, name, signal)),
				boundaryOf(role),
			]);
			if (attached === undefined || inline === undefined) return undefined;
			return [...attached, ...inline, ...boundary];

			async function boundaryOf(facts: NonNullable<typeof role>): Promise<readonly RolePolicy[]> {
				if ('needs' in facts) return [{ kind: 'boundary', name: 'an unseen boundary', needs: facts.needs }];
				return facts.boundaryArn === undefined ? [] : [await boundaryPolicy(iam, facts.boundaryArn, signal)];
			}
		},

		async getInstanceProfile(name, signal) {
			const answer = await unlessMissing(
				iam.read(
					'GetInstanceProfile',
					signal,
					sdk => new sdk.GetInstanceProfileCommand({ InstanceProfileName: name }),
				),
			);
			const profile = answer?.InstanceProfile;
			return profile && mapInstanceProfile(profile, name);
		},

		async simulate(roleArn, actions, resources, signal) {
			const requests = actions.flatMap(action => resources.map(resource => ({ action, resource })));
			if (requests.length === 0) return [];
			const simulated = await unlessDenied(simulate(roleArn, actions, resources, signal), 'iam');
			if (!('needs' in simulated)) return complete(requests, simulated);
			return fromPolicies(roleArn, requests, simulated.needs, signal);
		},
	};
	return gateway;

	function simulate(
		roleArn: string,
		actions: readonly string[],
		resources: readonly string[],
		signal: AbortSignal,
	): Promise<readonly AccessDecision[]> {
		const operation = 'SimulatePrincipalPolicy';
		return collect(operation, simulationPages, async token => {
			const answer = await iam.read(
				operation,
				signal,
				sdk =>
					new sdk.SimulatePrincipalPolicyCommand({
						PolicySourceArn: roleArn,
						ActionNames: [...actions],
						ResourceArns: [...resources],
						...(token !== undefined && { Marker: token }),
					}),
			);
			return {
				items: list(answer.EvaluationResults).flatMap(result => mapEvaluation(result, resources)),
				nextToken: answer.IsTruncated === true ? pageToken(answer.Marker) : undefined,
			};
		});
	}

	async function fromPolicies(
		roleArn: string,
		requests: Requests,
		needed: string,
		signal: AbortSignal,
	): Promise<readonly AccessDecision[]> {
		const name = roleNameOf(roleArn);
		if (name === undefined) return unknown(requests, 'it is no ARN of a role', [needed]);
		const policies = await unlessDenied(gateway.getPolicies(name, signal), 'iam');
		if (policies === undefined) throw noRole(name);
		if ('needs' in policies) {
			const needs = [needed, policies.needs];
			return unknown(requests, `needs ${needs.join(' or ')}`, needs);
		}
		const boundary = policies.find(({ kind }) => kind === 'boundary');
		const own = policies.filter(({ kind }) => kind !== 'boundary');
		const needs = [needed, ...new Set(policies.flatMap(policy => policy.needs ?? []))];
		return requests.map(request => {
			const verdict = evaluatePolicies(own, boundary, request);
			const by = 'policies' as const;
			return { ...request, ...verdict, by, ...(verdict.verdict === 'unknown' && { needs }) };
		});
	}
}

/** In the order of the question; what the answer leaves out is unknown. */
function complete(requests: Requests, decisions: readonly AccessDecision[]): readonly AccessDecision[] {
	return requests.map(
		request =>
			decisions.find(
				({ action, resource }) =>
					action.toLowerCase() === request.action.toLowerCase() && resource === request.resource,
			) ?? { ...request, verdict: 'unknown', reason: 'the simulation does not mention it', by: 'nothing' },
	);
}

const unknown = (requests: Requests, reason: string, needs: readonly string[]): readonly AccessDecision[] =>
	requests.map(request => ({ ...request, verdict: 'unknown', reason, by: 'nothing', needs }));

const noRole = (name: string): GatewayFailure =>
	new GatewayFailure({
		kind: 'missing',
		operation: 'SimulatePrincipalPolicy',
		code: 'NoSuchEntity',
		detail: `there is no role ${name}`,
	});
