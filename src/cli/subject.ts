import type { DeploymentId } from '../domain/ids.ts';
import { type FailureDetails, GatewayFailure, isTransient } from '../gateway/failure.ts';
import type { CodeDeployGateway } from '../gateway/gateway.ts';
import { untilAborted } from '../lib/abort.ts';
import type { Clock } from '../lib/clock.ts';
import { findDeployment, type GroupName, NoDeploymentError } from '../monitor/find-deployment.ts';
import type { Subject } from './command.ts';
import type { OpenConnection } from './open-connection.ts';
import { noAnswer, type Place, refusal, whereWords } from './refusal.ts';
import type { WatchParts } from './start-watch.ts';
import { MissingError } from './usage-error.ts';

/** How AWS is asked for what a command is about. */
export type Patience = {
	readonly clock: Clock;
	readonly place: Place;
	/** How long a failure that can pass by itself is waited out. */
	readonly patienceMs: number;
	readonly signal: AbortSignal;
};

/** What a group is looked for with. */
export type SubjectSearch = Patience & { readonly codeDeploy: Pick<CodeDeployGateway, 'getDeploymentGroup'> };

/** How long is waited for the first answer where nobody says otherwise. */
export const usualPatienceMs = 10_000;

const retryMs = 1_000;

/**
 * The deployment that is meant, asked over a connection that is closed when there is none to be found. Undefined when the
 * program is told to end first. Throws what {@link resolveGroup} throws.
 */
export async function resolveSubject(
	subject: Subject,
	{ connection, session }: OpenConnection,
	{ clock, io }: WatchParts,
	patienceMs = usualPatienceMs,
): Promise<DeploymentId | undefined> {
	if ('deploymentId' in subject) return subject.deploymentId;
	const { codeDeploy } = connection.gateways;
	const { signal } = io;
	let id: DeploymentId | undefined;
	try {
		id = await resolveGroup(subject, { codeDeploy, clock, place: session, patienceMs, signal });
		return id;
	} finally {
		if (id === undefined) connection.close();
	}
}

/**
 * The deployment that a group stands for: the one that runs, else its latest. Undefined when the signal aborts first.
 * Throws UsageError when there is no such application or group, or it was never deployed to; NoAwsError when AWS does
 * not answer in time or does not allow it.
 */
export const resolveGroup = (name: GroupName, search: SubjectSearch): Promise<DeploymentId | undefined> =>
	askPatiently(signal => findDeployment(search.codeDeploy, name, signal), search);

/**
 * The answer to what a command cannot go on without. Undefined when the signal aborts first. `missing` says what is not
 * there. Throws UsageError when it does not exist, NoAwsError when AWS does not answer in time or does not allow it.
 */
export async function askPatiently<T>(
	ask: (signal: AbortSignal) => Promise<T>,
	{ clock, place, patienceMs, signal }: Patience,
	missing?: string,
): Promise<T | undefined> {
	const late = new AbortController();
	const found = new AbortController();
	const until = clock.now() + patienceMs;
	void clock.sleep(patienceMs, AbortSignal.any([signal, found.signal])).then(() => late.abort());
	const giveUp = AbortSignal.any([signal, late.signal]);
	let failure: FailureDetails | undefined;
	try {
		while (!giveUp.aborted) {
			try {
				return await untilAborted(ask(giveUp), giveUp);
			} catch (error) {
				if (giveUp.aborted) break;
				failure = failureOf(error, place);
				if (!isTransient(failure.kind)) throw refusal(failure, place, missing);
				await clock.sleep(Math.min(retryMs, until - clock.now()), giveUp);
			}
		}
	} finally {
		found.abort();
	}
	if (signal.aborted) return undefined;
	throw failure ? refusal(failure, place, missing) : noAnswer(place, patienceMs);
}

/** The gateway's failure; throws everything else on, in words for who asked. */
export function failureOf(error: unknown, place: Place): FailureDetails {
	if (error instanceof NoDeploymentError) {
		const advice =
			error.absent === 'deployment'
				? 'there is nothing to show until its first deployment'
				: `check --application, --group, --region and --profile`;
		throw new MissingError(`${error.message} ${whereWords(place)}: ${advice}`);
	}
	if (error instanceof GatewayFailure) return error.details;
	throw error;
}
