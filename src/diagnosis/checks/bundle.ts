import type { BundleHead } from '../../domain/bundle.ts';
import { describeRevision, type Revision } from '../../domain/revision.ts';
import type { DiagnosisCase } from '../case.ts';
import { aws, redeploy } from '../commands.ts';
import type { Evidence, Remedy } from '../finding.ts';
import { nothing } from '../knowledge.ts';
import { apiEvidence } from '../rule.ts';
import { headObject } from '../rules/bundle.ts';
import {
	type DeploymentJudge,
	type Found,
	judgeAnswer,
	notApplicable,
	ok,
	problem,
	unanswered,
} from './found.ts';

type S3Revision = Extract<Revision, { type: 's3' }>;
type FoundBundle = Extract<BundleHead, { type: 'found' }>;

/** The bundle itself: that it is there, unchanged, and where the hosts look for it. */
export const judgeBundle: DeploymentJudge = of => {
	const { revision, deploymentMode } = of.deployment;
	if (deploymentMode === 'RESTART') return notApplicable('a restart downloads no bundle');
	if (revision === undefined) return notApplicable('the deployment names no revision');
	if (revision.type === 'github') return notApplicable('the revision is on GitHub');
	if (revision.type !== 's3') return notApplicable('the revision is not in S3');
	return judgeAnswer(of.knowledge?.bundle, head =>
		head === nothing ? notApplicable('the revision is not in S3') : judgeHead(of, revision, head),
	);
};

function judgeHead(of: DiagnosisCase, revision: S3Revision, head: BundleHead): Found {
	const where = apiEvidence('revision.s3Location', describeRevision(revision));
	switch (head.type) {
		case 'found':
			return judgeFound(of, revision, head, where);
		case 'missing':
			return problem(missingWords(head), [where], uploadAgain(of));
		case 'denied':
			return unanswered({
				unanswered: 'S3 does not show it to you; an object that is not there may look the same',
				needs: head.action,
			});
		case 'elsewhere':
			return otherRegion(of, revision, head.region, where);
	}
}

function judgeFound(of: DiagnosisCase, revision: S3Revision, head: FoundBundle, where: Evidence): Found {
	if (head.size === 0) return problem('the bundle is empty (0 bytes)', [where], uploadAgain(of));
	if (isReplaced(revision, head))
		return problem(
			'the bundle was replaced after it was registered',
			[where, apiEvidence('eTag', `${revision.eTag} was registered, ${head.eTag} is there`)],
			{
				steps: [
					'Register what is in the bucket now as a new revision and deploy that, or upload the original again.',
					'Write each build to a key of its own, or deploy with the version of the object.',
				],
				commands: headObject({ case: of }),
			},
		);
	if (isOtherRegion(of, head.region)) return otherRegion(of, revision, head.region, where);
	return ok(describeHead(head), [where, ...keyEvidence(head)]);
}

/** Without quotes, as some write them. */
const bare = (eTag: string): string => eTag.replace(/^"|"$/g, '');

const isReplaced = ({ eTag, version }: S3Revision, head: FoundBundle): boolean =>
	eTag !== undefined && version === undefined && head.eTag !== undefined && bare(eTag) !== bare(head.eTag);

/** Hosts ask in their own region; for ECS and Lambda the service reads the AppSpec itself. */
const isOtherRegion = (of: DiagnosisCase, region: string | undefined): boolean =>
	region !== undefined && of.region !== '' && region !== of.region && isForHosts(of);

const isForHosts = ({ deployment }: DiagnosisCase): boolean =>
	deployment.platform === undefined || deployment.platform === 'Server';

function describeHead({ size, version, region, encryption }: FoundBundle): string {
	const parts = [
		size === undefined ? undefined : describeSize(size),
		version === undefined || version === 'null' ? undefined : `version ${version}`,
		region,
		encryption?.kmsKeyArn === undefined && !encryption?.algorithm.startsWith('aws:kms')
			? undefined
			: 'encrypted with KMS',
	];
	const known = parts.filter(part => part !== undefined);
	return known.length === 0 ? 'it is there' : `it is there: ${known.join(', ')}`;
}

const keyEvidence = ({ encryption }: FoundBundle): readonly Evidence[] =>
	encryption?.kmsKeyArn === undefined ? [] : [apiEvidence('SSEKMSKeyId', encryption.kmsKeyArn)];

function describeSize(bytes: number): string {
	if (bytes < 1024) return `${bytes} bytes`;
	const units = ['KiB', 'MiB', 'GiB'];
	let size = bytes / 1024;
	let unit = 0;
	while (size >= 1024 && unit < units.length - 1) {
		size /= 1024;
		unit += 1;
	}
	return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

function missingWords({ what, deleted }: Extract<BundleHead, { type: 'missing' }>): string {
	if (deleted) return 'the bundle was deleted from the bucket; older versions may be there';
	if (what === 'bucket') return 'the bucket does not exist';
	return what === 'object' ? 'the bundle is not in the bucket' : 'the bundle, or its bucket, does not exist';
}

const uploadAgain = (of: DiagnosisCase): Remedy => ({
	steps: [
		'Upload the bundle again under the same key, or deploy another revision.',
		'See that no lifecycle rule of the bucket deletes bundles that a rollback may need.',
	],
	commands: [...headObject({ case: of }), ...redeploy(of)],
});

function otherRegion(
	of: DiagnosisCase,
	{ bucket }: S3Revision,
	region: string | undefined,
	where: Evidence,
): Found {
	return problem(
		`the bucket is in ${region ?? 'another region'}, not in ${of.region || 'that of the hosts'}`,
		[where],
		{
			steps: [
				'Keep the bundle in a bucket of the same region as the hosts.',
				'Or set an S3 endpoint override in the configuration of the agent.',
			],
			commands: [aws(of, 's3api get-bucket-location', { bucket })],
		},
	);
}
