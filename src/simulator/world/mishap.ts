import { eventsOfOldRevision } from './diagnose.ts';
import type { Host } from './host.ts';
import type { Failure, Mishap, RevisionScript } from './script.ts';

/** Events that are the load balancer's: the agent does not hear of them. */
export const trafficEvents: ReadonlySet<string> = new Set(['BlockTraffic', 'AllowTraffic']);

/** An agent that does not trust the service says so of whatever it is told to do. */
const untrusted: Failure = {
	type: 'authored',
	diagnostics: {
		errorCode: 'UnknownError',
		scriptName: '',
		message: 'Validation of PKCS7 signed message failed',
		logTail: '',
	},
};

/**
 * How an event will fail on this host, and when; undefined if it will not. `script` is that of the revision that is
 * deployed, `before` that of the one that is installed.
 */
export function failureOn(
	script: RevisionScript,
	host: Host,
	event: string,
	before: RevisionScript = {},
): Pick<Mishap, 'failure' | 'afterMs'> | undefined {
	if (host.ailment?.agent === 'outdated' && !trafficEvents.has(event)) {
		return { failure: untrusted, afterMs: 400 };
	}
	if (host.ailment?.healthCheck !== undefined && event === 'AllowTraffic') {
		return { failure: { type: 'unhealthy' } };
	}
	const left = eventsOfOldRevision.has(event) ? before.leaves : undefined;
	return [...(left ?? []), ...(script.mishaps ?? [])].find(
		each => each.event === event && each.hosts.includes(host.number),
	);
}
