import { readOnlyRefusal, sessionOptions } from '../actions/action.ts';
import { carryOut, type Outcome } from '../actions/carry-out.ts';
import { deployDeed } from '../actions/deploying/deploy-deed.ts';
import { planDifference } from '../actions/deploying/difference.ts';
import { planImpact } from '../actions/deploying/impact.ts';
import { planObstacles } from '../actions/deploying/obstacles.ts';
import { createDeploymentArguments, orderOf, planTitle, usualOptions } from '../actions/deploying/order.ts';
import { deployRecorder } from '../actions/deploying/record-deploy.ts';
import type { DeployOptions, DeployOrder } from '../domain/deploy-order.ts';
import type { DeployPlan } from '../domain/deploy-plan.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { undoneBy } from '../domain/rollback.ts';
import { redact } from '../lib/redact.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { Session } from '../monitor/state.ts';
import { planDocument } from '../view/headless/plan-json.ts';
import { planLines, type ToldPlan } from '../view/headless/plan-text.ts';
import { jsonText } from '../view/json.ts';
import { preflightWord } from '../view/preflight/shown.ts';
import { callerOf, undoneExitCode } from './acting.ts';
import type { DeployCommand } from './command.ts';
import { confirm, requireConsent } from './confirm.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { lookBefore } from './look-before.ts';
import { type OpenConnection, openConnection } from './open-connection.ts';
import { readPlan } from './read-plan.ts';
import { lineSayer } from './say.ts';
import type { WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';

export type DeployParts = WatchParts & {
	/** Watches the new deployment to its end: on the screen, or as lines. */
	watch(id: DeploymentId): Promise<ExitCode>;
};

/**
 * `rollcall rollback` and `rollcall deploy`: says what would be done, asks, does it once, and watches it. A dry run sends
 * nothing, and ends with 1 when something is in the way. Throws UsageError and NoAwsError.
 */
export async function deploy(command: DeployCommand, parts: DeployParts): Promise<ExitCode> {
	const { common, dryRun } = command;
	if (!dryRun) {
		if (common.readOnly)
			throw new UsageError('this session is read-only: expected --dry-run, which sends nothing');
		requireConsent(command, parts.io);
	}
	const opened = await openConnection(common, parts);
	let created: DeploymentId | ExitCode;
	try {
		created = await planAndDeploy(command, opened, parts);
	} finally {
		opened.connection.close();
	}
	return typeof created === 'string' ? parts.watch(created) : created;
}

/** The new deployment, or the exit code where there is none. */
async function planAndDeploy(
	command: DeployCommand,
	opened: OpenConnection,
	parts: DeployParts,
): Promise<DeploymentId | ExitCode> {
	const { io } = parts;
	const say = lineSayer(command.common, io);
	const plan = await readPlan(command, opened, parts);
	if (plan === undefined) return exitCodes.succeeded;
	const options = optionsOf(command, plan);
	const order = orderOf(plan, options, command.description);
	const told = await tell(command, { plan, options, order }, opened, parts);
	if (io.signal.aborted) return exitCodes.succeeded;
	if (command.format === 'json') io.out(`${jsonText(planDocument(told))}\n`);
	else planLines(told).forEach(say);
	if (command.dryRun) return isPossible(told) ? exitCodes.succeeded : exitCodes.failed;
	const refusal = refusalOf(told, command);
	if (refusal !== undefined || order === undefined) {
		io.err(`rollcall: nothing was sent: ${refusal ?? 'there is nothing to deploy'}\n`);
		return exitCodes.failed;
	}
	say('');
	const question = { session: opened.session, group: plan.group.name, title: planTitle(plan) };
	if (!(await confirm(question, command, io))) {
		io.err('rollcall: nothing was sent\n');
		return exitCodes.failed;
	}
	return outcomeOf(await send(plan, order, opened, parts), command, parts);
}

type Planned = {
	readonly plan: DeployPlan;
	readonly options: DeployOptions;
	readonly order: DeployOrder | undefined;
};

/** Everything that there is to say before. */
async function tell(
	{ purpose }: DeployCommand,
	{ plan, options, order }: Planned,
	opened: OpenConnection,
	{ io, clock }: DeployParts,
): Promise<ToldPlan> {
	return {
		plan,
		difference: planDifference(plan, options),
		impact: planImpact(plan, options),
		obstacles: planObstacles(plan, options),
		// To go back must not take long: it is looked at what is in the way, not at all that could be better.
		...(purpose === 'deploy' && { preflight: await lookBefore(plan, options, opened, io.signal) }),
		command: order && commandLine(order, opened.session),
		now: clock.now(),
	};
}

const failing = ({ preflight = [] }: ToldPlan) =>
	preflight.filter(check => preflightWord(check) === 'problem');

const isPossible = (told: ToldPlan): boolean => told.obstacles.length === 0 && failing(told).length === 0;

/** Why it is not even asked; undefined when it is. What a preflight has found somebody has to have seen. */
function refusalOf(told: ToldPlan, { yes, purpose, source }: DeployCommand): string | undefined {
	if (told.obstacles.length > 0) return 'see what is in the way';
	const { latest } = told.plan;
	const undone = latest?.status === 'Succeeded' ? undoneBy(latest) : undefined;
	// Who runs it twice does not want to lose what the first time brought back.
	if (yes && purpose === 'roll-back' && source === undefined && undone !== undefined)
		return `${latest?.id} has rolled ${undone} back already: to go back further, say where with --to, or answer on a terminal`;
	const problems = failing(told).length;
	if (problems === 0 || !yes) return undefined;
	const found = problems === 1 ? 'a problem' : `${problems} problems`;
	return `the preflight has found ${found}, which --yes does not confirm: mend that first, or answer on a terminal`;
}

async function send(
	plan: DeployPlan,
	order: DeployOrder,
	{ connection, session }: OpenConnection,
	{ io, clock, audit }: DeployParts,
): Promise<Outcome> {
	const { codeDeploy, identity } = connection.gateways;
	const record = deployRecorder(plan, order, {
		audit,
		clock,
		session,
		identity: await callerOf(identity, io.signal),
		failed: problem => io.err(`rollcall: ${sanitizeLine(problem)}\n`),
	});
	const deed = deployDeed(plan, order, { codeDeploy, signal: io.signal });
	return carryOut(deed, readOnlyRefusal({ session }), record);
}

function outcomeOf(
	{ outcome, detail, created, failure }: Outcome,
	command: DeployCommand,
	parts: DeployParts,
): DeploymentId | ExitCode {
	if (outcome === 'accepted' && created !== undefined) {
		lineSayer(command.common, parts.io)(detail);
		return created;
	}
	parts.io.err(`rollcall: ${sanitizeLine(redact(detail))}\n`);
	if (created !== undefined) return created;
	return undoneExitCode(outcome, failure);
}

/** What the command line says, else what the plan suggests. */
function optionsOf(command: DeployCommand, plan: DeployPlan): DeployOptions {
	const { overrideAlarms, ignoreApplicationStopFailures, fileExistsBehavior } = command;
	return {
		...usualOptions(plan),
		overrideAlarms,
		ignoreApplicationStopFailures,
		...(fileExistsBehavior !== undefined && { fileExistsBehavior }),
	};
}

const commandLine = (order: DeployOrder, session: Session): string =>
	['aws', 'deploy', ...createDeploymentArguments(order), ...sessionOptions(session)].map(shellWord).join(' ');
