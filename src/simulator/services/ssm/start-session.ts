import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import { drawText } from '../../world/chance.ts';
import { managedHosts, pingStatus } from './managed-hosts.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Hands out where a session could be opened; nothing listens there. */
export const startSession: Operation = (input, { world }) => {
	const target = input.string('Target') ?? '';
	const host = managedHosts(world).get(target);
	if (host === undefined || pingStatus(host) !== 'Online') {
		throw new ServiceError('TargetNotConnected', `${target} is not connected.`);
	}
	const random = world.chance(`session ${target} ${world.clockwork.now}`);
	const SessionId = `on-call-${drawText(random, letters, 26)}`;
	return {
		SessionId,
		TokenValue: drawText(random, letters, 120),
		StreamUrl: `wss://ssmmessages.${world.region}.amazonaws.com/v1/data-channel/${SessionId}?role=publish_subscribe`,
	};
};
