import type { DeployPlan } from '../../domain/deploy-plan.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { describeRevision, type Revision } from '../../domain/revision.ts';

/** What of a group has changed since a plan was made, so that the plan is no longer what was confirmed; empty: nothing. */
export function changesSince(
	{ group: then, active }: DeployPlan,
	now: DeploymentGroupSnapshot,
	activeNow: DeploymentId | undefined,
): readonly string[] {
	const changes: string[] = [];
	const compare = (what: string, before: string, after: string) => {
		if (before !== after) changes.push(`${what} was ${before}, and is ${after}`);
	};
	if (activeNow !== undefined && activeNow !== active?.id) {
		changes.push(`the group is busy with ${activeNow} (rollcall watch ${activeNow})`);
	}
	compare('its newest deployment', idOf(then.lastAttempted), idOf(now.lastAttempted));
	compare('its last successful deployment', idOf(then.lastSuccessful), idOf(now.lastSuccessful));
	compare('its target revision', revisionWords(then.targetRevision), revisionWords(now.targetRevision));
	compare('its configuration', then.configName ?? 'unknown', now.configName ?? 'unknown');
	compare('its alarms', alarmWords(then.alarms), alarmWords(now.alarms));
	compare('its automatic rollback', rollbackWords(then), rollbackWords(now));
	compare('its service role', then.serviceRoleArn ?? 'unknown', now.serviceRoleArn ?? 'unknown');
	for (const [setting, what] of Object.entries(others) as [keyof typeof others, string][])
		if (canonical(then[setting]) !== canonical(now[setting])) changes.push(`${what} changed`);
	return changes;
}

/** What it would be done to, and how: said in few words, as there is a lot of it. */
const others = {
	id: 'the group was made anew: its id has',
	platform: 'its platform has',
	type: 'its kind of deployment has',
	autoScalingGroups: 'its Auto Scaling groups have',
	ec2Tags: 'its EC2 tags have',
	onPremisesTags: 'its on-premises tags have',
	ecsServices: 'its ECS services have',
	loadBalancers: 'its load balancers have',
	trafficControl: 'its traffic control has',
	blueGreen: 'its blue/green settings have',
} as const satisfies Partial<Record<keyof DeploymentGroupSnapshot, string>>;

/** The same for the same, in whatever order AWS lists it. */
function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).toSorted().join()}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
	const fields = Object.entries(value).map(([name, field]) => `${name}:${canonical(field)}`);
	return `{${fields.toSorted().join()}}`;
}

const idOf = (deployment: DeploymentGroupSnapshot['lastAttempted']): string => deployment?.id ?? 'none';

const revisionWords = (revision: Revision | undefined): string =>
	revision === undefined ? 'unknown' : describeRevision(revision);

function alarmWords(alarms: DeploymentGroupSnapshot['alarms']): string {
	if (alarms === undefined || alarms.alarms.length === 0) return 'none';
	const names = alarms.alarms.toSorted().join(', ');
	const suffix = alarms.ignorePollAlarmFailure ? ' (going on when they cannot be read)' : '';
	return alarms.enabled ? `${names}${suffix}` : `${names}, switched off`;
}

function rollbackWords({ autoRollback }: DeploymentGroupSnapshot): string {
	return autoRollback?.enabled ? `on for ${autoRollback.events.toSorted().join(', ')}` : 'off';
}
