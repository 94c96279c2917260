import type { InstanceProfileFacts } from '../../domain/access.ts';
import { evaluateTrust } from '../../domain/policy.ts';
import { instanceEnd, presentInstance, profileGap } from '../host-facts.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import { remedyOf } from '../rules/agent-trouble.ts';
import { repairTrust } from '../rules/role-repairs.ts';
import {
	type ExaminedHost,
	type Found,
	type HostJudge,
	judgeAnswer,
	notApplicable,
	ok,
	problem,
	unknown,
} from './found.ts';

/** Whether the instance has a role to work with: without one its agent has no credentials. */
export const judgeProfile: HostJudge = host => {
	if (!host.isEc2) return notApplicable('it signs in with credentials of its own');
	const end = instanceEnd(host.known);
	if (end === 'terminated' || end === 'unknown') return notApplicable('the instance is gone');
	const gap = profileGap(host.known);
	if (gap !== undefined) return missing(host, summaries[gap]);
	return judgeAnswer(host.known.profile, profile =>
		profile === nothing ? missing(host, summaries.none) : judge(host, profile),
	);
};

const summaries = {
	none: 'the instance has no instance profile',
	'does-not-exist': 'its instance profile does not exist',
	'no-role': 'its instance profile has no role',
} as const;

function missing(host: ExaminedHost, summary: string): Found {
	const arn = presentInstance(host.known)?.instanceProfileArn;
	const profile = answerOf(host.known.profile);
	const name = profile === nothing ? undefined : profile?.name;
	const evidence = [apiEvidence(`IamInstanceProfile ${host.target}`, arn ?? name ?? 'none')];
	const remedy = remedyOf(host.spot, 'missing-credentials') ?? { steps: [], commands: [] };
	return problem(summary, evidence, remedy);
}

function judge({ of }: ExaminedHost, { name, role }: InstanceProfileFacts): Found {
	// Without a role it was told already.
	if (role === undefined) return unknown('its instance profile has no role');
	const trust = evaluateTrust(role.trustPolicy, 'ec2');
	const evidence = [apiEvidence('AssumeRolePolicyDocument', trust.reason)];
	if (trust.verdict === 'denied')
		return problem(`EC2 may not assume its role ${role.name}`, evidence, repairTrust(of, role, 'ec2'));
	if (trust.verdict === 'unknown')
		return unknown(`whether EC2 may assume ${role.name} cannot be told`, evidence);
	const words = name === role.name ? `role ${role.name}` : `profile ${name}, role ${role.name}`;
	return ok(words, evidence);
}
