import type { Input } from '../../server/input.ts';
import { queryNumber } from '../../server/query-input.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { ManagedPolicy, Role } from '../../world/account.ts';
import type { PolicyDocument, PolicyStatement } from '../../world/policy.ts';
import type { World } from '../../world/world.ts';
import { pageOf } from '../paging.ts';

/** What the operations of IAM have in common. */

export function noSuchEntity(message: string): ServiceError {
	return new ServiceError('NoSuchEntity', message, { status: 404 });
}

export function findRole(world: World, input: Input): Role {
	const name = input.string('RoleName') ?? '';
	const role = world.account.roles.get(name);
	if (role) return role;
	throw noSuchEntity(`The role with name ${name} cannot be found.`);
}

export function findPolicy(world: World, input: Input): ManagedPolicy {
	const arn = input.string('PolicyArn') ?? '';
	const policy = world.account.managedPolicies.get(arn);
	if (policy) return policy;
	throw noSuchEntity(`Policy ${arn} was not found.`);
}

/** IAM sends documents as URL-encoded JSON. One value stands for a list of one. */
export function encodedDocument(document: PolicyDocument): string {
	const statements = document.Statement.map((statement: PolicyStatement) => ({
		...statement,
		Action: alone(statement.Action),
		...(statement.Resource && { Resource: alone(statement.Resource) }),
	}));
	return encodeURIComponent(JSON.stringify({ Version: document.Version, Statement: statements }));
}

function alone(values: readonly string[]): string | readonly string[] {
	const [only] = values;
	return values.length === 1 && only !== undefined ? only : values;
}

/** A page of a list, as IAM continues it: with a marker. */
export function markedPage<T>(input: Input, scope: string, all: readonly T[], keyOf: (item: T) => string) {
	const size = queryNumber(input, 'MaxItems') ?? 100;
	if (size < 1 || size > 1000)
		throw new ServiceError('ValidationError', 'MaxItems must be between 1 and 1000');
	try {
		const { items, nextToken } = pageOf({ all, keyOf, pageSize: size, scope, token: input.string('Marker') });
		return { items, rest: { IsTruncated: nextToken !== undefined, Marker: nextToken } };
	} catch (error) {
		if (!(error instanceof ServiceError) || error.code !== 'InvalidNextTokenException') throw error;
		throw new ServiceError('ValidationError', 'Invalid Marker.');
	}
}
