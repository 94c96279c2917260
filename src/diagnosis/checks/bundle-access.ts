import type { AccessDecision, RoleFacts } from '../../domain/access.ts';
import { aws } from '../commands.ts';
import { agentDenials, deniedActions, instanceEnd, profileGap } from '../host-facts.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { matteringDecisions } from '../rules/bundle-access.ts';
import { allowActions } from '../rules/role-repairs.ts';
import { decisionEvidence, listed, undecidedOn } from './decisions.ts';
import {
	type ExaminedHost,
	type Found,
	type HostJudge,
	judgeAnswer,
	notApplicable,
	ok,
	problem,
} from './found.ts';

/** Whether the role of the host may fetch the bundle, and ask the service for work where that has to be allowed. */
export const judgeBundleAccess: HostJudge = host => {
	const { revision, deploymentMode } = host.of.deployment;
	if (!host.isEc2 && host.known.access === undefined)
		return notApplicable('it signs in with credentials of its own');
	if (deploymentMode === 'RESTART') return notApplicable('a restart downloads no bundle');
	if (revision?.type !== 's3') return notApplicable('the bundle is not in S3');
	const end = instanceEnd(host.known);
	if (host.isEc2 && (end === 'terminated' || end === 'unknown')) return notApplicable('the instance is gone');
	if (host.isEc2 && profileGap(host.known) !== undefined) return notApplicable('the instance has no role');
	return judgeAnswer(host.known.access, decisions => judge(host, decisions));
};

function judge(host: ExaminedHost, all: readonly AccessDecision[]): Found {
	const ofBundle = matteringDecisions(host.of, all);
	const forbidden = agentDenials(all);
	const denied = [...ofBundle.filter(({ verdict }) => verdict === 'denied'), ...forbidden];
	const role = roleOf(host);
	const who = role === undefined ? 'its role' : role.name;
	if (denied.length > 0)
		return problem(
			`${who} may not use ${listed(deniedActions(denied))}`,
			decisionEvidence(denied, 'denied'),
			{
				steps: [
					`Allow ${listed(deniedActions(denied))} to the role.`,
					'A policy of the bucket or the key may allow it all the same: what the role itself allows is what was looked at.',
				],
				commands: role
					? [
							aws(host.of, 'iam list-attached-role-policies', { 'role-name': role.name }),
							...allowActions(host.of, role.name, 'CodeDeployBundles', denied),
						]
					: [],
			},
		);
	const open = ofBundle.filter(({ verdict }) => verdict === 'unknown');
	const [undecided] = open;
	if (undecided) return undecidedOn(open.length, undecided, decisionEvidence(ofBundle, 'unknown'));
	const allowed = [...new Set(ofBundle.map(({ action }) => action))];
	if (allowed.length === 0) return ok(`nothing was found that ${who} lacks`);
	return ok(`${who} may use ${listed(allowed)}`, decisionEvidence(ofBundle, 'allowed'));
}

function roleOf({ known }: ExaminedHost): RoleFacts | undefined {
	const profile = answerOf(known.profile);
	return profile === nothing ? undefined : profile?.role;
}
