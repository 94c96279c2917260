/**
 * A CodeDeploy of prepared answers, in a process of its own so that what it costs does not count: one deployment to a
 * fleet of so many targets, of which a share changes each second. Started with `fork`; its first message is its address.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { lifecycles } from '../../src/simulator/world/lifecycle.ts';
import type { FleetOptions, ServerMessage, ServerOrder } from './fleet-protocol.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as FleetOptions;
const { targets: fleetSize, running = fleetSize, latencyMs } = options;
const deploymentId = 'd-BENCH0001';
const startedAt = Math.floor(Date.now() / 1000) - 120;
const events = lifecycles.install;

const idOf = (index: number) => `i-0${(0xabc0000000000 + index * 7919).toString(16).padStart(16, '0')}`;
const ids = Array.from({ length: fleetSize }, (_, index) => idOf(index));
const indexOf = new Map(ids.map((id, index) => [id, index]));
/** How many events of each target are done: what changes. Running ones come first in the list. */
const progress = Array.from({ length: fleetSize }, (_, index) => (index * 3) % events.length);
const calls = new Map<string, number>();
let bytes = 0;
let firstAt: number | undefined;
let lastAt = 0;

function advance(index: number): void {
	progress[index] = ((progress[index] ?? 0) + 1) % events.length;
}

let cursor = 0;
let changesPerSecond = options.changesPerSecond;
setInterval(() => {
	for (let count = 0; count < changesPerSecond; count += 1) {
		advance(cursor % fleetSize);
		cursor += Math.max(1, Math.floor(fleetSize / Math.max(1, changesPerSecond)));
	}
}, 1000).unref();

function targetOf(id: string): object {
	const index = indexOf.get(id) ?? 0;
	const isRunning = index < running;
	const done = isRunning ? (progress[index] ?? 0) : -1;
	return {
		deploymentTargetType: 'InstanceTarget',
		instanceTarget: {
			deploymentId,
			targetId: id,
			targetArn: `arn:aws:ec2:eu-west-1:123456789012:instance/${id}`,
			status: isRunning ? 'InProgress' : 'Pending',
			lastUpdatedAt: Date.now() / 1000,
			instanceLabel: 'Blue',
			lifecycleEvents: events.map((name, at) => ({
				lifecycleEventName: name,
				status: at < done ? 'Succeeded' : at === done ? 'InProgress' : 'Pending',
				...(at <= done && { startTime: startedAt + at * 4 }),
				...(at < done && { endTime: startedAt + at * 4 + 3 }),
				diagnostics: { errorCode: 'Success', scriptName: '', message: '', logTail: '' },
			})),
		},
	};
}

const group = {
	applicationName: 'checkout-api',
	deploymentGroupName: 'bench',
	computePlatform: 'Server',
	deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
};

const answers: Readonly<Record<string, (input: Record<string, unknown>) => object>> = {
	GetDeployment: () => ({
		deploymentInfo: {
			...group,
			deploymentId,
			status: 'InProgress',
			createTime: startedAt,
			startTime: startedAt,
			creator: 'user',
			revision: {
				revisionType: 'S3',
				s3Location: { bucket: 'releases', key: 'checkout-api/build-4711.zip', bundleType: 'zip' },
			},
			deploymentOverview: {
				Pending: fleetSize - running,
				InProgress: running,
				Succeeded: 0,
				Failed: 0,
				Skipped: 0,
				Ready: 0,
			},
			deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
		},
	}),
	ListDeploymentTargets(input) {
		const filters = input.targetFilters as { readonly TargetStatus?: readonly string[] } | undefined;
		if (filters?.TargetStatus && !filters.TargetStatus.includes('InProgress')) return { targetIds: [] };
		const from = Number(input.nextToken ?? 0);
		const to = Math.min(fleetSize, from + 100);
		return { targetIds: ids.slice(from, to), ...(to < fleetSize && { nextToken: String(to) }) };
	},
	BatchGetDeploymentTargets: input => ({
		deploymentTargets: (input.targetIds as readonly string[]).map(targetOf),
	}),
	GetDeploymentConfig: () => ({
		deploymentConfigInfo: {
			deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
			minimumHealthyHosts: { type: 'HOST_COUNT', value: 0 },
			computePlatform: 'Server',
		},
	}),
	GetDeploymentGroup: () => ({ deploymentGroupInfo: group }),
	ListDeployments: () => ({ deployments: [deploymentId] }),
};

const server = createServer(async (request, response) => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const operation =
		String(request.headers['x-amz-target'] ?? 'other')
			.split('.')
			.at(-1) ?? 'other';
	calls.set(operation, (calls.get(operation) ?? 0) + 1);
	firstAt ??= Date.now();
	if (latencyMs > 0) await sleep(latencyMs);
	const answer = answers[operation];
	const body = answer
		? JSON.stringify(answer(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>))
		: JSON.stringify({ __type: 'AccessDeniedException', message: 'not part of the measurement' });
	response.writeHead(answer ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
	response.end(body);
	bytes += body.length;
	if (operation === 'BatchGetDeploymentTargets') lastAt = Date.now();
});

process.on('message', (order: ServerOrder) => {
	if (order.type === 'change') changesPerSecond = order.perSecond;
	if (order.type === 'report') {
		tell({
			type: 'report',
			calls: Object.fromEntries(calls),
			bytes,
			pictureMs: lastAt - (firstAt ?? lastAt),
		});
	}
});

function tell(message: ServerMessage): void {
	process.send?.(message);
}

server.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as AddressInfo;
	tell({ type: 'listening', url: `http://127.0.0.1:${port}`, deploymentId });
});
