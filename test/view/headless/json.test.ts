import { describe, expect, test } from 'vitest';
import { asDeploymentId, type DeploymentId } from '../../../src/domain/ids.ts';
import type { AppState } from '../../../src/monitor/state.ts';
import { findChanges } from '../../../src/view/changes.ts';
import { listDocument, mergeListed } from '../../../src/view/headless/list-json.ts';
import { noStatusDocument, statusDocument } from '../../../src/view/headless/status-json.ts';
import {
	changeDocument,
	heartbeatDocument,
	problemDocument,
	summaryDocument,
} from '../../../src/view/headless/wait-json.ts';
import { problemsOf } from '../../cli/schemas.ts';
import { hostId, noon } from '../support/cast.ts';
import { deployment, rollbackId, rolledBack, running, strange, tell, watchedId } from '../support/stories.ts';
import { ecs, lambda, ready } from '../support/traffic-stories.ts';

const stories: Readonly<Record<string, AppState>> = {
	running: running(),
	'rolled back': rolledBack(),
	'a failure that no rule knows': strange(),
	ECS: ecs(),
	Lambda: lambda(),
	Ready: ready(),
	'just created': tell({ deployment: { status: 'Created' } }),
	'a status that AWS has added since': tell({ deployment: { status: 'Pondering' } }),
};

const frame = { exitCode: 0, unread: [{ what: 'alarms', why: 'no answer yet' }] };
const snapshot = (state: AppState, id: DeploymentId = state.scope.deploymentId) =>
	statusDocument(state, id, frame);

describe('what is published in the schemas', () => {
	test.each(Object.entries(stories))('holds for a snapshot: %s', (_name, state) => {
		expect(problemsOf('status', snapshot(state))).toEqual([]);
	});

	test.each(Object.entries(stories))('holds for each line of a wait: %s', (_name, state) => {
		const id = state.scope.deploymentId;
		const lines = [
			...findChanges(undefined, state, id).map(change => changeDocument(change, state)),
			heartbeatDocument(state, id, 'succeeded'),
			summaryDocument('timed-out', snapshot(state), state.now),
		];
		expect(lines.flatMap(line => problemsOf('wait', line))).toEqual([]);
	});

	test('holds where there is nothing to tell', () => {
		const problem = { kind: 'expired', message: 'credentials expired' };
		const group = { application: 'checkout-api', group: 'prod-blue' };
		const nothing = noStatusDocument(group, { at: noon, exitCode: 5, problem });
		expect(problemsOf('status', nothing)).toEqual([]);
		expect(problemsOf('wait', problemDocument(5, problem, noon))).toEqual([]);
		expect(nothing).toMatchObject({ ...group, deploymentId: null, region: null, status: null, problem });
	});

	test('holds for a list, the newest first, of which one place could tell nothing', () => {
		const later = deployment({ id: rollbackId, createdAt: noon });
		const here = { label: 'prod', region: 'eu-west-1', profile: 'prod', problem: undefined };
		const there = { label: 'dev', region: undefined, profile: undefined };
		const problem = { kind: 'denied', message: 'not allowed: codedeploy:ListDeployments' };
		const places = [
			{ ...here, deployments: [deployment(), later] },
			{ ...there, deployments: [], problem },
		];
		const document = listDocument(places, mergeListed(places, 10), noon);
		expect(problemsOf('list', document)).toEqual([]);
		expect(document.deployments.map(each => each.deploymentId)).toEqual([rollbackId, watchedId]);
		expect(document.contexts[1]).toEqual({ label: 'dev', region: null, profile: null, problem });
		expect(mergeListed(places, 1)).toHaveLength(1);
	});

	test.each([
		['a field that is gone', { ...snapshot(running()), ended: undefined }],
		['a time that is a number', { ...snapshot(running()), at: noon }],
		['another version', { ...snapshot(running()), schema: 'rollcall/status/v2' }],
	])('does not hold for %s', (_what, wrong) => {
		expect(problemsOf('status', wrong)).toHaveLength(1);
	});

	test('a line of a type that is not known is no mistake, one that lacks what its type has is', () => {
		const line = { schema: 'rollcall/wait/v1', at: new Date(noon).toISOString() };
		expect(problemsOf('wait', { ...line, type: 'eclipse' })).toEqual([]);
		expect(problemsOf('wait', { ...line, type: 'connection' })).not.toEqual([]);
	});
});

test('a snapshot tells how far it is, what fails and why, what would end it, and what fires', () => {
	expect(snapshot(running())).toMatchObject({
		deploymentId: watchedId,
		status: 'InProgress',
		ended: false,
		elapsedSeconds: 90,
		startedBy: 'user',
		revision: 's3://acme-artifacts/releases/checkout-api/build-4711.zip',
		targets: { total: 24, succeeded: 10, failed: 5, inProgress: 3, pending: 6 },
		healthBudget: { state: 'left', failuresLeft: 7, minimumHealthy: 12 },
		alarms: [
			{ name: 'checkout-5xx', state: 'ALARM', since: '2026-11-23T12:01:00.000Z' },
			{ name: 'checkout-p99', state: 'OK' },
			{ name: 'checkout-queue-depth', state: 'DELETED', reason: null, since: null },
		],
		failures: [
			{
				event: 'AfterInstall',
				script: 'scripts/after_install.sh',
				word: 'exit 127',
				targets: [hostId(1), hostId(3), hostId(5)],
				cause: { id: 'crlf-line-endings' },
			},
			{ event: 'AllowTraffic', script: null },
			{ event: 'ValidateService', cause: { id: 'script-timeout' } },
		],
		rollback: null,
		consoleUrl: expect.stringMatching(/^https:.*d-9FG52BI40\?region=eu-west-1$/),
		unread: frame.unread,
		problem: null,
	});
});

test('a rollback is in the snapshot of what it takes back, and the other way round', () => {
	expect(snapshot(rolledBack())).toMatchObject({
		status: 'Failed',
		ended: true,
		healthBudget: null,
		eta: null,
		error: { code: 'HEALTH_CONSTRAINTS' },
		rollback: { deploymentId: rollbackId, role: 'rollback', status: 'Succeeded', targets: { total: 24 } },
	});
	expect(snapshot(rolledBack(), rollbackId).rollback).toMatchObject({
		deploymentId: watchedId,
		role: 'original',
		status: 'Failed',
	});
});

test('where AWS is not asked, there is no page in its console', () => {
	expect(snapshot(running({ session: { endpointUrl: 'http://127.0.0.1:4566' } })).consoleUrl).toBeNull();
});

test('the lines of a wait tell which deployment they are about', () => {
	const state = rolledBack();
	const lines = findChanges(undefined, state, watchedId).map(change => changeDocument(change, state));
	const statuses = lines.filter(line => line.type === 'status');
	expect(statuses).toMatchObject([
		{ deploymentId: watchedId, role: 'watched', status: 'Failed', ended: true },
		{ deploymentId: rollbackId, role: 'rollback', status: 'Succeeded', ended: true },
	]);
	const failure = lines.find(line => line.type === 'failure' && line.target === hostId(1));
	expect(failure).toMatchObject({
		event: 'AfterInstall',
		word: 'exit 127',
		cause: { id: 'crlf-line-endings', confidence: 'certain', firstStep: expect.stringContaining('script') },
	});
});

test('a rollback is told when it is known for one, though it had been read before', () => {
	const before = rolledBack({ deployment: { rollback: {} } });
	expect(findChanges(undefined, before, watchedId).some(({ type }) => type === 'failure')).toBe(true);
	expect(findChanges(before, rolledBack(), watchedId)).toMatchObject([
		{ type: 'status', role: 'rollback', deployment: { id: rollbackId, status: 'Succeeded' } },
	]);
	expect(findChanges(rolledBack(), rolledBack(), watchedId)).toEqual([]);
});

test('before anything is known, a sign of life says that', () => {
	const id = asDeploymentId('d-UNKNOWN00');
	const line = heartbeatDocument(running(), id, 'succeeded');
	expect(problemsOf('wait', line)).toEqual([]);
	expect(line).toMatchObject({ status: null, targets: null, waitingFor: 'waiting for the first answer' });
});
