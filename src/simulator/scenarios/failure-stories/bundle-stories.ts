import { type FailureStory, someHosts } from '../failure-story.ts';

/** The bundle cannot be fetched, read or copied. */

const agentLog = 'tail -n 40 /var/log/aws/codedeploy-agent/codedeploy-agent.log';
const inBundle = '/opt/codedeploy-agent/deployment-root/$GROUP/$DEPLOYMENT/deployment-archive';

export const bundleStories = [
	{
		name: 'appspec-missing',
		title: 'The bundle has no AppSpec at its root',
		cause: 'appspec-missing',
		mishap: { event: 'BeforeInstall', failure: { type: 'agent', case: 'appspec-missing' } },
		shows: { command: `ls -a ${inBundle}/appspec.yml 2>&1`, output: 'No such file or directory' },
	},
	{
		name: 'appspec-tabs',
		title: 'The AppSpec is indented with tabs',
		cause: 'appspec-yaml-invalid',
		mishap: { event: 'BeforeInstall', failure: { type: 'agent', case: 'appspec-tabs' } },
		shows: { command: `cat ${inBundle}/appspec.yml`, output: '\tAfterInstall:' },
	},
	{
		name: 'appspec-version',
		title: 'The AppSpec has a version of its own',
		cause: 'appspec-version-invalid',
		mishap: { event: 'BeforeInstall', failure: { type: 'agent', case: 'appspec-version-1' } },
		shows: { command: `head -n 1 ${inBundle}/appspec.yml`, output: 'version: 1.0' },
	},
	{
		name: 'file-exists',
		title: 'A file is in the way that CodeDeploy did not put there',
		cause: 'file-already-exists',
		mishap: { event: 'Install', failure: { type: 'agent', case: 'file-exists-disallow' } },
		shows: { command: agentLog, output: 'already exists at this location: /var/www/html/index.html' },
	},
	{
		name: 's3-denied',
		title: 'The role of the hosts may not read bundles',
		cause: 's3-access-denied',
		mishap: { event: 'DownloadBundle', failure: { type: 'agent', case: 's3-access-denied' } },
		account: { instanceRoleLacks: ['s3:GetObject', 's3:GetObjectVersion'] },
		shows: { command: agentLog, output: 'Aws::S3::Errors::AccessDenied - Access Denied' },
	},
	{
		name: 'kms-denied',
		title: 'The bundle is encrypted with a key that the hosts may not use',
		cause: 'kms-access-denied',
		mishap: { event: 'DownloadBundle', failure: { type: 'agent', case: 's3-access-denied' } },
		account: { isBucketEncrypted: true },
		shows: { command: agentLog, output: 'Aws::S3::Errors::AccessDenied - Access Denied' },
	},
	{
		name: 's3-other-region',
		title: 'The bundles lie in another region',
		cause: 's3-wrong-region',
		mishap: { event: 'DownloadBundle', failure: { type: 'agent', case: 's3-permanent-redirect' } },
		account: { bucketRegion: 'ap-southeast-2' },
		shows: { command: agentLog, output: 'Aws::S3::Errors::PermanentRedirect' },
	},
	{
		name: 's3-no-such-key',
		title: 'The bundle has been deleted',
		cause: 's3-no-such-key',
		mishap: { event: 'DownloadBundle', failure: { type: 'agent', case: 's3-no-such-key' } },
		account: { isBundleMissing: true },
		shows: { command: agentLog, output: 'Aws::S3::Errors::NoSuchKey' },
	},
	{
		name: 'disk-full',
		title: 'The disks of three hosts are full',
		cause: 'no-space-left',
		strikes: someHosts,
		mishap: { event: 'Install', failure: { type: 'agent', case: 'disk-full-install' } },
		host: { ailment: { diskUsedPercent: 100 } },
		shows: { command: 'df -P /opt/codedeploy-agent', output: '100% /' },
	},
] as const satisfies readonly FailureStory[];
