import type { DeploymentId } from '../domain/ids.ts';
import type { CallerIdentity } from '../gateway/gateway.ts';
import type { Clock } from '../lib/clock.ts';
import { redact } from '../lib/redact.ts';
import { type Rollout, rolloutOf, type Session } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';

/** Who did what to which deployment or host, and what came of it. No secret is ever part of it. */
export type AuditEntry = {
	/** ISO 8601, UTC. */
	readonly time: string;
	/** `sending` is written before the call, so that a crash in between leaves a trace. */
	readonly outcome: AuditOutcome;
	readonly detail: string;
	readonly action: string;
	readonly command: string;
	/** The host that it was done on; absent for what is done to the deployment as a whole. */
	readonly target?: string;
	/**
	 * What was changed; of a deployment that was made, the newest that the group had before it. Empty for what is done to
	 * a group from nowhere near a deployment.
	 */
	readonly deploymentId: string;
	/** The deployment that was made, as far as that is known. */
	readonly created?: string;
	readonly application: string;
	readonly group: string;
	readonly region: string;
	/** Empty for AWS's own; anything else is not production. */
	readonly endpoint: string;
	readonly account: string;
	readonly identity: string;
};

export type AuditOutcome = 'sending' | 'accepted' | 'refused' | 'failed' | 'unknown';

/** Where the entries are kept. */
export type AuditTrail = {
	/** Throws when it cannot be written. */
	write(entry: AuditEntry): void;
	/** How a deployment was made, and what was done to it and its hosts, oldest first. What cannot be read is left out. */
	read(deploymentId: DeploymentId): readonly AuditEntry[];
};

/** What is done, as the trail tells it. */
export type AuditedDeed = Pick<AuditEntry, 'action' | 'command' | 'target'>;

/** Whether an entry is about a deployment. */
export const isAbout = (entry: AuditEntry, id: DeploymentId): boolean =>
	entry.deploymentId === id || entry.created === id;

/** Writes the lines of one deed. `created`: the deployment that it made. */
export type Recorder = (outcome: AuditOutcome, detail: string, created?: DeploymentId) => void;

export type AuditParts = {
	readonly store: Store;
	readonly audit: AuditTrail;
	readonly clock: Clock;
};

/** The way to record a deed. It never throws: nothing that has to be done at 3 a.m. hangs on a full disk. */
export function recorderOf(
	{ store, audit, clock }: AuditParts,
	id: DeploymentId,
	deed: AuditedDeed,
): Recorder {
	return (...line) => {
		const state = store.getState();
		const { session, identity } = state;
		const failed = (text: string) =>
			store.dispatch({ type: 'message.added', tone: 'bad', text, at: clock.now() });
		const parts = { audit, clock, session, identity: identity.data, failed };
		groupRecorder(parts, aboutDeployment(rolloutOf(state, id)), deed)(...line);
	};
}

/** What something is done to. */
export type AuditSubject = Pick<AuditEntry, 'deploymentId' | 'application' | 'group'>;

export type GroupAuditParts = {
	readonly audit: AuditTrail;
	readonly clock: Clock;
	readonly session: Session;
	/** Undefined where AWS has not said who asks. */
	readonly identity: CallerIdentity | undefined;
	/** Told when a line could not be written. */
	failed(problem: string): void;
};

/** The same for what is done where nothing is watched. */
export function groupRecorder(parts: GroupAuditParts, subject: AuditSubject, deed: AuditedDeed): Recorder {
	const { audit, clock, session, identity } = parts;
	return (outcome, detail, created) => {
		const made = created === undefined ? {} : { created };
		const entry = { outcome, detail, ...deed, ...subject, ...made, ...circumstances(session, identity) };
		const problem = writeEntry(audit, clock, entry);
		if (problem !== undefined) parts.failed(problem);
	};
}

/** Why it could not be written; undefined when it was. */
function writeEntry(audit: AuditTrail, clock: Clock, entry: Omit<AuditEntry, 'time'>): string | undefined {
	try {
		audit.write({ time: new Date(clock.now()).toISOString(), ...withoutSecrets(entry) });
		return undefined;
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		return `the audit line could not be written: ${problem}`;
	}
}

/** Ids stay to the letter: an entry is found by them. */
function withoutSecrets<Entry extends Omit<AuditEntry, 'time'>>(entry: Entry): Entry {
	const { detail, command, application, group, endpoint, identity, target } = entry;
	return {
		...entry,
		detail: redact(detail),
		command: redact(command),
		application: redact(application),
		group: redact(group),
		endpoint: redact(endpoint),
		identity: redact(identity),
		...(target !== undefined && { target: redact(target) }),
	};
}

const aboutDeployment = ({ id, deployment }: Rollout): AuditSubject => ({
	deploymentId: id,
	application: deployment.data?.application ?? '',
	group: deployment.data?.group ?? '',
});

/** Where it is done, and by whom. */
const circumstances = (session: Session, identity: CallerIdentity | undefined) => ({
	region: session.region,
	endpoint: session.endpointUrl ?? '',
	account: identity?.account ?? '',
	identity: identity?.arn ?? 'unknown',
});
