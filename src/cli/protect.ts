import { readOnlyRefusal, sessionOptions } from '../actions/action.ts';
import { groupRecorder } from '../actions/audit.ts';
import { carryOut, type Outcome } from '../actions/carry-out.ts';
import { updateGroupArguments } from '../actions/protecting/command.ts';
import { protectionObstacles } from '../actions/protecting/obstacles.ts';
import { protectDeed } from '../actions/protecting/protect-deed.ts';
import { protectionNotes, protectionWarnings } from '../actions/protecting/warnings.ts';
import { isNothing } from '../domain/plan-protection.ts';
import { protectionDifference } from '../domain/protection-difference.ts';
import { createProtectionPlan, type ProtectionPlan } from '../domain/protection-plan.ts';
import { redact } from '../lib/redact.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { shellWord } from '../lib/shell-word.ts';
import { readProtection } from '../monitor/read-protection.ts';
import { protectDocument } from '../view/headless/protect-json.ts';
import { protectionLines, type ToldProtection } from '../view/headless/protect-text.ts';
import { jsonText } from '../view/json.ts';
import { callerOf, undoneExitCode } from './acting.ts';
import { askOfGroup } from './ask-of-group.ts';
import type { ProtectCommand } from './command.ts';
import { confirm, requireConsent } from './confirm.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type OpenConnection, openConnection } from './open-connection.ts';
import { lineSayer } from './say.ts';
import type { WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';

/**
 * `rollcall protect`: says what would change of what protects a group, asks, changes it once, and reads it back. Ends with
 * 1 when something is in the way, when it was not confirmed, and when it came out in another way. A dry run sends nothing.
 * Throws UsageError and NoAwsError.
 */
export async function protect(command: ProtectCommand, parts: WatchParts): Promise<ExitCode> {
	if (!command.dryRun) {
		if (command.common.readOnly)
			throw new UsageError('this session is read-only: expected --dry-run, which sends nothing');
		requireConsent(command, parts.io);
	}
	const opened = await openConnection(command.common, parts);
	try {
		return await planAndProtect(command, opened, parts);
	} finally {
		opened.connection.close();
	}
}

async function planAndProtect(
	command: ProtectCommand,
	opened: OpenConnection,
	parts: WatchParts,
): Promise<ExitCode> {
	const { io, clock } = parts;
	const say = lineSayer(command.common, io);
	const plan = await readPlan(command, opened, parts);
	if (plan === undefined) return exitCodes.succeeded;
	const told = tell(plan, opened, clock.now());
	if (command.format === 'json') io.out(`${jsonText(protectDocument(told))}\n`);
	else protectionLines(told).forEach(say);
	const isBlocked = told.obstacles.length > 0;
	if (command.dryRun || isNothing(plan.blocks)) return isBlocked ? exitCodes.failed : exitCodes.succeeded;
	if (isBlocked) {
		io.err('rollcall: nothing was sent: see what is in the way\n');
		return exitCodes.failed;
	}
	say('');
	const question = { session: opened.session, group: plan.group.name, title: `Change ${plan.group.name}` };
	if (!(await confirm(question, command, io))) {
		io.err('rollcall: nothing was sent\n');
		return exitCodes.failed;
	}
	return outcomeOf(await send(command, plan, told, opened, parts), command, parts);
}

async function readPlan(
	{ subject, wish }: ProtectCommand,
	opened: OpenConnection,
	parts: WatchParts,
): Promise<ProtectionPlan | undefined> {
	const { gateways } = opened.connection;
	const read = await askOfGroup(subject, opened, parts, (group, signal) =>
		readProtection(group, wish, gateways, signal),
	);
	return read && createProtectionPlan(read.group, wish, read.alarms);
}

function tell(plan: ProtectionPlan, { session }: OpenConnection, now: number): ToldProtection {
	const { group, blocks } = plan;
	const args = ['aws', 'deploy', ...updateGroupArguments(group.application, group.name, blocks)];
	return {
		plan,
		changes: protectionDifference(plan.before, plan.after),
		notes: protectionNotes(plan),
		warnings: protectionWarnings(plan),
		obstacles: protectionObstacles(plan),
		command: isNothing(blocks) ? undefined : [...args, ...sessionOptions(session)].map(shellWord).join(' '),
		now,
	};
}

async function send(
	{ subject, wish }: ProtectCommand,
	{ group, before }: ProtectionPlan,
	{ command = '' }: ToldProtection,
	{ connection, session }: OpenConnection,
	{ io, clock, audit }: WatchParts,
): Promise<Outcome> {
	const { codeDeploy, identity } = connection.gateways;
	const { application, name } = group;
	const record = groupRecorder(
		{
			audit,
			clock,
			session,
			identity: await callerOf(identity, io.signal),
			failed: problem => io.err(`rollcall: ${sanitizeLine(problem)}\n`),
		},
		{ deploymentId: 'deploymentId' in subject ? subject.deploymentId : '', application, group: name },
		{ action: 'Change what protects the group', command },
	);
	const deed = protectDeed({ codeDeploy, signal: io.signal }, { application, group: name, wish, before });
	return carryOut(deed, readOnlyRefusal({ session }), record);
}

function outcomeOf(
	{ outcome, detail, tone, failure }: Outcome,
	command: ProtectCommand,
	parts: WatchParts,
): ExitCode {
	if (outcome === 'accepted' && tone === 'good') {
		lineSayer(command.common, parts.io)(`changed: ${detail}`);
		return exitCodes.succeeded;
	}
	parts.io.err(`rollcall: ${sanitizeLine(redact(detail))}\n`);
	return undoneExitCode(outcome, failure);
}
