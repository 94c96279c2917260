import type { AccessGateway } from './access.ts';
import type { BundlesGateway } from './bundles.ts';
import type { CommandsGateway } from './commands.ts';
import type { Gateways } from './gateway.ts';
import type { HostsGateway } from './hosts.ts';
import type { LoadBalancersGateway } from './load-balancers.ts';
import type { LogsGateway } from './logs.ts';

/**
 * What is asked about the surroundings of a deployment when it has to be explained. As with the ports of a watch, every
 * method throws GatewayFailure and nothing else, except that an aborted `signal` rejects with the signal's reason. Text
 * in the answers is sanitised, times are epoch milliseconds.
 */
export type InvestigationGateways = {
	readonly hosts: HostsGateway;
	readonly commands: CommandsGateway;
	readonly logs: LogsGateway;
	readonly access: AccessGateway;
	readonly bundles: BundlesGateway;
	readonly loadBalancers: LoadBalancersGateway;
};

/** All that can be asked of one account and region. */
export type AllGateways = Gateways & InvestigationGateways;
