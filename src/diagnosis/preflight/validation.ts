import { appSpecHooks } from '../../domain/app-spec-hooks.ts';
import { judgeAnswer, notApplicable, ok, pending, unknown } from '../checks/found.ts';
import { docs } from '../docs.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import { counted } from '../words.ts';
import {
	type Fault,
	isServer,
	type PreflightFound,
	type PreflightJudge,
	type Scene,
	tellFault,
} from './found.ts';
import { type PastEvent, pastEvents, tellingPast } from './past-events.ts';

/**
 * Whether anything looks at the new revision before it counts as good. An event without scripts is done in well under a
 * second, and agent 1 says CompletedNoopCommand of it (AWS user guide: AppSpec hooks). ECS and Lambda have functions for
 * it, which their AppSpec names.
 */
export const judgeValidation: PreflightJudge = scene =>
	isServer(scene.group) ? judgeHosts(scene) : judgeFunctions(scene);

/** What does nothing is done sooner, milliseconds. */
const idleMs = 1000;

const isIdle = ({ event, tookMs }: PastEvent): boolean =>
	tookMs < idleMs || event.diagnostics?.message.includes('CompletedNoopCommand') === true;

const judgeHosts = (scene: Scene): PreflightFound =>
	judgeAnswer(scene.facts.past, past => {
		const telling = tellingPast(past);
		if (telling.length === 0) return notApplicable('no deployment has succeeded that would show it');
		const runs = pastEvents(telling).filter(({ event }) => event.name === 'ValidateService');
		if (runs.length === 0) return unknown('the last deployments do not tell what ValidateService took');
		if (!runs.every(isIdle)) return ok('ValidateService does some work', runs.slice(0, 3).map(runEvidence));
		return tellFault(idleHosts(scene, runs, telling.length));
	});

function idleHosts({ group }: Scene, runs: readonly PastEvent[], deployments: number): Fault {
	const isBalanced = (group.loadBalancers?.length ?? 0) > 0;
	const over = deployments === 1 ? 'the last deployment' : `the last ${deployments} deployments`;
	return {
		// The load balancer at least finds out whether it answers.
		severity: isBalanced ? 'info' : 'warning',
		summary: `ValidateService took no time on any host in ${over}: nothing seems to be validated`,
		evidence: runs.slice(0, 3).map(runEvidence),
		steps: [
			'Give the AppSpec a ValidateService hook that fails unless the application answers as it should.',
			...(isBalanced ? ['Until then the health check of the load balancer is all that looks at it.'] : []),
			`How hooks are written: ${docs.appSpecHooks}`,
		],
	};
}

const runEvidence = ({ deployment, target, event, tookMs }: PastEvent) =>
	apiEvidence(`${event.name} on ${target} in ${deployment}`, `${tookMs} ms`);

const reserved: ReadonlySet<string> = new Set(['Install', 'AllowTestTraffic', 'AllowTraffic']);

function judgeFunctions({ facts, group }: Scene): PreflightFound {
	if (facts.appSpec === undefined) return pending;
	const content = answerOf(facts.appSpec);
	if (content !== undefined && content !== nothing) {
		const hooks = appSpecHooks(content);
		if (hooks.length > 0)
			return ok(
				`the AppSpec names ${counted(hooks.length, 'hook')}`,
				hooks.map(({ event, functionName }) => apiEvidence(event, functionName)),
			);
		return tellFault(noHooks(group.alarms?.enabled === true, [apiEvidence('AppSpec', 'no hooks')]));
	}
	return judgeAnswer(facts.past, past => {
		const runs = pastEvents(tellingPast(past)).filter(({ event }) => !reserved.has(event.name));
		if (runs.length === 0) return unknown('neither the AppSpec nor the last deployments tell of a hook');
		const working = runs.filter(run => !isIdle(run));
		if (working.length > 0) return ok('hooks do some work', working.slice(0, 3).map(runEvidence));
		return tellFault(noHooks(group.alarms?.enabled === true, runs.slice(0, 3).map(runEvidence)));
	});
}

const noHooks = (isWatched: boolean, evidence: Fault['evidence']): Fault => ({
	severity: isWatched ? 'info' : 'warning',
	summary: 'no hook looks at the new version before it has the traffic',
	evidence,
	steps: [
		'Give the AppSpec a function as BeforeAllowTraffic hook, or of a service with a test listener as AfterAllowTestTraffic.',
		`How hooks are written: ${docs.appSpecHooks}`,
	],
});
