import { nothing } from '../../diagnosis/knowledge.ts';
import { instancesToPing, type PreflightFacts } from '../../diagnosis/preflight/facts.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import { GatewayFailure } from '../../gateway/failure.ts';
import type { Examined } from './examined.ts';

/** The hosts that the group means now, and what Systems Manager and the load balancer say of them. */
export async function examineFleet(exam: Examined): Promise<void> {
	const group = await exam.group;
	if ('unanswered' in group) {
		exam.learn({ instances: group, onPremises: group, pings: group });
		return;
	}
	await Promise.all([
		examineInstances(exam, group.answer),
		examineOnPremises(exam, group.answer),
		examineHealth(exam, group.answer),
	]);
}

async function examineInstances(
	{ ask, learn }: Examined,
	{ platform, ec2Tags, autoScalingGroups }: DeploymentGroupSnapshot,
): Promise<void> {
	const isServer = platform === undefined || platform === 'Server';
	if (!isServer || !(ec2Tags || autoScalingGroups)) {
		learn({ instances: { answer: nothing }, pings: { answer: nothing } });
		return;
	}
	const query = { ...(ec2Tags && { tags: ec2Tags }), ...(autoScalingGroups && { autoScalingGroups }) };
	const instances = await ask('DescribeInstances', ({ hosts }, signal) => hosts.findInstances(query, signal));
	learn({ instances });
	if ('unanswered' in instances) {
		learn({ pings: instances });
		return;
	}
	const ids = instancesToPing(instances.answer).map(({ id }) => id);
	const pings = await ask('DescribeInstanceInformation', ({ hosts }, signal) =>
		hosts.pingStates(ids, signal),
	);
	learn({ pings });
}

async function examineOnPremises(
	{ ask, learn }: Examined,
	{ onPremisesTags }: DeploymentGroupSnapshot,
): Promise<void> {
	if (!onPremisesTags) {
		learn({ onPremises: { answer: nothing } });
		return;
	}
	const onPremises = await ask('ListOnPremisesInstances', ({ hosts }, signal) =>
		hosts.findOnPremises(onPremisesTags, signal),
	);
	learn({ onPremises });
}

type Health = NonNullable<PreflightFacts['health']>;

async function examineHealth(
	{ ask, learn }: Examined,
	{ loadBalancers = [] }: DeploymentGroupSnapshot,
): Promise<void> {
	let health: Health = new Map();
	const names = new Set(loadBalancers.flatMap(({ kind, name }) => (kind === 'target-group' ? name : [])));
	await Promise.all(
		[...names].map(async name => {
			const asked = await ask('DescribeTargetHealth', (gateways, signal) =>
				gateways.loadBalancers.targetHealth(name, signal).catch(nothingIfMissing),
			);
			health = new Map([...health, [name, asked]]);
			learn({ health });
		}),
	);
}

function nothingIfMissing(error: unknown): typeof nothing {
	if (error instanceof GatewayFailure && error.kind === 'missing') return nothing;
	throw error;
}
