import type { InstanceFacts, InstanceStatus, ScheduledEvent } from '../../domain/host.ts';
import { aws, describeInstance } from '../commands.ts';
import type { Evidence } from '../finding.ts';
import { instanceEnd } from '../host-facts.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import {
	type ExaminedHost,
	type Found,
	type HostJudge,
	judgeAnswer,
	notApplicable,
	ok,
	pending,
	problem,
	unanswered,
	warning,
} from './found.ts';

/** Whether EC2 has the instance, runs it, and finds it well; and what it plans to do to it. */
export const judgeInstance: HostJudge = host => {
	if (!host.isEc2) return notApplicable('it is not an EC2 instance');
	return judgeAnswer(host.known.instance, instance =>
		instance === nothing ? gone(host, 'EC2 does not know it, or not any more') : judgeState(host, instance),
	);
};

function judgeState(host: ExaminedHost, instance: InstanceFacts): Found {
	const { state } = instance;
	if (instanceEnd(host.known) !== undefined) return gone(host, `it is ${state}`);
	if (state === 'pending')
		return warning('it is pending: it does not run yet', [evidence(host, state)], {
			steps: ['Wait until it runs, then deploy again.'],
			commands: show(host),
		});
	if (state !== undefined && state !== 'running') return ok(`it is ${state}`, [evidence(host, state)]);
	const { status } = host.known;
	if (status === undefined) return pending;
	if (!('answer' in status)) return unanswered(status, 'it is running, its status checks are not known');
	return status.answer === nothing ? ok('it is running') : judgeHealth(host, status.answer);
}

const show = ({ of, target }: ExaminedHost): readonly string[] =>
	describeInstance(of, target, 'Reservations[].Instances[].[State.Name,StateTransitionReason]');

const evidence = ({ target }: ExaminedHost, text: string): Evidence =>
	apiEvidence(`DescribeInstances ${target}`, text);

function gone(host: ExaminedHost, summary: string): Found {
	const { of, target, known } = host;
	const facts = answerOf(known.instance);
	const state = facts === nothing ? undefined : facts?.state;
	const isStopped = instanceEnd(known) === 'stopped';
	return problem(summary, [evidence(host, state ?? 'no such instance')], {
		steps: [
			isStopped
				? 'See who stopped it; start it and deploy again, or take the tags of the group away from it.'
				: 'See who or what terminated it: a scale-in, a Spot interruption, or somebody by hand.',
			'Do not scale in while a deployment runs.',
		],
		commands: [
			...(state === undefined ? [] : show(host)),
			aws(of, 'cloudtrail lookup-events', {
				'lookup-attributes': `AttributeKey=ResourceName,AttributeValue=${target}`,
				'max-items': '10',
			}),
			...(isStopped ? [aws(of, 'ec2 start-instances', { 'instance-ids': target })] : []),
		],
	});
}

function judgeHealth(host: ExaminedHost, { system, instance, events }: InstanceStatus): Found {
	const { of, target } = host;
	const commands = [aws(of, 'ec2 describe-instance-status', { 'instance-ids': target })];
	const checks = [
		apiEvidence('SystemStatus', system ?? 'not told'),
		apiEvidence('InstanceStatus', instance ?? 'not told'),
	];
	if (system === 'impaired')
		return problem('it is running, and the hardware below it is impaired', checks, {
			steps: ['Stop the instance and start it again: it moves to other hardware.'],
			commands,
		});
	if (instance === 'impaired')
		return problem('it is running, and does not answer its status check', checks, {
			steps: [
				'See its console output and a screenshot: it may not boot, or have no memory left.',
				'Reboot it, or replace it.',
			],
			commands: [...commands, aws(of, 'ec2 get-console-output', { 'instance-id': target, output: 'text' })],
		});
	const planned = events.filter(isOpen);
	if (planned.length > 0)
		return warning(`it is running; AWS plans: ${planned.map(describe).join(', ')}`, planned.map(toEvidence), {
			steps: ['Deploy before or after that, not meanwhile; replace the instance if it is to be retired.'],
			commands,
		});
	const unsettled = [system, instance].find(check => check !== undefined && check !== 'ok');
	return ok(`it is running, status checks ${unsettled ?? 'ok'}`, checks);
}

/** AWS leaves events in the list for a while and says in their description that they are over. */
const isOpen = ({ description }: ScheduledEvent): boolean => !/^\[(?:Completed|Canceled)\]/.test(description);

const describe = ({ code, notBefore }: ScheduledEvent): string =>
	notBefore === undefined ? code : `${code} from ${utc(notBefore)} on`;

const toEvidence = (event: ScheduledEvent): Evidence => apiEvidence(event.code, event.description);

/** `2026-11-23 03:44 UTC`; nothing for what is no time. */
export function utc(at: number): string {
	const date = new Date(at);
	return Number.isNaN(date.getTime())
		? 'an unknown time'
		: `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
