import type { InstanceProfileFacts, RoleFacts, Verdict } from '../../../src/domain/access.ts';
import type { BundleHead } from '../../../src/domain/bundle.ts';
import type { InstanceFacts, InstanceStatus, PingState } from '../../../src/domain/host.ts';
import type { HostCommand, HostCommandResult } from '../../../src/domain/host-command.ts';
import type { InstanceId } from '../../../src/domain/ids.ts';
import type { HostLog } from '../../../src/domain/shipped-log.ts';
import type { InvestigationGateways } from '../../../src/gateway/investigation.ts';
import type { LogAnswer, LogQuery } from '../../../src/gateway/logs.ts';
import type { Operation } from '../../../src/monitor/watch.ts';

/** What surrounds a deployment at the fake AWS: hosts that answer, roles that allow, a bundle that is there. */
export type Surroundings = {
	/** What EC2 knows. */
	instances: readonly InstanceFacts[];
	statuses: readonly InstanceStatus[];
	pings: readonly PingState[];
	/** By the names of their roles, and of the profiles that carry them. */
	roles: readonly RoleFacts[];
	profiles: readonly InstanceProfileFacts[];
	verdict: (action: string, resource: string) => Verdict;
	bundle: BundleHead;
	/** The logs that are shipped to CloudWatch Logs. */
	shipped: Partial<Record<HostLog, string>>;
	/** Instead of these, whatever CloudWatch Logs answers. */
	tailLog: ((query: LogQuery) => LogAnswer) | undefined;
	/** What commands show on a host. */
	runOnHost: (host: InstanceId, command: HostCommand) => Partial<HostCommandResult>;
};

export const emptySurroundings = (): Surroundings => ({
	instances: [],
	statuses: [],
	pings: [],
	roles: [],
	profiles: [],
	verdict: () => 'allowed',
	bundle: { type: 'found' },
	shipped: {},
	tailLog: undefined,
	runOnHost: () => ({}),
});

type Call = <T>(operation: Operation, about: string, signal: AbortSignal, answer: () => T) => Promise<T>;

/** The ports to the surroundings. `call` is how anything is asked of the fake AWS. */
export function surroundingGateways(
	surroundings: () => Surroundings,
	call: Call,
): Omit<InvestigationGateways, 'hosts'> & {
	readonly hosts: Pick<InvestigationGateways['hosts'], 'describeStatuses' | 'pingStates'>;
} {
	return {
		hosts: {
			describeStatuses: (ids, signal) =>
				call('DescribeInstanceStatus', ids.join(), signal, () =>
					surroundings().statuses.filter(({ id }) => ids.includes(id)),
				),
			pingStates: (ids, signal) =>
				call('DescribeInstanceInformation', ids.join(), signal, () =>
					surroundings().pings.filter(({ id }) => ids.includes(id)),
				),
		},
		commands: {
			run: (host, command, signal) =>
				call('SendCommand', `${command.kind} ${host}`, signal, () => ({
					status: 'Success',
					detail: 'Success',
					exitCode: 0,
					stdout: '',
					stderr: '',
					stdoutCut: false,
					stderrCut: false,
					startCut: false,
					...surroundings().runOnHost(host, command),
				})),
		},
		logs: {
			tail: (query, signal) =>
				call('FilterLogEvents', query.source, signal, () => {
					const { source, instanceId, from } = query;
					const { tailLog } = surroundings();
					if (tailLog) return tailLog(query);
					const text = surroundings().shipped[source];
					if (text === undefined) return { shipped: false, looked: [] };
					const stream = `${instanceId}-agent-log`;
					const events = [{ id: '1', at: from, stream, text }];
					const cursor = { from, newestAt: from, seen: [] };
					const group = 'codedeploy-agent-log';
					return { shipped: true, group, streams: [stream], events, more: false, cursor };
				}),
		},
		access: {
			getRole: (name, signal) =>
				call('GetRole', name, signal, () => surroundings().roles.find(role => role.name === name)),
			getPolicies: (name, signal) => call('GetRole', name, signal, () => []),
			getInstanceProfile: (name, signal) =>
				call('GetInstanceProfile', name, signal, () =>
					surroundings().profiles.find(each => each.name === name),
				),
			simulate: (role, actions, resources, signal) =>
				call('SimulatePrincipalPolicy', role, signal, () =>
					actions.flatMap(action =>
						resources.map(resource => ({
							action,
							resource,
							verdict: surroundings().verdict(action, resource),
							reason: 'as told',
							by: 'simulation' as const,
						})),
					),
				),
		},
		bundles: {
			head: ({ bucket, key }, signal) =>
				call('HeadObject', `${bucket}/${key}`, signal, () => surroundings().bundle),
			read: () => Promise.reject(new Error('the monitor reads no bundles')),
		},
		loadBalancers: {
			targetHealth: (targetGroup, signal) => call('DescribeTargetHealth', targetGroup, signal, () => []),
		},
	};
}
