import type { DeployOptions } from '../../domain/deploy-order.ts';
import type { DeployPlan } from '../../domain/deploy-plan.ts';
import { shortConfigName } from '../../domain/deployment-config.ts';
import { isForHosts } from '../../domain/deployment-group.ts';
import { nameRevision } from '../../domain/revision.ts';
import { type Tally, tallyTotal } from '../../domain/tally.ts';
import type { Impact, ImpactRow } from '../action.ts';
import { planWarnings } from './warnings.ts';

/** What the deployment would do, to whom; said before it is confirmed. */
export function planImpact(plan: DeployPlan, options: DeployOptions): Impact {
	return { rows: rowsOf(plan), notes: notesOf(plan), warnings: planWarnings(plan, options) };
}

function rowsOf(plan: DeployPlan): readonly ImpactRow[] {
	const { group, revision } = plan;
	const name = revision === undefined ? 'the revision' : nameRevision(revision);
	switch (group.platform) {
		case 'ECS': {
			const services = (group.ecsServices ?? []).map(({ cluster, service }) => `${cluster}:${service}`);
			const what = services.length === 0 ? 'the ECS service' : services.join(', ');
			return [{ what, outcome: `a new task set runs ${name}, and the traffic moves to it` }];
		}
		case 'Lambda':
			return [{ what: 'the alias of the function', outcome: `its traffic moves as ${name} says` }];
		default:
			return group.type === 'BLUE_GREEN' ? fleetRows(plan, name) : hostRows(plan, name);
	}
}

const fleetRows = ({ group }: DeployPlan, name: string): readonly ImpactRow[] => [
	{ what: 'the replacement targets', outcome: `they get ${name}, then the traffic` },
	{
		what: 'the original targets',
		outcome:
			group.blueGreen?.onSuccess === 'TERMINATE'
				? 'they lose the traffic, and are terminated in the end'
				: 'they lose the traffic, and are kept',
	},
];

function hostRows({ latest, purpose }: DeployPlan, name: string): readonly ImpactRow[] {
	const again = purpose === 'roll-back' || purpose === 'redeploy' ? ' again' : '';
	const current = latest?.revision === undefined ? 'the newest revision' : nameRevision(latest.revision);
	const outcome = (count: number) => `${count === 1 ? 'it gets' : 'they get'} ${name}${again}`;
	const tally = latest?.overview;
	if (tally === undefined || tallyTotal(tally) === 0) {
		return [{ what: 'the hosts of the group', outcome: outcome(2) }];
	}
	return groupsOf(tally, current)
		.filter(({ count }) => count > 0)
		.map(({ count, what }) => ({
			what: `${count} ${count === 1 ? 'host' : 'hosts'} ${what}`,
			outcome: outcome(count),
		}));
}

/** As the newest deployment has left them. */
const groupsOf = (tally: Tally, current: string) => [
	{ count: tally.succeeded + tally.ready, what: `with ${current}` },
	{ count: tally.failed + tally.inProgress, what: `where ${current} failed or was cut short` },
	{ count: tally.pending + tally.skipped, what: `that ${current} did not reach` },
];

function notesOf(plan: DeployPlan): readonly string[] {
	const { group, configName = group.configName, purpose, latest, from, revision } = plan;
	const notes: string[] = [];
	if (from !== undefined) {
		const what = revision === undefined ? 'its revision' : nameRevision(revision);
		notes.push(`It is a new deployment, of ${what} as ${from.id} brought it.`);
	}
	if (configName !== undefined) notes.push(`It goes on as ${shortConfigName(configName)} says.`);
	if (isForHosts(group)) {
		if (latest?.revision) notes.push(`ApplicationStop of ${nameRevision(latest.revision)} runs first.`);
		if (purpose === 'roll-back') {
			notes.push('What scripts have changed outside of the deployed files is not undone.');
		}
	}
	return notes;
}
