import type { DeploymentId } from '../domain/ids.ts';
import { isByAutoScaling } from '../domain/story.ts';
import { untilAborted } from '../lib/abort.ts';
import { selectChapters } from '../monitor/chapters.ts';
import { findDeployment, type GroupName } from '../monitor/find-deployment.ts';
import { rolloutOf } from '../monitor/state.ts';
import { timed } from '../view/change-lines.ts';
import { describeFailure } from '../view/freshness.ts';
import type { CommonOptions, Subject } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { lostPatienceMs } from './follow.ts';
import { openConnection } from './open-connection.ts';
import { refusal } from './refusal.ts';
import { lineSayer } from './say.ts';
import type { WatchParts } from './start-watch.ts';
import { failureOf } from './subject.ts';
import { type Waited, waitToEnd } from './wait.ts';

/** How often the group is asked for its next deployment while none of it is told of. */
const askMs = 10_000;

type Followed = { readonly subject: Subject; readonly common: CommonOptions };

/**
 * `rollcall watch --follow` where there is no terminal: what `rollcall wait` does, for one deployment of the group after the
 * other, each to its end, until the program is told to end or nothing is known for too long. Throws what `wait` throws.
 */
export async function followGroup({ subject, common }: Followed, parts: WatchParts): Promise<ExitCode> {
	const told = new Set<DeploymentId>();
	for (let next = subject; ; ) {
		const waited = await waitToEnd(
			{ type: 'wait', subject: next, goal: 'succeeded', format: 'text', common },
			parts,
		);
		if (!waited) return exitCodes.succeeded;
		const { id, state, outcome, exitCode } = waited;
		const group = groupOf(waited);
		if (outcome === 'interrupted' || outcome === 'lost' || !group) return exitCode;
		// A rollback, and what Auto Scaling needed because of it, has been told with what it follows.
		for (const chapter of selectChapters(state.rollouts, id)) told.add(chapter.id);
		const found = await awaitNext(group, told, common, parts);
		if (found === undefined) return exitCode;
		next = { deploymentId: found };
	}
}

function groupOf({ state, id }: Waited): GroupName | undefined {
	const { application, group } = rolloutOf(state, id).deployment.data ?? {};
	return application === undefined || group === undefined ? undefined : { application, group };
}

/** Undefined when the program is told to end first. A failure is said once, and waited out as long as a wait does. */
async function awaitNext(
	group: GroupName,
	told: Set<DeploymentId>,
	common: CommonOptions,
	parts: WatchParts,
): Promise<DeploymentId | undefined> {
	const { clock, io } = parts;
	const { signal } = io;
	const { connection, session } = await openConnection(common, parts);
	const { codeDeploy } = connection.gateways;
	const sayLine = lineSayer(common, io);
	const say = (words: string) => sayLine(timed(clock.now(), words));
	let answeredAt = clock.now();
	let problem: string | undefined;
	say(`· ${group.application} / ${group.group}: waiting for its next deployment`);
	try {
		while (!signal.aborted) {
			try {
				const id = await untilAborted(findDeployment(codeDeploy, group, signal), signal);
				// What Auto Scaling does for machines of its own is no release.
				if (!told.has(id) && !isByAutoScaling(await codeDeploy.getDeployment(id, signal))) return id;
				told.add(id);
				if (problem !== undefined) say('AWS answers again');
				answeredAt = clock.now();
				problem = undefined;
			} catch (error) {
				if (signal.aborted) return undefined;
				const failure = failureOf(error, session);
				if (clock.now() - answeredAt >= lostPatienceMs) throw refusal(failure, session);
				const words = describeFailure(failure, session.profile);
				if (words !== problem) say(`? ${words}`);
				problem = words;
			}
			await clock.sleep(askMs, signal);
		}
		return undefined;
	} finally {
		connection.close();
	}
}
