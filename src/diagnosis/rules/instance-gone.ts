import type { Failure } from '../case.ts';
import { aws, describeInstance } from '../commands.ts';
import { docs } from '../docs.ts';
import { instanceEnd } from '../host-facts.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { apiEvidence, type FailureRule, type Verdict } from '../rule.ts';

/** Hosts that went away while they were deployed to. CodeDeploy says of them only that nothing came back. */

/**
 * An instance that EC2 calls terminated or stopped. What it does not know any more may have ended at any time since, so
 * that explains only a host that had answered before. Auto Scaling terminates what it launched because a deployment
 * failed: then it is no reason for the failure.
 */
export function instanceGone(failure: Failure): Verdict | undefined {
	const { case: of, targets, known, hadAnswered } = failure;
	const end = failure.kind === 'instance' && isEc2(targets[0]) ? instanceEnd(known) : undefined;
	if (end === undefined || of.deployment.creator === 'autoscaling') return undefined;
	if (end === 'unknown' && !hadAnswered) return undefined;
	return end === 'stopped' ? stopped(failure) : terminated(failure);
}

/** Where nobody said a word, that the host is gone says enough. */
export const silentAndGone: FailureRule = failure =>
	failure.report === 'silent' ? instanceGone(failure) : undefined;

const isEc2 = (target: string): boolean => /^i-[0-9a-f]+$/.test(target);

const terminated = (failure: Failure): Verdict => ({
	cause: 'instance-terminated',
	title: 'The instance has been terminated',
	why: `EC2 ${stateOf(failure) === undefined ? 'no longer knows the instance' : 'says that the instance is terminated'}. A host that ends while it is deployed to reports nothing: CodeDeploy waits five minutes for the next event, and up to an hour for one that was running.`,
	// When it ended is not told.
	confidence: 'likely',
	evidence: [stateEvidence(failure)],
	steps: [
		'See who or what terminated it: a scale-in, a Spot interruption, or somebody by hand.',
		'Do not scale in while a deployment runs: suspend the Terminate process, or protect the instances.',
		'Deploy again to the hosts that are there.',
	],
	commands: [...whoDidIt(failure), ...scalingActivities(failure)],
	docs: docs.autoScaling,
	isOfHost: true,
});

const stopped = (failure: Failure): Verdict => ({
	cause: 'instance-stopped',
	title: 'The instance is stopped',
	why: 'EC2 says that the instance is stopped, so its agent cannot answer. CodeDeploy counts stopped instances as unhealthy, and still deploys to those that carry the tags of the group.',
	confidence: 'likely',
	evidence: [stateEvidence(failure)],
	steps: ['See who stopped it.', 'Start it and deploy again, or take the tags of the group away from it.'],
	commands: [
		...whoDidIt(failure),
		aws(failure.case, 'ec2 start-instances', { 'instance-ids': failure.targets[0] }),
	],
	docs: docs.health,
	isOfHost: true,
});

const factsOf = ({ known }: Failure) => {
	const facts = answerOf(known.instance);
	return facts === nothing ? undefined : facts;
};

const stateOf = (failure: Failure): string | undefined => factsOf(failure)?.state;

const stateEvidence = (failure: Failure) =>
	apiEvidence(
		`DescribeInstances ${failure.targets[0]}`,
		stateOf(failure) ?? 'EC2 does not know the instance',
	);

/** CloudTrail keeps what was done to an instance for 90 days, EC2 itself for about an hour. */
const whoDidIt = ({ case: of, targets: [target] }: Failure): readonly string[] => [
	...describeInstance(
		of,
		target,
		'Reservations[].Instances[].[State.Name,StateTransitionReason,StateReason.Message]',
	),
	aws(of, 'cloudtrail lookup-events', {
		'lookup-attributes': `AttributeKey=ResourceName,AttributeValue=${target}`,
		'max-items': '10',
	}),
];

function scalingActivities(failure: Failure): readonly string[] {
	const group = factsOf(failure)?.autoScalingGroup;
	if (group === undefined) return [];
	return [
		aws(failure.case, 'autoscaling describe-scaling-activities', {
			'auto-scaling-group-name': group,
			'max-items': '20',
		}),
	];
}
