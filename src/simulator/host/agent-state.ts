import type { Host } from '../world/host.ts';

/** Whether a machine has a CodeDeploy agent on it, running or not. */
export function hasAgent({ ailment }: Host): boolean {
	return ailment?.agent !== 'not-installed';
}

/** What the service manager of the machine says of it. */
export type ServiceState = 'running' | 'stopped' | 'failed' | 'not-installed';

export function agentServiceState({ ailment }: Host): ServiceState {
	switch (ailment?.agent) {
		case 'stopped':
		case 'not-installed':
			return ailment.agent;
		case 'disk-full':
		case 'ruby-missing':
			return 'failed';
		default:
			return 'running';
	}
}
