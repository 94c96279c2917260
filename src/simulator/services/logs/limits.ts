import { createHash } from 'node:crypto';
import type { Input } from '../../server/input.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { World } from '../../world/world.ts';
import { groupsIn, type LogGroup } from './shipped-logs.ts';

/** What the operations of CloudWatch Logs have in common. */

export function invalidParameter(message: string): ServiceError {
	return new ServiceError('InvalidParameterException', message);
}

export function readLimit(input: Input, most: number): number {
	const limit = input.number('limit') ?? most;
	if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
	throw invalidParameter(
		`1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
	);
}

/** The group a request names, by its name or its ARN. */
export function findGroup(world: World, input: Input): LogGroup {
	const identifier = input.string('logGroupName') ?? input.string('logGroupIdentifier') ?? '';
	const name = identifier.replace(/^arn:aws:logs:[^:]*:\d*:log-group:/, '').replace(/:\*$/, '');
	const group = groupsIn(world).find(each => each.name === name);
	if (group) return group;
	throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
}

export function groupArn({ region, accountId }: World, { name }: LogGroup): string {
	return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

/** A token for one request only, which tells where to go on. */
export function writeToken(scope: string, place: string): string {
	return Buffer.from(`${seal(scope)}${place}`).toString('base64url');
}

export function readToken(scope: string, token: string): string {
	const text = Buffer.from(token, 'base64url').toString();
	if (text.startsWith(seal(scope))) return text.slice(sealLength);
	throw invalidParameter('The specified nextToken is invalid.');
}

const sealLength = 16;

function seal(scope: string): string {
	return createHash('sha256').update(scope).digest('hex').slice(0, sealLength);
}
