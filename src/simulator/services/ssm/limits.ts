import type { Input } from '../../server/input.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { SentCommand } from '../../world/sent-command.ts';
import type { World } from '../../world/world.ts';
import { type PageOf, type PageRequest, pageOf } from '../paging.ts';

/** What the operations of Systems Manager have in common. */

export function constraintError(member: string, value: unknown, rule: string): ServiceError {
	return new ServiceError(
		'ValidationException',
		`1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${rule}`,
	);
}

/** A whole number within bounds, or `fallback` when none is given. */
export function readBetween(input: Input, name: string, low: number, high: number, fallback: number): number {
	const value = input.number(name) ?? fallback;
	if (Number.isInteger(value) && value >= low && value <= high) return value;
	const member = name.charAt(0).toLowerCase() + name.slice(1);
	throw constraintError(member, value, `Member must have value between ${low} and ${high}`);
}

export function ssmPage<T>(request: PageRequest<T>): PageOf<T> {
	try {
		return pageOf(request);
	} catch (error) {
		if (!(error instanceof ServiceError) || error.code !== 'InvalidNextTokenException') throw error;
		throw new ServiceError('InvalidNextToken', 'The specified token is not valid.');
	}
}

export function findCommand(world: World, input: Input): SentCommand {
	const id = input.string('CommandId') ?? '';
	const command = world.commands.get(id);
	if (command) return command;
	throw new ServiceError('InvalidCommandId', `The command ID ${id} is not valid.`);
}
