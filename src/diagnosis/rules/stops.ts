import type { AlarmSnapshot } from '../../domain/alarm.ts';
import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import { effectiveAlarms } from '../../domain/deployment-group.ts';
import { type DiagnosisCase, failedTargets } from '../case.ts';
import { aws, redeploy } from '../commands.ts';
import { docs } from '../docs.ts';
import type { Evidence } from '../finding.ts';
import { apiEvidence, type DeploymentRule } from '../rule.ts';
import { counted, shorten } from '../words.ts';

/** Deployments that were ended from outside: by an alarm, or by somebody. */

export const alarmActive: DeploymentRule = of => {
	if (of.deployment.error?.code !== 'ALARM_ACTIVE') return undefined;
	const names = alarmNames(of);
	return {
		place: 'cause',
		cause: 'alarm-active',
		title: titleOf(names),
		why: `${names.length === 0 ? 'A CloudWatch alarm of the group' : `${names.length === 1 ? 'The alarm' : 'The alarms'} ${names.join(', ')}`} went into ALARM while the deployment ran, so CodeDeploy stopped it. Hosts that were being deployed to were cut short.`,
		confidence: 'certain',
		evidence: alarmEvidence(of, names),
		steps: [
			'See what the alarm measures, and whether the new revision made it worse: compare hosts with and without it.',
			'If the alarm was in ALARM before, settle that first: it stops every deployment within seconds.',
			'Deploy the last good revision, or a repair. While the alarm is not OK, that needs --override-alarm-configuration enabled=false.',
		],
		commands: [
			...(names.length === 0
				? []
				: [
						aws(of, 'cloudwatch describe-alarms', {
							'alarm-names': names,
							'alarm-types': ['MetricAlarm', 'CompositeAlarm'],
						}),
					]),
			...names.slice(0, 3).map(name =>
				aws(of, 'cloudwatch describe-alarm-history', {
					'alarm-name': name,
					'history-item-type': 'StateUpdate',
					'max-items': '10',
				}),
			),
			...showLastGood(of),
		],
		docs: docs.alarms,
	};
};

/** Where the revision to go back to is found. */
const showLastGood = (of: DiagnosisCase): readonly string[] =>
	of.group?.lastSuccessful === undefined
		? []
		: [
				aws(of, 'deploy get-deployment', {
					'deployment-id': of.group.lastSuccessful.id,
					query: 'deploymentInfo.revision',
				}),
			];

function titleOf(names: readonly string[]): string {
	const [first, ...others] = names;
	if (first === undefined) return 'An alarm stopped the deployment';
	const more = others.length === 0 ? '' : ` and ${others.length} more`;
	return shorten(
		`${others.length === 0 ? 'The alarm' : 'The alarms'} ${shorten(first, 30)}${more} stopped the deployment`,
		60,
	);
}

/** From the message, each in angle brackets; else those of the group that are in ALARM now. */
function alarmNames(of: DiagnosisCase): readonly string[] {
	const message = of.deployment.error?.message ?? '';
	const said = [...message.matchAll(/<([^<>]+)>/g)].flatMap(match => match[1] ?? []);
	if (said.length > 0) return [...new Set(said)];
	const attached = effectiveAlarms(of.deployment, of.group)?.configuration.alarms ?? [];
	return (of.alarms ?? [])
		.filter(({ name, state }) => state === 'ALARM' && attached.includes(name))
		.map(({ name }) => name);
}

const alarmEvidence = (of: DiagnosisCase, names: readonly string[]): readonly Evidence[] =>
	names.flatMap(name => {
		const alarm = of.alarms?.find(candidate => candidate.name === name);
		return alarm ? [apiEvidence(`alarm ${name}`, describe(alarm))] : [];
	});

const describe = ({ state, reason }: AlarmSnapshot): string => shorten(`${state} now: ${reason}`, 300);

/** AWS documents neither the code nor the text of a stop by hand, so a stop that nothing else explains counts as one. */
export const manualStop: DeploymentRule = of => {
	const { status, error, id } = of.deployment;
	const isNamed = error?.code === 'MANUAL_STOP';
	if (!isNamed && (status !== 'Stopped' || error !== undefined)) return undefined;
	return {
		place: 'consequence',
		cause: 'manual-stop',
		title: 'Somebody stopped the deployment',
		why: `StopDeployment was called. ${mixture(of)}`,
		confidence: isNamed ? 'certain' : 'likely',
		severity: 'info',
		steps: [
			'See in CloudTrail who called StopDeployment.',
			'Hosts that were done keep the new revision, the others the old one: deploy again or roll back.',
		],
		commands: [
			aws(of, 'cloudtrail lookup-events', {
				'lookup-attributes': 'AttributeKey=EventName,AttributeValue=StopDeployment',
				'max-items': '10',
			}),
			aws(of, 'deploy get-deployment', { 'deployment-id': id, query: 'deploymentInfo.deploymentOverview' }),
			...redeploy(of),
		],
		docs: docs.stop,
	};
};

function mixture({ deployment }: DiagnosisCase): string {
	const done = deployment.overview?.succeeded ?? 0;
	if (deployment.platform !== 'Server' || done === 0)
		return 'Targets that were being deployed to were cut short; that is no failure of theirs.';
	return `${counted(done, 'host')} ${done === 1 ? 'has' : 'have'} the new revision and the others do not; the hosts that were being deployed to were cut short.`;
}

/** An automatic rollback is a deployment of its own and can fail too (AWS: RollbackInfo). */
export const rollbackFailed: DeploymentRule = of => {
	const { deployment } = of;
	if (deployment.creator !== 'codeDeployRollback' || deployment.status !== 'Failed') return undefined;
	const undone = deployment.rollback?.triggeringDeploymentId;
	return {
		place: 'consequence',
		cause: 'rollback-failed',
		title: shorten(`The rollback${undone ? ` of ${undone}` : ''} failed as well`, 60),
		why: `CodeDeploy started this deployment by itself to bring the last good revision back, and it failed. ${hostsLeft(of)}`,
		confidence: 'certain',
		severity: 'warning',
		evidence: [apiEvidence('creator', 'codeDeployRollback')],
		steps: [
			'Settle what failed on the hosts first: it is the same for every revision, or the old revision no longer deploys.',
			'Then deploy a revision that is known to work, by hand.',
		],
		commands: [...showTriggering(of, deployment), ...redeploy(of)],
		docs: docs.rollback,
	};
};

const hostsLeft = (of: DiagnosisCase): string => {
	const failed = failedTargets(of).length;
	return failed === 0 ? '' : `${counted(failed, 'target')} may run either revision now.`;
};

const showTriggering = (of: DiagnosisCase, { rollback }: DeploymentSnapshot): readonly string[] =>
	rollback?.triggeringDeploymentId === undefined
		? []
		: [aws(of, 'deploy get-deployment', { 'deployment-id': rollback.triggeringDeploymentId })];
