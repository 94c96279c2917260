import type { Input } from '../../server/input.ts';
import type { Service } from '../../server/service.ts';
import type { World } from '../../world/world.ts';
import { denialMessage } from '../denial.ts';
import { cancelCommand } from './cancel-command.ts';
import { describeInstanceInformation } from './instance-information.ts';
import { getCommandInvocation, listCommandInvocations } from './invocations.ts';
import { sendCommand } from './send-command.ts';
import { startSession } from './start-session.ts';

/** Systems Manager, as far as it reaches machines. */
export const ssm: Service = {
	name: 'SSM',
	protocol: { type: 'json', version: '1.1', targetPrefix: 'AmazonSSM', queryCompatible: false },
	denial: (operation, input, { world }) =>
		denialMessage(world, `ssm:${operation}`, resourceOf(world, operation, input)),
	operations: {
		CancelCommand: cancelCommand,
		DescribeInstanceInformation: describeInstanceInformation,
		GetCommandInvocation: getCommandInvocation,
		ListCommandInvocations: listCommandInvocations,
		SendCommand: sendCommand,
		StartSession: startSession,
	},
};

function resourceOf(world: World, operation: string, { raw }: Input): string {
	const { region, accountId } = world;
	const ids = Array.isArray(raw.InstanceIds) ? raw.InstanceIds : [];
	const id = operation === 'StartSession' ? raw.Target : ids[0];
	return typeof id === 'string'
		? `arn:aws:ec2:${region}:${accountId}:instance/${id}`
		: `arn:aws:ssm:${region}:${accountId}:*`;
}
