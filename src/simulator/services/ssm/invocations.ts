import type { Input } from '../../server/input.ts';
import type { Operation, OperationContext } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import { knownHosts } from '../../world/known-hosts.ts';
import type { Invocation, SentCommand } from '../../world/sent-command.ts';
import type { World } from '../../world/world.ts';
import { firstCharacters, pluginName } from './command-shape.ts';
import { invisibleMs } from './deliver.ts';
import { findCommand, readBetween, ssmPage } from './limits.ts';

const longestOutput = 24_000;
const longestError = 8_000;
/** Of a listing with details: both outputs together. */
const longestListedOutput = 2_500;

/** The first part of the output, once the script has ended. */
export const getCommandInvocation: Operation = (input, { world }) => {
	const command = findVisible(world, input);
	const instanceId = input.string('InstanceId') ?? '';
	const invocation = command?.invocations.get(instanceId);
	if (command === undefined || invocation === undefined) {
		throw new ServiceError('InvocationDoesNotExist', '');
	}
	const { startedAt, endedAt } = invocation;
	return {
		CommandId: command.id,
		InstanceId: instanceId,
		Comment: command.comment,
		DocumentName: command.documentName,
		DocumentVersion: '$DEFAULT',
		PluginName: pluginName(command),
		ResponseCode: invocation.responseCode,
		ExecutionStartDateTime: isoOrNothing(startedAt),
		ExecutionElapsedTime:
			endedAt !== undefined && startedAt !== undefined ? isoSpan(endedAt - startedAt) : '',
		ExecutionEndDateTime: isoOrNothing(endedAt),
		Status: invocation.status,
		StatusDetails: invocation.statusDetails,
		StandardOutputContent: firstCharacters(invocation.stdout, longestOutput),
		StandardOutputUrl: '',
		StandardErrorContent: firstCharacters(invocation.stderr, longestError),
		StandardErrorUrl: '',
		CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
	};
};

/** A command that was only just sent has no invocations yet: AWS does not say either that it exists. */
function findVisible(world: World, input: Input): SentCommand | undefined {
	const command = findCommand(world, input);
	const visibleAt = command.requestedAt + invisibleMs / world.speed;
	return world.clockwork.now >= visibleAt ? command : undefined;
}

type Listed = {
	readonly command: SentCommand;
	readonly instanceId: string;
	readonly invocation: Invocation;
};

/** Newest command first. */
export const listCommandInvocations: Operation = (input, { world }: OperationContext) => {
	const commandId = input.string('CommandId');
	const instanceId = input.string('InstanceId');
	const commands =
		commandId === undefined ? [...world.commands.values()].reverse() : [findVisible(world, input)];
	const all = commands.flatMap(command =>
		command === undefined
			? []
			: [...command.invocations].map(([id, invocation]) => ({ command, instanceId: id, invocation })),
	);
	const { items, nextToken } = ssmPage<Listed>({
		all,
		keyOf: each => `${each.command.id} ${each.instanceId}`,
		matches: each => instanceId === undefined || each.instanceId === instanceId,
		pageSize: readBetween(input, 'MaxResults', 1, 50, 50),
		scope: `invocations ${commandId} ${instanceId}`,
		token: input.string('NextToken'),
	});
	const isDetailed = input.boolean('Details') ?? false;
	const hosts = knownHosts(world);
	return {
		CommandInvocations: items.map(each => ({
			...commandInvocation(each, isDetailed),
			InstanceName: hosts.get(each.instanceId)?.machine.name ?? '',
		})),
		NextToken: nextToken,
	};
};

/** AWS: CommandInvocation. */
function commandInvocation({ command, instanceId, invocation }: Listed, isDetailed: boolean) {
	const state = { Status: invocation.status, StatusDetails: invocation.statusDetails };
	return {
		CommandId: command.id,
		InstanceId: instanceId,
		Comment: command.comment,
		DocumentName: command.documentName,
		DocumentVersion: '$DEFAULT',
		RequestedDateTime: command.requestedAt / 1000,
		...state,
		StandardOutputUrl: '',
		StandardErrorUrl: '',
		CommandPlugins: isDetailed
			? [
					{
						Name: pluginName(command),
						...state,
						ResponseCode: invocation.responseCode,
						ResponseStartDateTime: seconds(invocation.startedAt),
						ResponseFinishDateTime: seconds(invocation.endedAt),
						Output: listedOutput(invocation),
					},
				]
			: [],
	};
}

function listedOutput({ stdout, stderr }: Invocation): string {
	const both = stderr === '' ? stdout : `${stdout}\n----------ERROR-------\n${stderr}`;
	return firstCharacters(both, longestListedOutput);
}

function seconds(at: number | undefined): number | undefined {
	return at === undefined ? undefined : at / 1000;
}

function isoOrNothing(at: number | undefined): string {
	return at === undefined ? '' : new Date(at).toISOString();
}

/** `PT1.2S`, as ISO 8601 has it. */
function isoSpan(ms: number): string {
	return `PT${(ms / 1000).toFixed(3)}S`;
}
