import type { DiagnosisCase, Failure } from '../case.ts';
import { aws, showGroup } from '../commands.ts';
import { docs } from '../docs.ts';
import { apiEvidence, type FailureRule, type Verdict } from '../rule.ts';
import { roleGap } from './service-role.ts';

/**
 * AllowTraffic waits up to an hour for the load balancer to find the host healthy, BlockTraffic for its connections to
 * drain. Neither runs a script, so neither leaves a log (AWS user guide: failed AllowTraffic).
 */

const isSilentOn = ({ kind, report, event }: Failure, name: string): boolean =>
	kind === 'instance' && report === 'silent' && event === name;

export const loadBalancerHealth: FailureRule = failure => {
	if (!isSilentOn(failure, 'AllowTraffic')) return undefined;
	const ofRole = roleForbids(failure, 'register');
	if (ofRole) return ofRole;
	return {
		cause: 'load-balancer-health',
		title: 'The load balancer never found the host healthy',
		why: "The hooks before it went well, then the load balancer's health check did not succeed. Nothing is written to any log for that.",
		confidence: 'likely',
		evidence: [apiEvidence('lifecycleEvents', took(failure, 'AllowTraffic failed without a message'))],
		steps: [
			'See why the target group calls the host unhealthy.',
			'See that the path, port and codes of the health check are those of the application, and that it answers within the timeout.',
			"See that the host's security group lets the load balancer in.",
			'Let ValidateService ask the same URL, so that a sick application fails there, with a log.',
		],
		commands: targetHealth(failure.case),
		docs: docs.allowTraffic,
	};
};

export const loadBalancerDeregistration: FailureRule = failure => {
	if (!isSilentOn(failure, 'BlockTraffic')) return undefined;
	const ofRole = roleForbids(failure, 'deregister');
	if (ofRole) return ofRole;
	return {
		cause: 'load-balancer-deregistration',
		title: 'The host could not be taken out of traffic',
		why: 'BlockTraffic takes the host out of the load balancer and waits for its connections to drain. That failed or took too long, and nothing is written to any log for it.',
		confidence: 'likely',
		evidence: [apiEvidence('lifecycleEvents', took(failure, 'BlockTraffic failed without a message'))],
		steps: [
			"Compare the target group's deregistration delay with how long the event took.",
			'See that the service role may deregister targets, and that the target group still exists.',
			'See whether the instance still runs.',
		],
		commands: targetHealth(failure.case),
		docs: docs.loadBalancing,
	};
};

/** CodeDeploy moves hosts in and out of the load balancer with the service role, and does not say when that fails. */
function roleForbids(failure: Failure, verb: 'register' | 'deregister'): Verdict | undefined {
	const gap = roleGap(failure.case);
	const lacking = gap?.actions.filter(action =>
		action.toLowerCase().startsWith(`elasticloadbalancing:${verb}`),
	);
	if (!gap || !lacking || lacking.length === 0) return undefined;
	return {
		cause: 'service-role-permissions',
		title: `The service role may not ${verb} hosts`,
		why: `${failure.event} needs ${lacking.join(' and ')}, and the service role does not allow it. Nothing is written to any log for that.`,
		confidence: 'likely',
		evidence: [
			apiEvidence('lifecycleEvents', took(failure, `${failure.event} failed without a message`)),
			...gap.evidence,
		],
		steps: [gap.step, 'Deploy again.'],
		commands: gap.commands,
		docs: docs.serviceRole,
	};
}

const took = ({ tookMs }: Failure, text: string): string =>
	tookMs === undefined ? text : `${text} after ${Math.max(1, Math.round(tookMs / 60_000))} min`;

/** Finds the target groups by name: their ARNs are not in the deployment. */
export function targetHealth(of: DiagnosisCase): readonly string[] {
	const names = of.deployment.loadBalancers;
	if (names.length === 0) return showGroup(of);
	return [aws(of, 'elbv2 describe-target-groups', { names }), ...healthOf(of, names[0] ?? '')];
}

/** The health of a group's targets takes its ARN, which one command gets for the other. */
function healthOf(of: DiagnosisCase, name: string): readonly string[] {
	const arn = aws(of, 'elbv2 describe-target-groups', {
		names: name,
		query: 'TargetGroups[0].TargetGroupArn',
		output: 'text',
	});
	return [aws(of, `elbv2 describe-target-health --target-group-arn "$(${arn})"`)];
}
