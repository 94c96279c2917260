import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { awaitsFollowOn, storyOf } from '../../src/domain/story.ts';
import { deployment } from './builders.ts';

const id = asDeploymentId;
const build = (number: number) => ({ type: 's3', bucket: 'b', key: `build-${number}.zip` }) as const;

/** In one group, created at minute `at`. */
const made = (name: string, at: number, more: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot =>
	deployment({
		id: id(name),
		application: 'checkout-api',
		group: 'prod-blue',
		creator: 'user',
		createdAt: at,
		revision: build(1),
		...more,
	});

const ended = (at: number, status = 'Succeeded') => ({ status, completedAt: at });

const root = made('d-ROOT', 0, {
	...ended(10),
	revision: build(2),
	related: { autoUpdates: [id('d-UPDATE')] },
});
const update = made('d-UPDATE', 12, {
	creator: 'CodeDeployAutoUpdate',
	revision: build(2),
	related: { autoUpdateRoot: id('d-ROOT'), autoUpdates: [] },
	...ended(14),
});
const launch = made('d-LAUNCH', 4, { creator: 'autoscaling', ...ended(6) });
const failed = made('d-FAILED', 0, {
	...ended(8, 'Failed'),
	rollback: { rollbackDeploymentId: id('d-BACK') },
});
const back = made('d-BACK', 9, {
	creator: 'codeDeployRollback',
	rollback: { triggeringDeploymentId: id('d-FAILED') },
});

const told = (of: string, ...all: readonly DeploymentSnapshot[]) =>
	storyOf(id(of), new Map(all.map(each => [each.id, each]))).map(chapter => `${chapter.id} ${chapter.role}`);

describe('a story', () => {
	const scaled = ['d-ROOT original', 'd-LAUNCH launch', 'd-UPDATE follow-on'];
	const undone = ['d-FAILED original', 'd-LAUNCH launch', 'd-BACK rollback'];

	test.each(['d-ROOT', 'd-LAUNCH', 'd-UPDATE'])('with a follow-on is the same from %s', of => {
		expect(told(of, update, launch, root)).toEqual(scaled);
	});

	test.each(['d-FAILED', 'd-LAUNCH', 'd-BACK'])('with a rollback is the same from %s', of => {
		expect(told(of, back, launch, failed)).toEqual(undone);
	});

	test('names what has not been read', () => {
		expect(told('d-FAILED', failed)).toEqual(['d-FAILED original', 'd-BACK rollback']);
		expect(told('d-BACK', back)).toEqual(['d-FAILED original', 'd-BACK rollback']);
		expect(told('d-ROOT', root)).toEqual(['d-ROOT original', 'd-UPDATE follow-on']);
		expect(told('d-UPDATE', update)).toEqual(['d-ROOT original', 'd-UPDATE follow-on']);
		expect(told('d-ROOT')).toEqual(['d-ROOT original']);
	});

	test('takes in what Auto Scaling did meanwhile in the same group, and nothing else', () => {
		const others = [
			made('d-BEFORE', -1, { creator: 'autoscaling' }),
			made('d-AFTER', 20, { creator: 'autoscaling' }),
			made('d-ELSEWHERE', 5, { creator: 'autoscaling', group: 'prod-green' }),
			made('d-NEXT', 20),
			made('d-GONE', 5, { creator: 'autoscalingTermination' }),
		];
		expect(told('d-ROOT', root, update, launch, ...others)).toEqual([
			'd-ROOT original',
			'd-LAUNCH launch',
			'd-GONE termination',
			'd-UPDATE follow-on',
		]);
	});

	test('of a launch with nothing beside it is that launch', () => {
		expect(told('d-LAUNCH', launch)).toEqual(['d-LAUNCH launch']);
		expect(told('d-LAUNCH', launch, made('d-LATER', 5))).toEqual(['d-LAUNCH launch']);
	});

	test('that goes in circles comes to an end', () => {
		const circle = made('d-CIRCLE', 0, {
			rollback: { rollbackDeploymentId: id('d-CIRCLE'), triggeringDeploymentId: id('d-CIRCLE') },
		});
		expect(told('d-CIRCLE', circle)).toHaveLength(1);
	});
});

describe('a follow-on is waited for', () => {
	const waits = (all: readonly DeploymentSnapshot[], of = 'd-ROOT', endedMs = 0) =>
		awaitsFollowOn(storyOf(id(of), new Map(all.map(each => [each.id, each]))), endedMs);
	const alone = { ...root, related: { autoUpdates: [] } };

	test('when a launched machine got another revision, and only for a while', () => {
		expect(waits([alone, launch])).toBe(true);
		expect(waits([alone, launch], 'd-ROOT', 120_000)).toBe(false);
	});

	test('but not without such a machine, nor once it is there, nor after a failure', () => {
		expect(waits([alone])).toBe(false);
		expect(waits([alone, { ...launch, revision: build(2) }])).toBe(false);
		expect(waits([root, launch, update])).toBe(false);
		expect(waits([failed, launch, back], 'd-FAILED')).toBe(false);
	});
});
