import type { Failure } from '../case.ts';
import type { Cause } from '../causes.ts';
import { aws, describeInstance, redeploy } from '../commands.ts';
import { docs } from '../docs.ts';
import type { Evidence } from '../finding.ts';
import { askHost, onEither, restartAgent, showClock } from '../host.ts';
import { apiEvidence, type FailureRule, onMessage, type Verdict } from '../rule.ts';
import { headObject } from './bundle.ts';
import { s3Denied } from './s3-denied.ts';

/** The download of the bundle. S3's own words come through, without bucket and key (AWS CodeDeploy agent). */

type Told = Omit<Verdict, 'cause' | 'confidence' | 'docs'> & Partial<Pick<Verdict, 'confidence' | 'docs'>>;

/** A rule for the DownloadBundle event: the same words mean something else where a script prints them. */
const onDownload = (cause: Cause, pattern: RegExp, tell: (failure: Failure) => Told): FailureRule =>
	onMessage(pattern, failure => {
		if (failure.event !== 'DownloadBundle') return undefined;
		return {
			cause,
			confidence: 'certain',
			docs: docs.downloadBundle,
			evidence: revisionEvidence(failure),
			...tell(failure),
		};
	});

export const s3Rules: readonly FailureRule[] = [
	onDownload(
		'kms-access-denied',
		/kms:Decrypt\b|\bKMS\.\w+Exception\b|ciphertext refers to a customer master key|not authorized to perform: kms:/i,
		failure => ({
			title: 'KMS refuses to decrypt the bundle',
			why: 'The bundle is encrypted with a KMS key, and the instance profile may not decrypt with it.',
			steps: [
				'Allow kms:Decrypt on the key in the instance profile, and in the key policy.',
				'See that the key is enabled.',
			],
			commands: [...profileOf(failure), ...headObject(failure)],
			docs: docs.instanceProfile,
		}),
	),
	s3Denied,
	onDownload('s3-no-such-key', /^The specified (?:key|version) does not exist\b/, failure => ({
		title: 'The bundle is not in the bucket',
		why: 'The object was deleted, expired by a lifecycle rule, or never uploaded under that key.',
		steps: [
			'Upload the bundle again under the same key, or deploy another revision.',
			'See that no lifecycle rule of the bucket deletes bundles that may be needed for a rollback.',
		],
		commands: headObject(failure),
		docs: docs.pushRevision,
	})),
	onDownload('s3-no-such-bucket', /^The specified bucket does not exist\b/, failure => ({
		title: 'The bucket of the bundle does not exist',
		why: 'The revision names a bucket that was deleted or misspelt.',
		steps: ['Correct the bucket in the revision, or create it again and upload the bundle.'],
		commands: headObject(failure),
		docs: docs.pushRevision,
	})),
	onDownload(
		's3-wrong-region',
		/must be addressed using the specified endpoint|\bPermanentRedirect\b|the region '[^']*' is wrong; expecting/,
		failure => ({
			title: 'The bucket is in another region',
			why: 'The agent asks S3 in the region of the host, and the bucket is elsewhere.',
			steps: [
				'Keep the bundle in a bucket of the same region as the hosts.',
				'Or set an S3 endpoint override in the configuration of the agent.',
			],
			commands: bucketRegion(failure),
		}),
	),
	onDownload('missing-credentials', /^unable to sign request without credentials set/, failure => ({
		title: 'The host has no AWS credentials',
		why: 'The agent found no credentials to fetch the bundle with: the instance has no profile, or its metadata cannot be reached.',
		steps: [
			'Attach an instance profile that may read the bundle, then restart the agent.',
			'See that the host can reach the instance metadata at 169.254.169.254.',
		],
		commands: [...profileOf(failure), restartAgent(failure)],
		docs: docs.agentCredentials,
	})),
	onDownload('credentials-expired', /^The provided token has expired\b|\bExpiredToken\b/, failure => ({
		title: "The host's credentials have expired",
		why: 'S3 refuses the token that the agent signs with as expired: it did not get a new one, or the clock of the host is wrong.',
		confidence: 'likely',
		steps: [
			'Restart the agent, so that it asks for new credentials.',
			'See that the clock of the host is right.',
		],
		commands: [restartAgent(failure), showClock(failure)],
		docs: docs.agentCredentials,
	})),
	onDownload(
		'clock-skew',
		/^The difference between the request time and the current time is too large|\bRequestTimeTooSkewed\b|Signature expired: /,
		failure => ({
			title: "The host's clock is wrong",
			why: 'S3 refuses requests that are signed with a time far from its own.',
			steps: ['Synchronise the clock of the host (chrony), then restart the agent.'],
			commands: [showClock(failure), restartAgent(failure)],
			docs: docs.troubleshootInstances,
		}),
	),
	onDownload(
		's3-unreachable',
		/^Failed to open TCP connection to |^execution expired\b|\bunable to connect to\b|^getaddrinfo: |^SSL_connect /,
		failure => ({
			title: 'The host cannot reach S3',
			why: 'The connection to S3 failed: the name cannot be resolved, or there is no way out of the subnet on port 443.',
			confidence: /amazonaws|s3|getaddrinfo/i.test(failure.message) ? 'certain' : 'likely',
			steps: [
				'See that the host resolves names, and that its subnet has a route to S3: a gateway endpoint, a NAT or an internet gateway.',
				'See that security group and network ACL let port 443 out.',
				'Behind a proxy, set proxy_uri in codedeployagent.yml.',
			],
			commands: [askHost(failure, s3Host(failure))],
			docs: docs.vpcEndpoints,
		}),
	),
	onDownload('s3-download-failed', /^not opened for reading\b/, failure => ({
		title: 'The download from S3 failed',
		why: "An old agent hides S3's answer behind these words. The profile may not read the object, the bucket is in another region, or S3 had a fault.",
		confidence: 'likely',
		steps: [
			'See that the instance profile may read the object, and that the bucket is in the region of the hosts.',
			'Deploy again; update the agent, so that it says what S3 answered.',
		],
		commands: [
			...profileOf(failure),
			...headObject(failure),
			...bucketRegion(failure),
			...redeploy(failure.case),
		],
	})),
];

/** Three tries after 10, 30 and 90 seconds, then the agent gives up and lists what GitHub answered. */
export const gitHubDownload: FailureRule = onMessage(
	/^Could not download bundle at '(?<url>[^']*)' after \d+ retries\. Server returned codes: (?<codes>.*)$/,
	(failure, match) => {
		const codes = match.groups?.codes ?? '';
		const denied = /\b40[134]\b/.test(codes);
		return {
			cause: 'github-download-failed',
			title: 'The download from GitHub failed',
			why: denied
				? 'GitHub answered that the commit does not exist or may not be read: the token is gone, or the commit is not in the repository.'
				: 'GitHub did not hand out the commit in four tries.',
			confidence: 'certain',
			steps: [
				'See that repository and commit exist.',
				'Connect CodeDeploy to GitHub anew, if the repository is private.',
				'See that the hosts reach api.github.com on port 443; deploy again if GitHub had a fault.',
			],
			commands: [askHost(failure, 'api.github.com'), ...redeploy(failure.case)],
			docs: docs.gitHubTokens,
		};
	},
);

/** The agent keeps the last revisions only, and could not remove the older ones. */
export const deletingFailed: FailureRule = onMessage(/^Error deleting directories: \d+/, failure => ({
	cause: 'old-revisions-not-deleted',
	title: 'Old deployment folders cannot be deleted',
	why: 'Before a download the agent removes the folders of old deployments, and something in them cannot be removed: a mount, an immutable file, or another owner.',
	confidence: 'certain',
	steps: [
		'Remove the older folders of this group by hand, or take away what protects them.',
		'Deploy again.',
	],
	commands: [
		onEither(
			failure,
			"sudo sh -c 'ls -la /opt/codedeploy-agent/deployment-root/*'",
			"Get-ChildItem -Force 'C:\\ProgramData\\Amazon\\CodeDeploy\\*'",
		),
	],
	docs: docs.agentConfiguration,
}));

const profileOf = ({ case: of, targets }: Failure): readonly string[] =>
	describeInstance(of, targets[0], 'Reservations[].Instances[].IamInstanceProfile.Arn');

function bucketRegion({ case: of }: Failure): readonly string[] {
	const { revision } = of.deployment;
	return revision?.type === 's3' ? [aws(of, 's3api get-bucket-location', { bucket: revision.bucket })] : [];
}

function revisionEvidence({ case: { deployment } }: Failure): readonly Evidence[] {
	const { revision } = deployment;
	if (revision?.type !== 's3') return [];
	return [apiEvidence('revision.s3Location', `s3://${revision.bucket}/${revision.key}`)];
}

const s3Host = ({ case: { region } }: Failure): string =>
	region === ''
		? 's3.amazonaws.com'
		: `s3.${region.replace(/[^a-z0-9-]/g, '')}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
