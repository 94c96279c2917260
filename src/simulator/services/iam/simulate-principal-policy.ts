import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import { mayRole, type Role } from '../../world/account.ts';
import type { World } from '../../world/world.ts';
import { markedPage, noSuchEntity } from './lookups.ts';

/** What a role's policies make of actions on resources. Conditions and bucket policies are not looked at. */
export const simulatePrincipalPolicy: Operation = (input, { world }) => {
	const role = findSource(world, input);
	const actions = input.strings('ActionNames') ?? [];
	const malformed = actions.find(action => !/^[a-zA-Z0-9-]+:[a-zA-Z0-9*]+$/.test(action));
	if (actions.length === 0 || malformed !== undefined) {
		throw new ServiceError('InvalidInput', `Invalid Action Name: ${malformed ?? ''}`);
	}
	const resources = input.strings('ResourceArns') ?? ['*'];
	const asked = actions.flatMap(action => resources.map(resource => ({ action, resource })));
	const key = (each: { readonly action: string; readonly resource: string }) =>
		`${each.action} ${each.resource}`;
	const { items, rest } = markedPage(input, `simulation ${role.name}`, asked, key);
	return {
		EvaluationResults: items.map(each => evaluation(world, role, each.action, each.resource)),
		...rest,
	};
};

function findSource(world: World, input: Input): Role {
	const arn = input.string('PolicySourceArn') ?? '';
	const name = /^arn:aws:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
	if (name === undefined) throw new ServiceError('InvalidInput', `Invalid Entity Arn: ${arn}`);
	const role = world.account.roles.get(name);
	if (role) return role;
	throw noSuchEntity(`The role with name ${name} cannot be found.`);
}

/** AWS: EvaluationResult. */
function evaluation(world: World, role: Role, action: string, resource: string) {
	const { decision, matched } = mayRole(world.account, role, action, resource);
	return {
		EvalActionName: action,
		EvalResourceName: resource,
		EvalDecision: decision,
		MatchedStatements: matched.map(sourceId => ({
			SourcePolicyId: sourceId,
			SourcePolicyType: 'IAM Policy',
			StartPosition: { Line: 1, Column: 40 },
			EndPosition: { Line: 1, Column: 200 },
		})),
		MissingContextValues: [],
	};
}
