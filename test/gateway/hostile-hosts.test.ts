import fc from 'fast-check';
import { describe, test } from 'vitest';
import { mapEvaluation, mapInstanceProfile, mapRole } from '../../src/gateway/aws/map-access.ts';
import { mapBundle } from '../../src/gateway/aws/map-bundle.ts';
import { mapInvocation } from '../../src/gateway/aws/map-command.ts';
import {
	mapInstance,
	mapInstanceStatus,
	mapOnPremises,
	mapPingState,
} from '../../src/gateway/aws/map-host.ts';
import { mapLogEvent, streamsOf } from '../../src/gateway/aws/map-log.ts';
import { expectClean, isRecord, mutated } from './mangled.ts';

const at = new Date(Date.UTC(2026, 10, 23, 12));
const id = 'i-00251908fcdce4b31';
const role = {
	RoleName: 'hosts',
	Arn: 'arn:aws:iam::123456789012:role/hosts',
	AssumeRolePolicyDocument: '%7B%0A%7D',
	PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/b' },
};

describe('no answer about hosts and their surroundings, however mangled, throws or gets unsafe text through', () => {
	test.each<[what: string, answer: object, map: (answer: never) => unknown]>([
		[
			'instance',
			{
				InstanceId: id,
				Placement: { AvailabilityZone: 'eu-west-1a' },
				InstanceType: 'm7g.large',
				ImageId: 'ami-1',
				State: { Name: 'running' },
				LaunchTime: at,
				PrivateIpAddress: '10.0.0.1',
				Platform: 'windows',
				IamInstanceProfile: { Arn: 'arn' },
				Tags: [{ Key: 'Name', Value: 'web' }],
			},
			mapInstance,
		],
		[
			'status checks',
			{
				InstanceId: id,
				InstanceState: { Name: 'running' },
				SystemStatus: { Status: 'ok' },
				InstanceStatus: { Status: 'ok' },
				Events: [{ Code: 'instance-stop', Description: 'soon', NotBefore: at }],
			},
			mapInstanceStatus,
		],
		[
			'ping',
			{
				InstanceId: id,
				PingStatus: 'Online',
				LastPingDateTime: at,
				PlatformType: 'Linux',
				PlatformName: 'x',
			},
			mapPingState,
		],
		[
			'on-premises instance',
			{ instanceName: 'web', registerTime: at, iamUserArn: 'arn', tags: [{ Key: 'a', Value: 'b' }] },
			mapOnPremises,
		],
		[
			'command',
			{
				Status: 'Success',
				StatusDetails: 'Success',
				ResponseCode: 0,
				StandardOutputContent: 'a\nb',
				StandardErrorContent: 'c',
				ExecutionStartDateTime: '2026-11-23T12:00:00Z',
			},
			answer => mapInvocation(answer, { tailBytes: 100 }),
		],
		[
			'log event',
			{ eventId: 'e', timestamp: 1, ingestionTime: 2, logStreamName: 's', message: 'a\nb' },
			mapLogEvent,
		],
		['log streams', { streams: [{ logStreamName: id }, { logStreamName: `${id}-agent-log` }] }, streamsIn],
		['role', role, mapRole],
		[
			'instance profile',
			{ InstanceProfileName: 'web', Roles: [role] },
			answer => mapInstanceProfile(answer, 'w'),
		],
		[
			'simulation',
			{
				EvalActionName: 's3:GetObject',
				EvalResourceName: 'a',
				EvalDecision: 'allowed',
				MatchedStatements: [{ SourcePolicyId: 'p' }],
				MissingContextValues: ['aws:x'],
				OrganizationsDecisionDetail: { AllowedByOrganizations: true },
				PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
				ResourceSpecificResults: [{ EvalResourceName: 'a', EvalResourceDecision: 'allowed' }],
			},
			answer => mapEvaluation(answer, ['a', 'b']),
		],
		[
			'bundle',
			{
				ContentLength: 1,
				ETag: '"e"',
				VersionId: 'v',
				LastModified: at,
				ServerSideEncryption: 'aws:kms',
				SSEKMSKeyId: 'k',
			},
			answer => mapBundle(answer, 'eu-west-1'),
		],
	])('%s', (_, answer, map) => {
		fc.assert(
			fc.property(mutated(answer).filter(isRecord), fields => {
				expectClean(map(fields as never));
			}),
			{ numRuns: 300 },
		);
	});
});

const streamsIn = ({ streams }: { readonly streams: never }) => streamsOf(streams, id, 'agent');
