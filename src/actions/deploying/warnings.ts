import type { DeployOptions } from '../../domain/deploy-order.ts';
import { type DeployPlan, isRead } from '../../domain/deploy-plan.ts';
import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import { isSameRevision, nameRevision } from '../../domain/revision.ts';
import { undoneBy } from '../../domain/rollback.ts';
import { firingAlarms } from './obstacles.ts';

/** What does not make the deployment impossible, but should be known before it is made: sentences. */
export const planWarnings = (plan: DeployPlan, options: DeployOptions): readonly string[] => [
	...sourceWarnings(plan),
	...bundleWarnings(plan),
	...appSpecWarnings(plan),
	...alarmWarnings(plan, options),
	...optionWarnings(plan, options),
];

function sourceWarnings({ purpose, from, latest, revision }: DeployPlan): readonly string[] {
	const warnings: string[] = [];
	if (from !== undefined && from.status !== 'Succeeded') {
		warnings.push(`${from.id} did not succeed (${from.status}): its revision has not proved itself here.`);
	}
	if (purpose === 'roll-back' && latest?.status === 'Succeeded') warnings.push(furtherBack(latest));
	if (purpose !== 'redeploy' && revision && latest && isSameRevision(revision, latest.revision)) {
		warnings.push(`${latest.id} (${latest.status}) brought the same revision: it is deployed once more.`);
	}
	return warnings;
}

/** What is there works, as far as CodeDeploy knows: whoever wants it away should know that. */
function furtherBack(latest: DeploymentSnapshot): string {
	const { id } = latest;
	const undone = undoneBy(latest);
	return undone === undefined
		? `${id}, the newest deployment, succeeded: this takes away what it brought.`
		: `${id} has rolled ${undone} back already: this goes back further.`;
}

function bundleWarnings({ bundle }: DeployPlan): readonly string[] {
	if (bundle === undefined) return [];
	if (!isRead(bundle)) return [`Whether the bundle is still there is not known: ${bundle.unread}.`];
	if (bundle.value.type !== 'denied') return [];
	return [
		`Whether the bundle is still there is not known: S3 does not show it to you (${bundle.value.action}).`,
	];
}

const appSpecWarnings = ({ appSpecs }: DeployPlan): readonly string[] =>
	appSpecs?.isAltered
		? [
				'The text of the AppSpec does not have the hash that it was deployed with: read it before you deploy it.',
			]
		: [];

function alarmWarnings(plan: DeployPlan, { overrideAlarms }: DeployOptions): readonly string[] {
	const { alarms, group } = plan;
	if (alarms === undefined) return [];
	if (overrideAlarms) {
		const firing = firingAlarms(plan).map(({ name }) => name);
		const now = firing.length === 0 ? '' : ` (in ALARM now: ${firing.join(', ')})`;
		return [`No alarm stops this deployment: those of the group are overridden${now}.`];
	}
	if (!isRead(alarms)) return [`The alarms of the group could not be read: ${alarms.unread}.`];
	const known = new Set(alarms.value.map(({ name }) => name));
	const deleted = (group.alarms?.alarms ?? []).filter(name => !known.has(name));
	return deleted.map(name => `Alarm ${name} of the group does not exist any more: it stops nothing.`);
}

function optionWarnings({ latest, group }: DeployPlan, options: DeployOptions): readonly string[] {
	const warnings: string[] = [];
	if (group.autoRollback?.enabled !== true) {
		warnings.push('Automatic rollback is off: if this fails, nothing brings back what is there now.');
	}
	if (options.ignoreApplicationStopFailures && latest?.revision) {
		warnings.push(
			`If ApplicationStop of ${nameRevision(latest.revision)} fails, hosts go on as if it had not.`,
		);
	}
	if (options.fileExistsBehavior === 'OVERWRITE') {
		warnings.push('Files that no deployment has put on the hosts are overwritten.');
	}
	return warnings;
}
