import type { AutoRollback } from '../../domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { RollbackEvent } from '../../domain/protection.ts';
import { ok } from '../checks/found.ts';
import { updateGroup } from '../commands.ts';
import { apiEvidence } from '../rule.ts';
import { type Fault, type PreflightJudge, type Scene, tellFault, tellFaults } from './found.ts';
import { protectCommand, sameUnasked } from './protect-command.ts';

/**
 * Whether a deployment that goes wrong is undone by itself (AWS: AutoRollbackConfiguration; user guide, redeploy and roll
 * back a deployment). A stop by hand asks by itself whether to roll back; only an alias of Lambda is left broken by one
 * that does not (AWS user guide: troubleshoot Lambda deployments).
 */
export const judgeAutomaticRollback: PreflightJudge = scene => {
	const { autoRollback, alarms, platform } = scene.group;
	if (!autoRollback?.enabled)
		return tellFault(fault(scene, 'warning', 'off', ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']));
	const lacks = (event: RollbackEvent) => !autoRollback.events.includes(event);
	const faults: Fault[] = [];
	if (lacks('DEPLOYMENT_FAILURE'))
		faults.push(fault(scene, 'warning', 'on, but not when a deployment fails', ['DEPLOYMENT_FAILURE']));
	if (lacks('DEPLOYMENT_STOP_ON_ALARM') && watchesAlarms(alarms))
		faults.push(
			fault(scene, 'warning', 'on, but not when an alarm stops a deployment', ['DEPLOYMENT_STOP_ON_ALARM']),
		);
	if (lacks('DEPLOYMENT_STOP_ON_REQUEST') && platform === 'Lambda')
		faults.push(
			fault(scene, 'info', 'a stop by hand leaves the alias split between two versions', [
				'DEPLOYMENT_STOP_ON_REQUEST',
			]),
		);
	return tellFaults(united(scene, faults), () => ok(`on: ${autoRollback.events.map(wordOf).join(', ')}`));
};

const watchesAlarms = (alarms: DeploymentGroupSnapshot['alarms']): boolean =>
	alarms?.enabled === true && alarms.alarms.length > 0;

const wordOf = (event: string): string =>
	event
		.replace(/^DEPLOYMENT_/, '')
		.replaceAll('_', ' ')
		.toLowerCase();

function fault(
	scene: Scene,
	severity: Fault['severity'],
	summary: string,
	wanted: readonly RollbackEvent[],
): Fault {
	return {
		severity,
		summary,
		evidence: [apiEvidence('autoRollbackConfiguration', describe(scene.group.autoRollback))],
		steps: [`Roll back by itself on ${wanted.join(' and ')}.`],
		commands: commandsFor(scene, wanted),
		wish: { autoRollback: wanted },
	};
}

/** One change for all that is missing: the events are replaced as a whole. */
function united(scene: Scene, faults: readonly Fault[]): readonly Fault[] {
	const wanted = faults.flatMap(({ wish }) =>
		wish?.autoRollback === 'off' ? [] : (wish?.autoRollback ?? []),
	);
	return faults.map((each, index) =>
		index > 0
			? { ...each, evidence: [], commands: [], wish: { autoRollback: wanted } }
			: { ...each, commands: commandsFor(scene, wanted), wish: { autoRollback: wanted } },
	);
}

function commandsFor({ facts, group, next }: Scene, wanted: readonly RollbackEvent[]): readonly string[] {
	const before = group.autoRollback?.enabled ? group.autoRollback.events : [];
	const events = [...new Set([...before, ...wanted])];
	const configuration = JSON.stringify({ enabled: true, events });
	return [
		protectCommand(facts, { autoRollback: wanted }),
		...updateGroup(next, { 'auto-rollback-configuration': configuration }).map(sameUnasked),
	];
}

const describe = (automatic: AutoRollback | undefined): string =>
	automatic?.enabled ? `enabled: ${automatic.events.join(', ')}` : 'not enabled';
