import type { DeployPlan } from '../domain/deploy-plan.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import { untilAborted } from '../lib/abort.ts';
import { readDeployPlan } from '../monitor/deploying/read-plan.ts';
import { type DeployWish, ImpossibleWishError } from '../monitor/deploying/wish.ts';
import { type GroupName, NoDeploymentError } from '../monitor/find-deployment.ts';
import type { DeployCommand } from './command.ts';
import type { OpenConnection } from './open-connection.ts';
import { missingDeployment, noAnswer, refusal, whereWords } from './refusal.ts';
import type { WatchParts } from './start-watch.ts';
import { MissingError, UsageError } from './usage-error.ts';

/** How long AWS may take for all that a plan needs. */
const patienceMs = 30_000;

/** What a command wishes for comes to; undefined when the program is told to end first. Throws UsageError and NoAwsError. */
export async function readPlan(
	command: DeployCommand,
	opened: OpenConnection,
	{ clock, io }: Pick<WatchParts, 'clock' | 'io'>,
): Promise<DeployPlan | undefined> {
	const { session } = opened;
	const done = new AbortController();
	const late = new AbortController();
	void clock.sleep(patienceMs, AbortSignal.any([io.signal, done.signal])).then(() => late.abort());
	const signal = AbortSignal.any([io.signal, late.signal]);
	let group: GroupName | undefined;
	try {
		group = await untilAborted(groupOf(command, opened, signal), signal);
		const wish = wishOf(command, group);
		const { gateways } = opened.connection;
		return await untilAborted(readDeployPlan(wish, { gateways, signal }), signal);
	} catch (error) {
		if (io.signal.aborted) return undefined;
		if (late.signal.aborted) throw noAnswer(session, patienceMs);
		throw explain(error, group, opened);
	} finally {
		done.abort();
	}
}

/** The group that is meant by itself, or by one of its deployments. */
async function groupOf(
	{ subject }: DeployCommand,
	{ connection, session }: OpenConnection,
	signal: AbortSignal,
): Promise<GroupName> {
	if (!('deploymentId' in subject)) return subject;
	const { deploymentId } = subject;
	try {
		const { application, group } = await connection.gateways.codeDeploy.getDeployment(deploymentId, signal);
		if (application !== undefined && group !== undefined) return { application, group };
	} catch (error) {
		if (!(error instanceof GatewayFailure) || error.kind !== 'missing') throw error;
		throw new MissingError(missingDeployment(deploymentId, session));
	}
	throw new UsageError(`${deploymentId} belongs to no group: expected --application and --group`);
}

function wishOf(command: DeployCommand, group: GroupName): DeployWish {
	const { purpose, source, configName } = command;
	return { purpose, ...group, ...source, ...(configName !== undefined && { configName }) };
}

function explain(error: unknown, name: GroupName | undefined, { session }: OpenConnection): unknown {
	if (error instanceof ImpossibleWishError) return new UsageError(error.message);
	if (!(error instanceof GatewayFailure)) return error;
	const absent = absentBy.get(error.details.code);
	const missing =
		name && absent
			? `${new NoDeploymentError(absent, name).message} ${whereWords(session)}: check --application, --group, --region and --profile`
			: undefined;
	return refusal(error.details, session, missing);
}

const absentBy: ReadonlyMap<string, 'application' | 'group'> = new Map([
	['ApplicationDoesNotExistException', 'application'],
	['DeploymentGroupDoesNotExistException', 'group'],
]);
