import type { DeploymentSnapshot } from '../domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../domain/deployment-group.ts';
import type { DeploymentId } from '../domain/ids.ts';
import type { Revision } from '../domain/revision.ts';
import { findGroup, type GroupName, NoDeploymentError } from '../monitor/find-deployment.ts';
import { examineGroup, factsOf, type GroupQuery, queryFor } from '../monitor/preflight/examine-group.ts';
import { probing } from '../monitor/watch.ts';
import { preflightJson } from '../view/preflight/preflight-json.ts';
import { conclusionLines, preflightLines } from '../view/preflight/preflight-text.ts';
import { preflightWord, type ShownPreflight, selectJudged } from '../view/preflight/shown.ts';
import { groupOfDeployment } from './ask-of-group.ts';
import type { Command, Subject } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { missingGroup } from './nearest-group.ts';
import { type OpenConnection, openConnection } from './open-connection.ts';
import { missingDeployment } from './refusal.ts';
import type { NamedRevision } from './revision-argument.ts';
import { lineSayer } from './say.ts';
import type { WatchParts } from './start-watch.ts';
import { askPatiently, type Patience, usualPatienceMs } from './subject.ts';
import { UsageError } from './usage-error.ts';

type PreflightCommand = Extract<Command, { type: 'preflight' }>;

/** How many calls are under way at a time: there is nothing that they could delay. */
const concurrency = 8;

/**
 * `rollcall preflight`: looks at what would make the next deployment of a group fail or hard to undo, prints each check as
 * it is known, then what it comes to. Ends with 1 when the next deployment would fail. Throws UsageError when there is no
 * such group, application, deployment or revision, and NoAwsError when AWS cannot be asked for the group.
 */
export async function preflight(command: PreflightCommand, parts: WatchParts): Promise<ExitCode> {
	const { format, common } = command;
	const { io } = parts;
	const opened = await openConnection(common, parts);
	try {
		const query = await queryOf(command, opened, parts);
		if (query === undefined) return exitCodes.succeeded;
		const say = lineSayer(common, io);
		const printer = createPrinter(format === 'text' ? say : () => {});
		let facts = factsOf(query);
		await examineGroup(query, {
			ask: probing(opened.connection.gateways, concurrency),
			gain(gained) {
				facts = { ...facts, ...gained };
				printer.follow(selectJudged(facts, false));
			},
			signal: io.signal,
		});
		const checks = selectJudged(facts, true);
		printer.end(checks);
		if (format === 'json') io.out(`${preflightJson(facts, checks)}\n`);
		else for (const line of ['', ...conclusionLines(query, checks)]) say(line);
		return hasProblem(checks) ? exitCodes.failed : exitCodes.succeeded;
	} catch (error) {
		if (io.signal.aborted) return exitCodes.succeeded;
		throw error;
	} finally {
		opened.connection.close();
	}
}

const hasProblem = (checks: readonly ShownPreflight[]): boolean =>
	checks.some(check => preflightWord(check) === 'problem');

/** Prints checks in their order, each as soon as it and all before it are known, and once more if it came out differently. */
function createPrinter(say: (line: string) => void) {
	const printed: ShownPreflight[] = [];
	const print = (check: ShownPreflight) => {
		for (const line of preflightLines(check)) say(line);
	};
	const follow = (checks: readonly ShownPreflight[]) => {
		for (const check of checks.slice(printed.length)) {
			if (check.verdict === 'pending') return;
			print(check);
			printed.push(check);
		}
	};
	return {
		follow,
		end(checks: readonly ShownPreflight[]) {
			const before = printed.length;
			follow(checks);
			for (const [index, check] of checks.slice(0, before).entries())
				if (check.summary !== printed[index]?.summary) print(check);
		},
	};
}

/** What is to be looked at; undefined when the program is told to end before that is known. */
async function queryOf(
	{ subject, revision }: PreflightCommand,
	{ connection, session }: OpenConnection,
	{ clock, io }: WatchParts,
): Promise<GroupQuery | undefined> {
	const patience: Patience = { clock, place: session, patienceMs: usualPatienceMs, signal: io.signal };
	const { codeDeploy } = connection.gateways;
	const deployment = (id: DeploymentId) =>
		askPatiently(signal => codeDeploy.getDeployment(id, signal), patience, missingDeployment(id, session));
	const name = await groupName(subject, deployment);
	const group = name && (await readNamedGroup(name, codeDeploy, patience));
	const wanted = revision && (await revisionOf(revision, deployment));
	if (name === undefined || group === undefined || (revision && !wanted)) return undefined;
	return queryFor(group, wanted, session);
}

type ReadDeployment = (id: DeploymentId) => Promise<DeploymentSnapshot | undefined>;

/** The group that is named, or the one of the deployment that is. */
async function groupName(subject: Subject, read: ReadDeployment): Promise<GroupName | undefined> {
	if (!('deploymentId' in subject)) return subject;
	const deployment = await read(subject.deploymentId);
	return deployment && groupOfDeployment(deployment);
}

async function readNamedGroup(
	name: GroupName,
	gateway: OpenConnection['connection']['gateways']['codeDeploy'],
	patience: Patience,
): Promise<DeploymentGroupSnapshot | undefined> {
	const { place, signal: stop } = patience;
	return askPatiently(async signal => {
		try {
			return await findGroup(gateway, name, signal);
		} catch (error) {
			if (!(error instanceof NoDeploymentError)) throw error;
			throw await missingGroup(error, name, { gateway, place, signal: stop });
		}
	}, patience);
}

/** What is to be deployed; that of a deployment has to be read. */
async function revisionOf(named: NamedRevision, read: ReadDeployment): Promise<Revision | undefined> {
	if (named.type !== 'deployment') return named;
	const deployment = await read(named.id);
	if (deployment === undefined || deployment.revision) return deployment?.revision;
	throw new UsageError(`${named.id} names no revision: expected --revision with one of its own`);
}
