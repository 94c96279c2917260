import { describe, expect, test } from 'vitest';
import { carryOut } from '../../../src/actions/carry-out.ts';
import { deployDeed } from '../../../src/actions/deploying/deploy-deed.ts';
import { orderOf } from '../../../src/actions/deploying/order.ts';
import { plainOptions } from '../../../src/domain/deploy-order.ts';
import type { DeploymentGroupSnapshot } from '../../../src/domain/deployment-group.ts';
import type { DeploymentId } from '../../../src/domain/ids.ts';
import { type FailureDetails, GatewayFailure } from '../../../src/gateway/failure.ts';
import { deployment } from '../../view/support/stories.ts';
import { badId, goodId, otherId, plan } from './plans.ts';

type Answers = {
	readonly forbidden?: string;
	readonly group?: Partial<DeploymentGroupSnapshot> | Error;
	readonly active?: DeploymentId;
	readonly create?: Error;
	/** New after the call. */
	readonly appears?: DeploymentId;
	readonly description?: string;
	readonly readBack?: Error;
};

const failure = (kind: FailureDetails['kind'], code: string, detail = 'in AWS’s words') =>
	new GatewayFailure({ kind, operation: 'CreateDeployment', code, detail });

/** What came of it, and everything that was done, in order. */
async function run(answers: Answers) {
	const told: string[] = [];
	const of = plan();
	const order = orderOf(of, plainOptions);
	if (!order) throw new Error('there is nothing to deploy');
	let wasSent = false;
	const deed = deployDeed(of, order, {
		signal: new AbortController().signal,
		codeDeploy: {
			async getDeploymentGroup() {
				if (answers.group instanceof Error) throw answers.group;
				return { ...of.group, ...answers.group };
			},
			async listDeployments({ statuses }) {
				if (statuses) return { items: answers.active ? [answers.active] : [] };
				if (wasSent && answers.readBack) throw answers.readBack;
				return { items: [...(wasSent && answers.appears ? [answers.appears] : []), badId, goodId] };
			},
			getDeployments: async ids =>
				ids.map(id => deployment({ id, description: answers.description ?? order.description ?? '' })),
			async createDeployment() {
				told.push('create');
				wasSent = true;
				if (answers.create) throw answers.create;
				return otherId;
			},
		},
	});
	const outcome = await carryOut(deed, answers.forbidden, (as, _detail, created) =>
		told.push(['audit', as, created].filter(Boolean).join(' ')),
	);
	return { told, ...outcome };
}

test('what was confirmed is recorded, sent once, and recorded with the new deployment', async () => {
	expect(await run({})).toEqual({
		told: ['audit sending', 'create', `audit accepted ${otherId}`],
		outcome: 'accepted',
		tone: 'good',
		detail: `${otherId} was created`,
		created: otherId,
	});
});

describe('nothing is sent', () => {
	test.each<[string, Answers, RegExp]>([
		['in a read-only session', { forbidden: 'read-only session' }, /^read-only session/],
		[
			'to a group that is busy by now',
			{ active: otherId },
			/busy with d-3KDQ7MN2X \(rollcall watch d-3KDQ7MN2X\)/,
		],
		[
			'after another deployment',
			{ group: { lastAttempted: { id: otherId } } },
			/newest deployment was d-9FG52BI40, and is d-3KDQ7MN2X/,
		],
		[
			'after another success',
			{ group: { lastSuccessful: { id: otherId } } },
			/last successful deployment was/,
		],
		[
			'to a group of another configuration',
			{ group: { configName: 'All' } },
			/configuration was CodeDeployDefault.HalfAtATime, and is All/,
		],
		[
			'to a group with other alarms',
			{ group: { alarms: { enabled: false, ignorePollAlarmFailure: false, alarms: ['checkout-5xx'] } } },
			/alarms was checkout-5xx, and is checkout-5xx, switched off/,
		],
		[
			'to a group that rolls back no more',
			{ group: { autoRollback: { enabled: false, events: [] } } },
			/automatic rollback was on for/,
		],
		[
			'to a group with another target',
			{ group: { targetRevision: { type: 'other', name: 'x' } } },
			/target revision was/,
		],
		[
			'to a group that was made anew',
			{ group: { id: 'another' } },
			/the group was made anew: its id has changed/,
		],
		['to a group of another kind', { group: { type: 'BLUE_GREEN' } }, /its kind of deployment has changed/],
		[
			'to other hosts',
			{ group: { ec2Tags: [[{ key: 'stage', value: 'prod' }]] } },
			/its EC2 tags have changed/,
		],
		['to another service', { group: { ecsServices: [{ cluster: 'a', service: 'b' }] } }, /its ECS services/],
		['past a load balancer', { group: { trafficControl: false } }, /its traffic control has changed/],
		[
			'to be terminated after another time',
			{ group: { blueGreen: { onSuccess: 'TERMINATE' } } },
			/its blue.green settings have changed/,
		],
		[
			'to a group that cannot be read',
			{ group: failure('denied', 'AccessDeniedException') },
			/^nothing was sent, because/,
		],
	])('%s', async (_, answers, detail) => {
		const outcome = await run(answers);
		expect(outcome).toMatchObject({ told: ['audit refused'], outcome: 'refused' });
		expect(outcome.detail).toMatch(detail);
		expect(outcome.created).toBeUndefined();
	});
});

describe('what AWS refuses', () => {
	const busy = failure(
		'invalid',
		'DeploymentLimitExceededException',
		"The Deployment Group 'prod-blue' already has an active Deployment 'd-3KDQ7MN2X'",
	);
	test.each<[string, Error, string]>([
		[
			'because it is busy',
			busy,
			'the group is busy with d-3KDQ7MN2X by now: rollcall watch d-3KDQ7MN2X shows it',
		],
		['for a role', failure('invalid', 'InvalidRoleException'), 'InvalidRoleException: in AWS’s words'],
		['for its rate', failure('throttled', 'ThrottlingException'), 'ThrottlingException: in AWS’s words'],
	])('%s is said in a line, and not sent again', async (_, create, detail) => {
		expect(await run({ create })).toMatchObject({
			told: ['audit sending', 'create', 'audit failed'],
			outcome: 'failed',
			detail,
		});
	});
});

describe('without an answer the group is read back, and nothing is sent again', () => {
	const create = failure('network', 'ECONNRESET');
	test.each<[string, Answers, RegExp, DeploymentId | undefined]>([
		['a new deployment with its description is it', { appears: otherId }, /d-3KDQ7MN2X is it/, otherId],
		[
			'one with another is not',
			{ appears: otherId, description: 'theirs' },
			/which is another one/,
			undefined,
		],
		['none is there', {}, /the group has no new deployment/, undefined],
		['nothing can be read', { readBack: create }, /cannot be read back/, undefined],
		['a fault is no answer', { create: failure('service', 'InternalFailure') }, /InternalFailure/, undefined],
	])('%s', async (_, answers, detail, created) => {
		const outcome = await run({ create, ...answers });
		expect(outcome.told.filter(what => what === 'create')).toHaveLength(1);
		expect(outcome).toMatchObject({ outcome: 'unknown', detail: expect.stringMatching(detail) });
		expect(outcome.created).toBe(created);
	});
});
