import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as codeDeploy from '@aws-sdk/client-codedeploy';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { plainOptions } from '../../src/domain/deploy-order.ts';
import { asDeploymentId, asTargetId } from '../../src/domain/ids.ts';
import type { AllGateways } from '../../src/gateway/investigation.ts';
import { type StubAnswer, xmlAnswer } from '../support/stub-aws.ts';
import { never } from './harness.ts';
import type { Wire } from './schema-answers.ts';

/** All that is asked of AWS and answered in a shape that the SDK has a model of. */

export const id = asDeploymentId('d-75I7MBT7C');
export const host = 'i-00251908fcdce4b31';
const range = { from: 0, to: 2_000_000_000_000 };
export const tags = [[{ key: 'web', value: 'web' }]];
const role = 'arn:aws:iam::123456789012:role/web';
export const order = {
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

export type Ask = (gateways: AllGateways) => Promise<unknown>;

/** Every operation, with how its service writes, and the method that asks for it. */
export const questions: readonly (readonly [schema: readonly unknown[], wire: Wire, ask: Ask])[] = [
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
export const named = questions.map(([schema, wire, ask]) => [String(schema[2]), schema, wire, ask] as const);

/** What is asked before the operation, or after it, in the same breath. */
export const others: Readonly<Record<string, readonly [operation: string, answer: StubAnswer]>> = {
	FilterLogEvents: ['DescribeLogStreams', { body: { logStreams: [{ logStreamName: `${host}-agent-log` }] } }],
	DescribeLogStreams: ['FilterLogEvents', { body: {} }],
	DescribeTargetHealth: [
		'DescribeTargetGroups',
		xmlAnswer(
			'<DescribeTargetGroupsResponse><DescribeTargetGroupsResult><TargetGroups><member><TargetGroupArn>arn</TargetGroupArn></member></TargetGroups></DescribeTargetGroupsResult></DescribeTargetGroupsResponse>',
		),
	],
	DescribeTargetGroups: ['DescribeTargetHealth', xmlAnswer('<DescribeTargetHealthResponse/>')],
};
