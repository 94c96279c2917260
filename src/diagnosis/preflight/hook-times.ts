import { seenTimeouts } from '../../domain/deadline.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import { timeoutSeconds } from '../../domain/failure-reason.ts';
import { formatDuration } from '../../lib/duration.ts';
import { judgeAnswer, notApplicable, ok, unknown } from '../checks/found.ts';
import { aws } from '../commands.ts';
import { apiEvidence } from '../rule.ts';
import type { PastDeployment } from './facts.ts';
import { isServer, type PreflightFound, type PreflightJudge, type Scene, tellFaults } from './found.ts';
import { type PastEvent, pastEvents, tellingPast } from './past-events.ts';

/** AWS: quotas. What one event may take in all, and how long a hook's function may take to report. Milliseconds. */
const longestEventMs = 3_600_000;

/** From this share of its time on an event is said to be near its end. */
const near = 0.8;

/** An event at its slowest. */
type Slowest = PastEvent & { readonly limitMs: number };

/**
 * Whether hooks came near the time they have. Their own timeouts stand in the AppSpec of a bundle, which is not read here;
 * one that a hook has run into before was told by its agent.
 */
export const judgeHookTimes: PreflightJudge = scene =>
	judgeAnswer(scene.facts.past, past => {
		if (past.length === 0) return notApplicable('no deployment shows what hooks take');
		const slowest = slowestEvents(scene.group, past);
		const [first] = slowest;
		if (first === undefined) return unknown('the last deployments do not tell what their events took');
		return judgeSlowest(scene, first, slowest);
	});

function slowestEvents(group: DeploymentGroupSnapshot, past: readonly PastDeployment[]): readonly Slowest[] {
	const timeouts = seenTimeouts(past.flatMap(({ targets }) => targets));
	const [newest] = tellingPast(past);
	// A timeout from before the last success was mended since; it only tells how long the hook has.
	const recent = new Set(
		(newest ? past.slice(0, past.indexOf(newest) + 1) : past).map(each => each.deployment.id),
	);
	const byEvent = new Map<string, Slowest>();
	for (const each of pastEvents(past)) {
		const { name, status, diagnostics } = each.event;
		const hasTimedOut = status === 'Failed' && diagnostics && timeoutSeconds(diagnostics) !== undefined;
		if (!hasLimit(group, name)) continue;
		if (status === 'Failed' && !(hasTimedOut && recent.has(each.deployment))) continue;
		const limitMs = Math.min(timeouts.get(name) ?? longestEventMs, longestEventMs);
		if (each.tookMs > (byEvent.get(name)?.tookMs ?? -1)) byEvent.set(name, { ...each, limitMs });
	}
	return [...byEvent.values()].toSorted((a, b) => share(b) - share(a));
}

/** How long traffic takes to move is a matter of the configuration. */
const hasLimit = (group: DeploymentGroupSnapshot, event: string): boolean =>
	isServer(group) || event !== 'AllowTraffic';

const share = ({ tookMs, limitMs }: Slowest): number => tookMs / limitMs;

function judgeSlowest({ group, next }: Scene, first: Slowest, all: readonly Slowest[]): PreflightFound {
	const late = all.filter(each => share(each) >= near);
	const steps = isServer(group)
		? [
				'Make the script quicker, or raise its timeout in the AppSpec: all scripts of an event have an hour together.',
				'A script that waits for something that never comes needs a limit of its own.',
			]
		: ['Let the function report sooner: CodeDeploy waits an hour for it.'];
	return tellFaults(
		late.map(each => ({
			severity: 'warning',
			summary: describe(each),
			evidence: [evidenceOf(each)],
			steps,
			commands: [
				aws(next, 'deploy get-deployment-target', {
					'deployment-id': each.deployment,
					'target-id': each.target,
				}),
			],
		})),
		() => ok(`none near its time; ${describe(first)}`, [evidenceOf(first)]),
	);
}

const evidenceOf = (slowest: Slowest) =>
	apiEvidence(`${slowest.event.name} on ${slowest.target} in ${slowest.deployment}`, describe(slowest));

function describe({ event, tookMs, limitMs }: Slowest): string {
	if (event.status === 'Failed') return `${event.name} ran into its timeout of ${formatDuration(limitMs)}`;
	return `${event.name} took ${formatDuration(tookMs)} of ${formatDuration(limitMs)}`;
}
