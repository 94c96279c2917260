import type { TargetHealth } from '../../domain/load-balancer.ts';
import { notApplicable, ok, pending, unanswered, unknown } from '../checks/found.ts';
import { aws, showGroup } from '../commands.ts';
import { type Asked, type Nothing, nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import { counted, shorten } from '../words.ts';
import {
	type Fault,
	isServer,
	type PreflightFound,
	type PreflightJudge,
	type Scene,
	tellFaults,
} from './found.ts';

/**
 * What the load balancer thinks of the targets before anything is deployed (AWS: DescribeTargetHealth). AllowTraffic waits
 * up to an hour for each host to become healthy, and fails without a word of why (AWS user guide: troubleshooting a failed
 * AllowTraffic).
 */
export const judgeLoadBalancer: PreflightJudge = scene => {
	const { loadBalancers = [] } = scene.group;
	if (loadBalancers.length === 0) return notApplicable('the group uses no load balancer');
	const names = new Set(loadBalancers.flatMap(({ kind, name }) => (kind === 'target-group' ? name : [])));
	if (names.size === 0) return unknown('a classic load balancer is not looked at');
	const { health } = scene.facts;
	const asked = [...names].map(name => [name, health?.get(name)] as const);
	const answered = asked.flatMap(([name, answer]) => (answer ? [[name, answer] as const] : []));
	if (answered.length < asked.length) return pending;
	return judgeAll(scene, answered);
};

type AskedHealth = Asked<readonly TargetHealth[] | Nothing>;

function judgeAll(scene: Scene, groups: readonly (readonly [string, AskedHealth])[]): PreflightFound {
	const faults = groups.flatMap(([name, asked]) =>
		'answer' in asked ? faultsOf(scene, name, asked.answer) : [],
	);
	return tellFaults(faults, () => {
		const failed = groups.flatMap(([, asked]) => ('unanswered' in asked ? asked : []));
		const [first] = failed;
		if (first) return unanswered(first);
		const targets = groups.flatMap(([, asked]) =>
			'answer' in asked && asked.answer !== nothing ? asked.answer : [],
		);
		const healthy = targets.filter(({ state }) => state === 'healthy').length;
		return ok(
			`${healthy} of ${counted(targets.length, 'target')} healthy`,
			groups.map(([name]) => apiEvidence('target group', name)),
		);
	});
}

function faultsOf(scene: Scene, name: string, health: readonly TargetHealth[] | Nothing): readonly Fault[] {
	const { next, group } = scene;
	const commands = [aws(next, 'elbv2 describe-target-groups', { names: name })];
	if (health === nothing)
		return [
			{
				severity: 'error',
				summary: `there is no target group ${name}`,
				evidence: [apiEvidence('loadBalancerInfo', name)],
				steps: ['Name a target group that exists in the deployment group, or create it again.'],
				commands: [...commands, ...showGroup(next)],
			},
		];
	const unhealthy = health.filter(({ state }) => state === 'unhealthy' || state === 'unavailable');
	const unused = health.filter(({ state, reason }) => state === 'unused' && reason === 'Target.NotInUse');
	const faults: Fault[] = [];
	if (unhealthy.length > 0)
		faults.push({
			severity: 'warning',
			summary: `${unhealthy.length} of ${counted(health.length, 'target')} unhealthy in ${name}`,
			evidence: unhealthy.slice(0, 8).map(healthEvidence),
			steps: [
				'See why the health check fails before you deploy: its path and port, the security groups, the application.',
				...(isServer(group)
					? ['A host that does not become healthy after its deployment fails it, up to an hour later.']
					: []),
			],
			commands,
		});
	// Of the two target groups of a service one is always idle.
	if (unused.length > 0 && isServer(group))
		faults.push({
			severity: 'warning',
			summary: `${name} is not used by any load balancer`,
			evidence: unused.slice(0, 3).map(healthEvidence),
			steps: ['Let a listener forward to it: until then none of its targets becomes healthy.'],
			commands,
		});
	return faults;
}

const healthEvidence = ({ targetId, state, reason, description }: TargetHealth) =>
	apiEvidence(
		`DescribeTargetHealth ${targetId}`,
		shorten([state, reason, description].filter(part => part !== undefined).join(': '), 300),
	);
