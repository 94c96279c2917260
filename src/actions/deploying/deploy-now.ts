import type { DeployOrder } from '../../domain/deploy-order.ts';
import type { DeployPlan } from '../../domain/deploy-plan.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { type FailureKind, GatewayFailure, isTransient } from '../../gateway/failure.ts';
import type { CodeDeployGateway } from '../../gateway/gateway.ts';
import { findActive, listRecent } from '../../monitor/deploying/group-past.ts';
import type { AuditOutcome, Recorder } from '../audit.ts';
import { messageOf } from '../deed.ts';
import { changesSince } from './changes-since.ts';

export type DeployNowParts = {
	readonly codeDeploy: Pick<
		CodeDeployGateway,
		'getDeploymentGroup' | 'listDeployments' | 'getDeployments' | 'createDeployment'
	>;
	readonly readOnly: boolean;
	/** Writes the audit lines. */
	readonly record: Recorder;
	readonly signal: AbortSignal;
};

/** What came of it. */
export type DeployOutcome = {
	readonly outcome: Exclude<AuditOutcome, 'sending'>;
	/** In one line: why not, or what is known. */
	readonly detail: string;
	/** The new deployment, or, of an unknown outcome, one that is it as far as can be told. */
	readonly created?: DeploymentId;
	/** What kind of failure it was. */
	readonly failure?: FailureKind;
};

/**
 * Makes the deployment that was confirmed (AWS: CreateDeployment), if the group still is what the plan says. It is sent
 * once; without an answer the group is read back. Both ends are recorded. Never rejects.
 */
export async function deployNow(
	plan: DeployPlan,
	order: DeployOrder,
	parts: DeployNowParts,
): Promise<DeployOutcome> {
	const outcome = await tryToDeploy(plan, order, parts);
	parts.record(outcome.outcome, outcome.detail, outcome.created);
	return outcome;
}

async function tryToDeploy(
	plan: DeployPlan,
	order: DeployOrder,
	parts: DeployNowParts,
): Promise<DeployOutcome> {
	if (parts.readOnly) {
		return { outcome: 'refused', detail: 'read-only session: nothing is changed from here' };
	}
	const { codeDeploy, signal } = parts;
	let known: readonly DeploymentId[];
	try {
		const refusal = await freshRefusal(plan, parts);
		if (refusal !== undefined) return { outcome: 'refused', detail: refusal };
		known = await listRecent(codeDeploy, plan.group, signal);
	} catch (error) {
		const why = signal.aborted ? 'the program was told to end' : messageOf(error);
		return {
			outcome: 'refused',
			detail: `nothing was sent, because the group could not be read again: ${why}`,
		};
	}
	parts.record('sending', '');
	try {
		const created = await codeDeploy.createDeployment(order, signal);
		return { outcome: 'accepted', detail: `${created} was created`, created };
	} catch (error) {
		if (isAnswered(error)) return { outcome: 'failed', detail: failureWords(error), ...kindOf(error) };
		return readBack(order, known, error, parts);
	}
}

/** Reads the group again and says why it must not be deployed to now; undefined when it is as it was confirmed. */
async function freshRefusal(
	plan: DeployPlan,
	{ codeDeploy, signal }: DeployNowParts,
): Promise<string | undefined> {
	const { application, name } = plan.group;
	const [group, active] = await Promise.all([
		codeDeploy.getDeploymentGroup(application, name, signal),
		findActive(codeDeploy, plan.group, signal),
	]);
	const changes = changesSince(plan, group, active);
	if (changes.length > 0)
		return `the group has changed since you were asked: ${changes.join('; ')}; nothing was sent`;
	return active === undefined
		? undefined
		: `the group is busy with ${active}: rollcall watch ${active} shows it`;
}

const kindOf = (error: unknown) => (error instanceof GatewayFailure ? { failure: error.kind } : {});

/** AWS has said no: nothing was made. */
const isAnswered = (error: unknown): boolean =>
	error instanceof GatewayFailure && (!isTransient(error.kind) || error.kind === 'throttled');

/** Whether it was made is not known: whether there is a new deployment now tells it. It is never sent again. */
async function readBack(
	order: DeployOrder,
	known: readonly DeploymentId[],
	error: unknown,
	{ codeDeploy, signal }: DeployNowParts,
): Promise<DeployOutcome> {
	const why = `no answer (${messageOf(error)})`;
	try {
		const recent = await listRecent(
			codeDeploy,
			{ application: order.application, name: order.group },
			signal,
		);
		const news = recent.filter(id => !known.includes(id)).slice(0, 10);
		const found = await codeDeploy.getDeployments(news, signal);
		const ours = found.find(({ description }) => description === order.description);
		if (ours) {
			const detail = `${why}; read back, ${ours.id} is it, as its description says. It was not sent again`;
			return { outcome: 'unknown', detail, created: ours.id };
		}
		const others = found.map(({ id }) => id).join(', ');
		const now =
			others === '' ? 'the group has no new deployment' : `the group has ${others}, which is another one`;
		return { outcome: 'unknown', detail: `${why}; read back, ${now}. It was not sent again` };
	} catch (readError) {
		return { outcome: 'unknown', detail: `${why}, and it cannot be read back (${messageOf(readError)})` };
	}
}

/** AWS: `The Deployment Group '<g>' already has an active Deployment '<d-id>'`. */
const busyWith = /active Deployment '(d-[A-Z0-9]+)'/;

function failureWords(error: unknown): string {
	const { code, detail } = error instanceof GatewayFailure ? error.details : { code: '', detail: '' };
	if (code !== 'DeploymentLimitExceededException') return messageOf(error);
	const id = busyWith.exec(detail)?.[1];
	return id === undefined
		? `the group is busy: ${detail}`
		: `the group is busy with ${id} by now: rollcall watch ${id} shows it`;
}
