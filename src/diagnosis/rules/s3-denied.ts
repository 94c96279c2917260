import type { AccessDecision } from '../../domain/access.ts';
import type { Failure } from '../case.ts';
import { aws, describeInstance } from '../commands.ts';
import { docs } from '../docs.ts';
import type { Evidence } from '../finding.ts';
import { showAgentLog } from '../host.ts';
import { deniedActions } from '../host-facts.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { apiEvidence, type FailureRule, onMessage, type Verdict } from '../rule.ts';
import { headObject } from './bundle.ts';
import { matteringDecisions } from './bundle-access.ts';
import { allowActions } from './role-repairs.ts';

/**
 * S3 has one answer for a role that may not read the object, for one that may not use its key, and, for those who may not
 * list the bucket, for an object that is not there (Amazon S3: GetObject). What the role may do tells them apart.
 */
export const s3Denied: FailureRule = onMessage(
	/^Access Denied$|not authorized to perform: s3:\w+/,
	failure => {
		if (failure.event !== 'DownloadBundle') return undefined;
		const decisions = matteringDecisions(failure.case, answerOf(failure.known.access) ?? []);
		const ofObject = decisions.filter(({ action }) => action.startsWith('s3:'));
		const deniedObject = deniedActions(ofObject);
		if (deniedObject.length > 0) return mayNotRead(failure, deniedObject, decisions);
		const deniedKey = decisions.filter(
			({ action, verdict }) => action.startsWith('kms:') && verdict === 'denied',
		);
		if (deniedKey.length > 0) return mayNotDecrypt(failure, deniedKey);
		const isSaid = failure.message !== 'Access Denied';
		if (!isSaid && isMissing(failure)) return notThere(failure);
		const mayRead = ofObject.length > 0 && ofObject.every(({ verdict }) => verdict === 'allowed');
		return mayRead && !isSaid ? deniedElsewhere(failure, decisions) : denied(failure);
	},
);

const denied = (failure: Failure): Verdict => ({
	cause: 's3-access-denied',
	title: 'S3 refuses the bundle to the host',
	why: 'Most often the instance profile may not read the object. S3 answers the same for an object that is not there, if the profile may not list the bucket, and for one whose KMS key it may not use.',
	confidence: failure.message === 'Access Denied' ? 'likely' : 'certain',
	evidence: [...location(failure), ...keyOf(failure)],
	steps: [
		'Allow s3:GetObject (and s3:GetObjectVersion, if the revision names a version) on the bundle in the instance profile.',
		'See that the bucket policy does not deny it, and that the object exists.',
		'If the object is encrypted with a KMS key, allow kms:Decrypt too.',
	],
	commands: [...profileOf(failure), ...headObject(failure), showAgentLog(failure)],
	docs: docs.instanceProfile,
});

function mayNotRead(
	failure: Failure,
	actions: readonly string[],
	decisions: readonly AccessDecision[],
): Verdict {
	const key = decisions.filter(({ action, verdict }) => action.startsWith('kms:') && verdict === 'denied');
	const needsKey = key.length > 0;
	const ofRole = decisions.filter(
		({ action }) => actions.includes(action) || (needsKey && action.startsWith('kms:')),
	);
	return {
		cause: 's3-access-denied',
		title: `The host's role lacks ${actions.join(' and ')}`,
		why: `${roleWords(failure)} is not allowed ${actions.join(' and ')} on the bundle, so S3 refuses it to the host.${needsKey ? ` It may not decrypt the bundle either: ${deniedActions(key).join(', ')} is denied.` : ''}`,
		confidence: 'certain',
		evidence: [...location(failure), ...decided(ofRole)],
		steps: [
			`Allow ${deniedActions(ofRole).join(' and ')} to the role of the host.`,
			'See that neither a permissions boundary nor the bucket policy denies it.',
			'Deploy again: the agent needs no restart for that.',
		],
		commands: [...repair(failure, ofRole), ...headObject(failure)],
		docs: docs.instanceProfile,
		isOfHost: true,
	};
}

const mayNotDecrypt = (failure: Failure, decisions: readonly AccessDecision[]): Verdict => ({
	cause: 'kms-access-denied',
	title: `The host's role lacks ${deniedActions(decisions).join(' and ')}`,
	why: `The bundle is encrypted with a KMS key. ${roleWords(failure)} may read the object, but may not use the key, and S3 answers that with Access Denied as well.`,
	confidence: 'certain',
	evidence: [...location(failure), ...keyOf(failure), ...decided(decisions)],
	steps: [
		'Allow kms:Decrypt on the key to the role of the host.',
		'See that the policy of the key lets the account, or the role, use it, and that the key is enabled.',
		'Deploy again.',
	],
	commands: [...repair(failure, decisions), ...headObject(failure)],
	docs: docs.instanceProfile,
	isOfHost: true,
});

const notThere = (failure: Failure): Verdict => ({
	cause: 's3-no-such-key',
	title: 'The bundle is not in the bucket',
	why: 'S3 has no object of that key now. To a host that may not list the bucket it says Access Denied rather than that: the bundle was deleted, or expired by a lifecycle rule, or was never uploaded under that key.',
	// It may have gone since.
	confidence: 'likely',
	evidence: [...location(failure), apiEvidence('HeadObject', 'S3 does not have it')],
	steps: [
		'Upload the bundle again under the same key, or deploy another revision.',
		'See that no lifecycle rule of the bucket deletes bundles that may be needed for a rollback.',
	],
	commands: headObject(failure),
	docs: docs.pushRevision,
});

/** The role is not to blame, so what stands above it or at the other end is. */
const deniedElsewhere = (failure: Failure, decisions: readonly AccessDecision[]): Verdict => ({
	...denied(failure),
	title: 'S3 refuses the bundle, though the role may read it',
	why: `${roleWords(failure)} is allowed to read the bundle, and S3 refused it all the same. The policy of the bucket or of a VPC endpoint denies it, the object belongs to another account, or the role was changed since.`,
	confidence: 'likely',
	evidence: [...location(failure), ...keyOf(failure), ...decidedAs(decisions, 'allowed')],
	steps: [
		'See whether the policy of the bucket denies it, or the object belongs to another account.',
		'See whether the policy of a VPC endpoint for S3, or of the organization, denies it.',
		'If the bundle is encrypted with a KMS key, see whether the policy of the key lets the role use it.',
	],
	commands: [...bucketPolicy(failure), ...headObject(failure), showAgentLog(failure)],
});

function bucketPolicy({ case: of }: Failure): readonly string[] {
	const { revision } = of.deployment;
	return revision?.type === 's3' ? [aws(of, 's3api get-bucket-policy', { bucket: revision.bucket })] : [];
}

const isMissing = ({ case: of }: Failure): boolean => {
	const head = answerOf(of.knowledge?.bundle);
	return head !== undefined && head !== nothing && head.type === 'missing' && head.what !== 'bucket';
};

const location = ({ case: { deployment } }: Failure): readonly Evidence[] => {
	const { revision } = deployment;
	if (revision?.type !== 's3') return [];
	return [apiEvidence('revision.s3Location', `s3://${revision.bucket}/${revision.key}`)];
};

function keyOf({ case: of }: Failure): readonly Evidence[] {
	const head = answerOf(of.knowledge?.bundle);
	if (head === undefined || head === nothing || head.type !== 'found') return [];
	const { kmsKeyArn } = head.encryption ?? {};
	return kmsKeyArn === undefined ? [] : [apiEvidence('SSEKMSKeyId', kmsKeyArn)];
}

const decided = (decisions: readonly AccessDecision[]) => decidedAs(decisions, 'denied');

const decidedAs = (
	decisions: readonly AccessDecision[],
	wanted: AccessDecision['verdict'],
): readonly Evidence[] =>
	decisions
		.filter(({ verdict }) => verdict === wanted)
		.map(({ action, resource, reason }) => apiEvidence(action, `${wanted} on ${resource}: ${reason}`));

const roleOf = ({ known }: Failure) => {
	const profile = answerOf(known.profile);
	return profile === nothing ? undefined : profile?.role;
};

function roleWords(failure: Failure): string {
	const role = roleOf(failure);
	return role === undefined ? 'The role of the host' : `The role ${role.name}`;
}

function repair(failure: Failure, decisions: readonly AccessDecision[]): readonly string[] {
	const role = roleOf(failure);
	if (role === undefined) return profileOf(failure);
	return [
		aws(failure.case, 'iam list-attached-role-policies', { 'role-name': role.name }),
		...allowActions(failure.case, role.name, 'CodeDeployBundles', decisions),
	];
}

const profileOf = ({ case: of, targets }: Failure): readonly string[] =>
	describeInstance(of, targets[0], 'Reservations[].Instances[].IamInstanceProfile.Arn');
