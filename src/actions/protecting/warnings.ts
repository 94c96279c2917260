import { isRead } from '../../domain/deploy-plan.ts';
import { isFinal } from '../../domain/deployment.ts';
import { isNothing, noAlarms, noAutoRollback } from '../../domain/plan-protection.ts';
import { rollbackEventWord } from '../../domain/protection-difference.ts';
import { alarmNames, awakenedAlarms, type ProtectionPlan } from '../../domain/protection-plan.ts';
import { listed } from '../../lib/sentence.ts';

/** What does not stand in the way of a change, but should be known before it is made: sentences. */
export const protectionWarnings = (plan: ProtectionPlan): readonly string[] => [
	...firingAlarms(plan),
	...reawakened(plan),
	...deletedAlarms(plan),
	...unreadAlarms(plan),
	...strangers(plan),
	...pointless(plan),
	...lostProtection(plan),
];

/** What is good to know about it, and no reason to hesitate. */
export const protectionNotes = (plan: ProtectionPlan): readonly string[] => [
	...running(plan),
	...roleNeeds(plan),
	...silentAlarms(plan),
	...nothingToReturnTo(plan),
];

/** AWS: an alarm that is in ALARM when a deployment starts stops it. */
const firingAlarms = (plan: ProtectionPlan): readonly string[] =>
	namesIn(plan, 'ALARM').map(
		name => `Alarm ${name} is in ALARM now: the next deployment is stopped within seconds of its start.`,
	);

const silentAlarms = (plan: ProtectionPlan): readonly string[] =>
	namesIn(plan, 'INSUFFICIENT_DATA').map(
		name => `Alarm ${name} has no data now (INSUFFICIENT_DATA): as long as that lasts it stops nothing.`,
	);

function namesIn(plan: ProtectionPlan, state: string): readonly string[] {
	if (plan.alarms === undefined || !isRead(plan.alarms)) return [];
	const awakened = awakenedAlarms(plan);
	return plan.alarms.value
		.filter(alarm => alarm.state === state && awakened.includes(alarm.name))
		.map(({ name }) => name);
}

/** What was switched off comes back with what is added to it. */
function reawakened({ wish, before, after }: ProtectionPlan): readonly string[] {
	const warnings: string[] = [];
	const sleeping = before.alarms?.enabled ? [] : alarmNames(before);
	const others = sleeping.filter(name => alarmNames(after).includes(name) && !wish.attach?.includes(name));
	if (after.alarms?.enabled && others.length > 0)
		warnings.push(`The alarms were switched off: ${others.join(', ')} stop deployments again, too.`);
	const { enabled, events } = before.autoRollback ?? noAutoRollback;
	const old = enabled ? [] : events.filter(event => !wished(wish.autoRollback).includes(event));
	if (after.autoRollback?.enabled && old.length > 0)
		warnings.push(
			`Automatic rollback was switched off: it happens on ${listed(old.map(rollbackEventWord))} again, too.`,
		);
	return warnings;
}

const wished = (events: ProtectionPlan['wish']['autoRollback']): readonly string[] =>
	events === undefined || events === 'off' ? [] : events;

function deletedAlarms({ before, after, blocks, alarms }: ProtectionPlan): readonly string[] {
	if (!blocks.alarms || alarms === undefined || !isRead(alarms)) return [];
	const existing = alarms.value.map(({ name }) => name);
	return alarmNames(after)
		.filter(name => alarmNames(before).includes(name) && !existing.includes(name))
		.map(name => `Alarm ${name} of the group does not exist any more: it stops nothing; detach it.`);
}

const unreadAlarms = ({ blocks, alarms }: ProtectionPlan): readonly string[] =>
	blocks.alarms === undefined || alarms === undefined || isRead(alarms)
		? []
		: [`Whether the alarms exist, and how they are, could not be read: ${alarms.unread}.`];

/** Somebody may have mistyped it. */
const strangers = ({ wish, before }: ProtectionPlan): readonly string[] =>
	(wish.detach ?? [])
		.filter(name => !alarmNames(before).includes(name))
		.map(name => `Alarm ${name} is not attached to the group.`);

function pointless({ blocks, after }: ProtectionPlan): readonly string[] {
	const { autoRollback = noAutoRollback, alarms = noAlarms } = after;
	const onAlarm = autoRollback.enabled && autoRollback.events.includes('DEPLOYMENT_STOP_ON_ALARM');
	if (onAlarm && !alarms.enabled) return ['It would roll back on alarms, but no alarm watches: attach one.'];
	const warnings: string[] = [];
	if (blocks.alarms && alarms.enabled && !onAlarm)
		warnings.push('An alarm stops the deployment, but nothing is rolled back then: add rollback on alarm.');
	if (blocks.alarms && alarms.enabled && alarms.ignorePollAlarmFailure)
		warnings.push('Deployments go on while the alarms cannot be read: they protect nothing then.');
	return warnings;
}

function lostProtection({ before, after }: ProtectionPlan): readonly string[] {
	const warnings: string[] = [];
	if (before.autoRollback?.enabled && !after.autoRollback?.enabled)
		warnings.push('Deployments that fail stay as they are: nothing rolls them back.');
	if (before.alarms?.enabled && !after.alarms?.enabled)
		warnings.push('No alarm stops a deployment any more.');
	return warnings;
}

/** What AWS documents says nothing of deployments that run; they have been seen to keep what they began with. */
function running({ group, blocks }: ProtectionPlan): readonly string[] {
	const { id, status } = group.lastAttempted ?? {};
	if (isNothing(blocks) || id === undefined || status === undefined || isFinal(status)) return [];
	return [`Count on it from the next deployment on: ${id}, which runs now, began without it.`];
}

/** AWS: the service role reads the alarms. */
const roleNeeds = ({ before, after }: ProtectionPlan): readonly string[] =>
	!before.alarms?.enabled && after.alarms?.enabled && !after.alarms.ignorePollAlarmFailure
		? [
				'CodeDeploy reads the alarms with the service role of the group: without cloudwatch:DescribeAlarms there, deployments stop.',
			]
		: [];

const nothingToReturnTo = ({ group, blocks, after }: ProtectionPlan): readonly string[] =>
	blocks.autoRollback && after.autoRollback?.enabled && group.lastSuccessful === undefined
		? ['No deployment of the group has succeeded yet: until one has, there is nothing to roll back to.']
		: [];
