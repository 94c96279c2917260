import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import { cancel } from './deliver.ts';
import { findCommand } from './limits.ts';

/** Ends what has not ended, on all machines of the command or on those named. */
export const cancelCommand: Operation = (input, { world }) => {
	const command = findCommand(world, input);
	const ids = input.strings('InstanceIds') ?? [];
	const strangers = ids.filter(id => !command.invocations.has(id));
	if (strangers.length > 0) {
		throw new ServiceError('InvalidInstanceId', `The command was not sent to ${strangers.join(', ')}`);
	}
	for (const [id, invocation] of command.invocations) {
		if (ids.length === 0 || ids.includes(id)) cancel(invocation, world.clockwork.now);
	}
	return {};
};
