import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as codeDeploy from '@aws-sdk/client-codedeploy';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainOptions } from '../../src/domain/deploy-order.ts';
import { asDeploymentId, asTargetId } from '../../src/domain/ids.ts';
import { GatewayFailure } from '../../src/gateway/failure.ts';
import type { AllGateways } from '../../src/gateway/investigation.ts';
import type { StubAnswer } from '../support/stub-aws.ts';
import { never, stubAwsForEachTest } from './harness.ts';
import { expectClean, isRecord } from './mangled.ts';
import { answerTo, knownWords, text, type Wire, type WireAnswer } from './schema-answers.ts';

const stub = stubAwsForEachTest();

const id = asDeploymentId('d-75I7MBT7C');
const host = 'i-00251908fcdce4b31';
const range = { from: 0, to: 2_000_000_000_000 };
const tags = [[{ key: 'web', value: 'web' }]];
const role = 'arn:aws:iam::123456789012:role/web';
const order = {
	application: 'a',
	group: 'g',
	revision: { type: 'github' as const, repository: 'a/b', commitId: 'c' },
	options: plainOptions,
};
const alarm = {
	name: 'a',
	kind: 'metric' as const,
	state: 'OK',
	reason: '',
	query: { watched: 'web', queries: [] },
};

type Ask = (gateways: AllGateways) => Promise<unknown>;

/** Every operation, with how its service writes, and the method that asks for it. */
const questions: readonly (readonly [schema: readonly unknown[], wire: Wire, ask: Ask])[] = [
	[codeDeploy.GetDeployment$, 'json', aws => aws.codeDeploy.getDeployment(id, never)],
	[codeDeploy.ListDeploymentTargets$, 'json', aws => aws.codeDeploy.listTargetIds({ id }, never)],
	[
		codeDeploy.BatchGetDeploymentTargets$,
		'json',
		aws => aws.codeDeploy.getTargets(id, [asTargetId(host)], never),
	],
	[codeDeploy.GetDeploymentConfig$, 'json', aws => aws.codeDeploy.getDeploymentConfig('c', never)],
	[codeDeploy.GetDeploymentGroup$, 'json', aws => aws.codeDeploy.getDeploymentGroup('a', 'g', never)],
	[codeDeploy.ListDeployments$, 'json', aws => aws.codeDeploy.listDeployments({}, never)],
	[codeDeploy.BatchGetDeployments$, 'json', aws => aws.codeDeploy.getDeployments([id], never)],
	[codeDeploy.ListApplications$, 'json', aws => aws.codeDeploy.listApplications(undefined, never)],
	[
		codeDeploy.ListDeploymentGroups$,
		'json',
		aws => aws.codeDeploy.listDeploymentGroups('a', undefined, never),
	],
	[
		codeDeploy.BatchGetDeploymentGroups$,
		'json',
		aws => aws.codeDeploy.getDeploymentGroups('a', ['g'], never),
	],
	[codeDeploy.GetApplicationRevision$, 'json', aws => aws.codeDeploy.getAppSpecContent('a', 'ab', never)],
	[codeDeploy.StopDeployment$, 'json', aws => aws.codeDeploy.stopDeployment(id, { rollBack: true }, never)],
	[codeDeploy.ContinueDeployment$, 'json', aws => aws.codeDeploy.continueDeployment(id, 'READY_WAIT', never)],
	[codeDeploy.CreateDeployment$, 'json', aws => aws.codeDeploy.createDeployment(order, never)],
	[
		codeDeploy.UpdateDeploymentGroup$,
		'json',
		aws => aws.codeDeploy.updateDeploymentGroup('a', 'g', {}, never),
	],
	[codeDeploy.ListOnPremisesInstances$, 'json', aws => aws.hosts.findOnPremises(tags, never)],
	[codeDeploy.BatchGetOnPremisesInstances$, 'json', aws => aws.hosts.onPremises(['web'], never)],
	[cloudWatch.DescribeAlarms$, 'json', aws => aws.alarms.describeAlarms(['a'], never)],
	[cloudWatch.DescribeAlarmHistory$, 'json', aws => aws.alarms.getTransitions('a', range, never)],
	[cloudWatch.GetMetricData$, 'json', aws => aws.alarms.getSeries(alarm, range, never)],
	[ssm.DescribeInstanceInformation$, 'json', aws => aws.hosts.pingStates([host], never)],
	[
		logs.FilterLogEvents$,
		'json',
		aws => aws.logs.tail({ source: 'agent', instanceId: host, from: 0 }, never),
	],
	[
		logs.DescribeLogStreams$,
		'json',
		aws => aws.logs.tail({ source: 'agent', instanceId: host, from: 0 }, never),
	],
	[ec2.DescribeInstances$, 'ec2', aws => aws.hosts.describeInstances([host], never)],
	[ec2.DescribeInstanceStatus$, 'ec2', aws => aws.hosts.describeStatuses([host], never)],
	[elb.DescribeTargetGroups$, 'query', aws => aws.loadBalancers.targetHealth('web', never)],
	[elb.DescribeTargetHealth$, 'query', aws => aws.loadBalancers.targetHealth('web', never)],
	[iam.GetRole$, 'query', aws => aws.access.getRole('web', never)],
	[iam.GetInstanceProfile$, 'query', aws => aws.access.getInstanceProfile('web', never)],
	[iam.SimulatePrincipalPolicy$, 'query', aws => aws.access.simulate(role, ['s3:GetObject'], ['*'], never)],
	[sts.GetCallerIdentity$, 'query', aws => aws.identity.getCallerIdentity(never)],
];
const named = questions.map(([schema, wire, ask]) => [String(schema[2]), schema, wire, ask] as const);

const known: ReadonlySet<string> = new Set(knownWords);

/** Where the domain has words of AWS's enumerations, rather than text. */
const wordFields = new Set([
	'status',
	'state',
	'platform',
	'type',
	'label',
	'events',
	'instance',
	'from',
	'to',
	'greenFleet',
	'onReadyTimeout',
	'onSuccess',
	'fileExistsBehavior',
	'deploymentMode',
	'bundleType',
	'comparison',
]);

/** The known words that an outcome has where they count. */
function wordsIn(value: unknown, field = ''): readonly string[] {
	if (typeof value === 'string') return wordFields.has(field) && known.has(value) ? [value] : [];
	if (Array.isArray(value)) return value.flatMap(item => wordsIn(item, field));
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([name, item]) => wordsIn(item, name));
}

const outcomeOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

const xml = (raw: string): StubAnswer => ({ raw, headers: { 'content-type': 'text/xml' } });

/** What is asked before the operation, or after it, in the same breath. */
const others: Readonly<Record<string, readonly [operation: string, answer: StubAnswer]>> = {
	FilterLogEvents: ['DescribeLogStreams', { body: { logStreams: [{ logStreamName: `${host}-agent-log` }] } }],
	DescribeLogStreams: ['FilterLogEvents', { body: {} }],
	DescribeTargetHealth: [
		'DescribeTargetGroups',
		xml(
			'<DescribeTargetGroupsResponse><DescribeTargetGroupsResult><TargetGroups><member><TargetGroupArn>arn</TargetGroupArn></member></TargetGroups></DescribeTargetGroupsResult></DescribeTargetGroupsResponse>',
		),
	],
	DescribeTargetGroups: ['DescribeTargetHealth', xml('<DescribeTargetHealthResponse/>')],
};

function expectHarmless(outcome: unknown, { texts }: WireAnswer): void {
	if (outcome instanceof Error) {
		expect(outcome).toBeInstanceOf(GatewayFailure);
		expectClean({ ...(outcome as GatewayFailure).details });
		return;
	}
	expectClean(outcome);
	for (const shown of wordsIn(outcome)) expect(texts).toContain(shown);
}

const runs = 25;
let understood = 0;

describe('whatever answers, nothing but a failure or safe text comes out, and no word that AWS has not said', () => {
	test.each(named)('%s', async (operation, schema, wire, ask) => {
		const { gateways } = stub.connect({ maxAttempts: 1, logNames: { agent: ['agent-log'] } });
		await fc.assert(
			fc.asyncProperty(answerTo(schema, wire), async answer => {
				const other = others[operation];
				if (other) stub.aws.answer(...other);
				stub.aws.answer(operation, wire === 'json' ? { raw: answer.raw } : xml(answer.raw));
				const outcome = await outcomeOf(ask(gateways));
				expectHarmless(outcome, answer);
				if (!(outcome instanceof Error)) understood += 1;
			}),
			{ numRuns: runs },
		);
	});

	test('most answers are understood all the same', () => {
		expect(understood).toBeGreaterThan((questions.length * runs) / 2);
	});
});

describe('whatever is refused, it is a failure that can be told', () => {
	const anyError = fc.record(
		{ __type: text, code: text, Code: text, message: text, Message: text, $fault: text, name: text },
		{ requiredKeys: [] },
	);
	const body = fc.oneof(
		anyError.map(fields => JSON.stringify(fields)),
		fc
			.tuple(text, text)
			.map(
				([code, message]) =>
					`<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
			),
		text,
	);
	const status = fc.constantFrom(200, 204, 301, 400, 401, 403, 404, 409, 413, 429, 500, 503, 599);

	test.each<[what: string, operation: string, ask: Ask]>([
		['in JSON', 'CreateDeployment', aws => aws.codeDeploy.createDeployment(order, never)],
		['in XML', 'DescribeTargetGroups', aws => aws.loadBalancers.targetHealth('web', never)],
		['in XML of EC2', 'DescribeInstances', aws => aws.hosts.findInstances({ tags }, never)],
	])('%s', async (_, operation, ask) => {
		const { gateways } = stub.connect({ maxAttempts: 1 });
		await fc.assert(
			fc.asyncProperty(status, body, async (code, raw) => {
				stub.aws.answer(operation, { status: code, raw });
				const outcome = await outcomeOf(ask(gateways));
				expectHarmless(outcome, { raw, texts: new Set() });
				if (code >= 400) expect(outcome).toBeInstanceOf(GatewayFailure);
			}),
			{ numRuns: 60 },
		);
	});
});
