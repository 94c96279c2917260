import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FleetOptions, ServerMessage, ServerOrder, ServerReport } from './fleet-protocol.ts';

/** A fleet that is served from another process. Take it with `await using`. */
export type ServedFleet = {
	readonly url: string;
	readonly deploymentId: string;
	/** Lets so many targets go on each second from now on. */
	change(perSecond: number): void;
	report(): Promise<ServerReport>;
	[Symbol.asyncDispose](): Promise<void>;
};

export async function serveFleet(options: FleetOptions): Promise<ServedFleet> {
	const file = fileURLToPath(new URL('fleet-server.ts', import.meta.url));
	const child = fork(file, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	const next = async (): Promise<ServerMessage> => {
		const [message] = (await once(child, 'message')) as [ServerMessage];
		return message;
	};
	const order = (what: ServerOrder) => child.send(what);
	const listening = await next();
	if (listening.type !== 'listening') throw new Error('the server did not say where it listens');
	return {
		...listening,
		change: perSecond => order({ type: 'change', perSecond }),
		async report() {
			const answer = next();
			order({ type: 'report' });
			const report = await answer;
			if (report.type !== 'report') throw new Error('the server did not report');
			return report;
		},
		async [Symbol.asyncDispose]() {
			const ended = once(child, 'exit');
			child.kill();
			await ended;
		},
	};
}
