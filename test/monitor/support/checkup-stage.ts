import type { HostKnowledge } from '../../../src/diagnosis/knowledge.ts';
import type { HostCommand } from '../../../src/domain/host-command.ts';
import { asTargetId, type InstanceId, type TargetId } from '../../../src/domain/ids.ts';
import { GatewayFailure } from '../../../src/gateway/failure.ts';
import type { Operation } from '../../../src/monitor/watch.ts';
import { target, targetId, targetIds, watchedId } from './snapshots.ts';
import { createStage, type Stage, type StageOptions } from './stage.ts';

/** A rollout of six hosts that have all around them that a checklist looks at. */

const account = '123456789012';
export const serviceRoleArn = `arn:aws:iam::${account}:role/CodeDeployServiceRole`;
export const instanceRoleArn = `arn:aws:iam::${account}:role/checkout-instance`;
const profileArn = `arn:aws:iam::${account}:instance-profile/checkout-instance`;
export const keyArn = `arn:aws:kms:eu-west-1:${account}:key/7c1e2b9a-4d0f-4a6e-9b55-2f8d6a1c3e70`;

export const instanceId = (id: TargetId) => String(id) as InstanceId;

/** What a host that is well shows. */
export const shown: Partial<Record<HostCommand['kind'], string>> = {
	'agent-status': '   Loaded: loaded (/etc; enabled; x)\n   Active: active (running)',
	'agent-version': 'agent_version: OFFICIAL_1.7.0-92_rpm',
	disk: 'Filesystem Size Used Avail Use% Mounted on\n/dev/xvda1 8G 3G 5G 38% /',
	'scripts-log': 'Script - scripts/start.sh',
};

/** What the clock of a host shows. */
export const clockText = (at: number): string =>
	`${new Date(at).toISOString().slice(0, 19)}Z\nSystem clock synchronized: yes`;

/** The picture is whole, and nobody has asked for the checklist yet. */
export async function createCheckupStage(options: StageOptions = {}): Promise<Stage> {
	const ids = targetIds(6);
	const targets = options.targets ?? ids.map((id, at) => target(id, at < 2 ? 'Failed' : 'InProgress'));
	const stage = createStage({
		...options,
		targets,
		deployment: {
			revision: { type: 's3', bucket: 'acme-artifacts', key: 'build-4711.zip' },
			...options.deployment,
		},
	});
	const { aws } = stage;
	aws.group = { ...aws.group, serviceRoleArn };
	aws.instances = ids.map(id => ({
		id: instanceId(id),
		state: 'running',
		platform: 'linux',
		tags: [],
		instanceProfileArn: profileArn,
	}));
	aws.statuses = ids.map(id => ({ id: instanceId(id), system: 'ok', instance: 'ok', events: [] }));
	aws.pings = ids.map(id => ({ id: instanceId(id), status: 'Online' }));
	aws.roles = [{ name: 'CodeDeployServiceRole', arn: serviceRoleArn }];
	aws.profiles = [{ name: 'checkout-instance', role: { name: 'checkout-instance', arn: instanceRoleArn } }];
	aws.shipped = { agent: 'INFO  [codedeploy-agent(2101)]: started' };
	aws.bundle = { type: 'found', size: 4711 };
	aws.runOnHost = (_host, { kind }) => ({
		stdout: kind === 'clock' ? clockText(stage.clock.now()) : (shown[kind] ?? ''),
	});
	stage.start();
	await stage.advance(2_000);
	return stage;
}

/** Somebody wants the checklist run. */
export function askFor(stage: Stage, only?: TargetId): void {
	stage.store.dispatch({
		type: 'checkup.asked',
		id: watchedId,
		at: stage.clock.now(),
		...(only !== undefined && { only }),
	});
}

export function allowCommands({ store }: Stage): void {
	store.dispatch({ type: 'hostCommands.allowed' });
}

/** What has been found out of a host, by default of the first that has failed. */
export function known(stage: Stage, id: TargetId = targetId(0)): HostKnowledge {
	return stage.rollout().knowledge.hosts.get(id) ?? {};
}

/** Nobody is allowed these. */
export function deny(stage: Stage, ...operations: readonly Operation[]): void {
	stage.aws.fault = ({ operation }) =>
		operations.includes(operation)
			? new GatewayFailure({
					kind: 'denied',
					operation,
					code: 'AccessDenied',
					detail: 'not you',
					action: `some:${operation}`,
				})
			: undefined;
}

export const named = (name: string): TargetId => asTargetId(name);
