import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Host } from '../../world/host.ts';
import { drawUuid } from '../../world/identifiers.ts';
import type { SentCommand } from '../../world/sent-command.ts';
import type { World } from '../../world/world.ts';
import { instanceTags } from '../ec2/instance-shape.ts';
import { commandShape } from './command-shape.ts';
import { deliver } from './deliver.ts';
import { constraintError, readBetween } from './limits.ts';
import { managedHosts } from './managed-hosts.ts';

const mostInstances = 50;
const mostTargets = 5;
const longestComment = 100;
const usualTimeoutSeconds = 3600;
/** AWS keeps thousands; a simulator may serve for days. */
const mostCommands = 500;

/** The documents that can be run, and the platform each is for. */
const documents: Readonly<Record<string, Host['machine']['platform'] | 'any'>> = {
	'AWS-RunShellScript': 'linux',
	'AWS-RunPowerShellScript': 'any',
};

/** Takes a command for machines; how it goes is told by its invocations. */
export const sendCommand: Operation = (input, { world }) => {
	const documentName = readDocument(input);
	const parameters = input.structure('Parameters');
	const commands = parameters?.strings('commands') ?? [];
	if (commands.length === 0) throw new ServiceError('InvalidParameters', 'commands is required');
	const hosts = chooseHosts(world, input, documentName);
	const deliveryTimeoutSeconds = readBetween(input, 'TimeoutSeconds', 30, 2_592_000, usualTimeoutSeconds);
	const executionTimeoutSeconds = readExecutionTimeout(parameters);
	const { now } = world.clockwork;
	const command: SentCommand = {
		id: drawUuid(world.chance(`command after ${[...world.commands.keys()].at(-1)} at ${now}`)),
		documentName,
		comment: readComment(input),
		commands,
		instanceIds: hosts.map(({ id }) => id),
		requestedAt: now,
		expiresAt: now + (deliveryTimeoutSeconds + executionTimeoutSeconds) * 1000,
		executionTimeoutSeconds,
		deliveryTimeoutSeconds,
		invocations: new Map(
			hosts.map(({ id }) => [
				id,
				{
					status: 'Pending',
					statusDetails: 'Pending',
					startedAt: undefined,
					endedAt: undefined,
					responseCode: -1,
					stdout: '',
					stderr: '',
				},
			]),
		),
	};
	for (const host of hosts) deliver(world, command, host);
	world.commands.set(command.id, command);
	const [oldest] = world.commands.keys();
	if (world.commands.size > mostCommands && oldest !== undefined) world.commands.delete(oldest);
	return { Command: commandShape(command) };
};

function readDocument(input: Input): string {
	const name = (input.string('DocumentName') ?? '').replace(/^arn:aws:ssm:[^/]*document\//, '');
	if (Object.hasOwn(documents, name)) return name;
	throw new ServiceError('InvalidDocument', `Document with name ${name} does not exist.`);
}

function readComment(input: Input): string {
	const comment = input.string('Comment') ?? '';
	if (comment.length <= longestComment) return comment;
	throw constraintError(
		'comment',
		comment,
		`Member must have length less than or equal to ${longestComment}`,
	);
}

function readExecutionTimeout(parameters: Input | undefined): number {
	const [text = String(usualTimeoutSeconds)] = parameters?.strings('executionTimeout') ?? [];
	const seconds = Number(text);
	if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 172_800) return seconds;
	throw new ServiceError('InvalidParameters', `executionTimeout is not valid: ${text}`);
}

function chooseHosts(world: World, input: Input, documentName: string): readonly Host[] {
	const ids = input.strings('InstanceIds') ?? [];
	const targets = input.structures('Targets') ?? [];
	if (ids.length > mostInstances) {
		throw constraintError(
			'instanceIds',
			ids,
			`Member must have length less than or equal to ${mostInstances}`,
		);
	}
	if (targets.length > mostTargets) {
		throw constraintError(
			'targets',
			targets.length,
			`Member must have length less than or equal to ${mostTargets}`,
		);
	}
	if (ids.length === 0 && targets.length === 0) {
		throw new ServiceError('InvalidParameters', 'InstanceIds or Targets must be specified');
	}
	if (new Set(ids).size < ids.length) throw new ServiceError('DuplicateInstanceId', 'Duplicate instance id');
	const managed = managedHosts(world);
	const strangers = ids.filter(id => managed.get(id)?.terminatedAt !== undefined || !managed.has(id));
	if (strangers.length > 0) {
		throw new ServiceError(
			'InvalidInstanceId',
			`Instances [[${strangers.join(', ')}]] not in a valid state for account ${world.accountId}`,
		);
	}
	const chosen = ids.length > 0 ? ids : [...managed.values()].filter(isTarget(targets)).map(({ id }) => id);
	const hosts = chosen.flatMap(id => managed.get(id) ?? []);
	const platform = documents[documentName];
	if (platform !== 'any' && hosts.some(({ machine }) => machine.platform !== platform)) {
		throw new ServiceError(
			'UnsupportedPlatformType',
			`The document ${documentName} is not for this platform`,
		);
	}
	return hosts;
}

/** `InstanceIds`, or a tag. */
function isTarget(targets: readonly Input[]): (host: Host) => boolean {
	const tests = targets.map(target => {
		const key = target.string('Key') ?? '';
		const values = target.strings('Values') ?? [];
		const tag = key.replace(/^tag:/, '');
		return (host: Host) =>
			key === 'InstanceIds'
				? values.includes(host.id)
				: instanceTags(host).some(each => each.key === tag && values.includes(each.value));
	});
	return host => tests.every(fits => fits(host));
}
