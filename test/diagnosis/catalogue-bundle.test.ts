import { expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { appSpec, at, constraints, download, expectFirst, hook, on, type Row } from './catalogue.ts';
import { decision, head, keyArn, knowing } from './known.ts';
import { caseWith, failedHost, hostA } from './support.ts';

/** The AppSpec, the bundle, the load balancer, alarms and roles. */

const rows: readonly Row[] = [
	[
		'AppSpec missing',
		appSpec(
			'The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at revision-relative path "appspec.yml".',
		),
		'appspec-missing',
	],
	[
		'AppSpec with tabs',
		appSpec(
			'(<unknown>): found character that cannot start any token while scanning for the next token at line 4 column 1',
		),
		'appspec-yaml-invalid',
	],
	[
		'AppSpec of another version',
		appSpec(
			'The deployment failed because an invalid version value (1.0) was entered in the application specification file.',
		),
		'appspec-version-invalid',
	],
	[
		'AppSpec for another system',
		appSpec(
			'The deployment failed because the application specification file specifies an unsupported operating system (windows).',
		),
		'appspec-os-invalid',
	],
	[
		'AppSpec with an unknown event',
		on({ event: 'Install', message: 'appspec.yml file contains unknown lifecycle events: ["Migrate"]' }),
		'appspec-unknown-lifecycle-event',
	],
	[
		'broken old stop script',
		on({
			...hook(`${at} failed with exit code 3`, 'ScriptFailed', '[stderr]no such process'),
			event: 'ApplicationStop',
		}),
		'script-exit-nonzero',
	],
	[
		'last installation points to a folder that is gone',
		on({
			event: 'ApplicationStop',
			message:
				'The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at revision-relative path "appspec.yml".',
		}),
		'previous-revision-missing',
	],
	[
		'file already exists',
		on({
			event: 'Install',
			message: 'The deployment failed because a specified file already exists at this location: /srv/a',
		}),
		'file-already-exists',
	],
	['S3 denied', download('Access Denied'), 's3-access-denied'],
	[
		'KMS denied, which S3 does not say',
		on(
			{ event: 'DownloadBundle', message: 'Access Denied' },
			{
				knowledge: knowing(
					{ access: { answer: [decision('s3:GetObject', 'allowed'), decision('kms:Decrypt', 'denied')] } },
					{
						bundle: {
							answer: { ...head, type: 'found', encryption: { algorithm: 'aws:kms', kmsKeyArn: keyArn } },
						},
					},
				),
			},
		),
		'kms-access-denied',
	],
	['no such key', download('The specified key does not exist.'), 's3-no-such-key'],
	[
		'bucket in another region',
		download(
			'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
		),
		's3-wrong-region',
	],
	[
		'disk full while installing',
		on({ event: 'Install', message: 'No space left on device - sendfile' }),
		'no-space-left',
	],
	['disk full while unpacking', download('The disk is (or was) full during extraction.'), 'no-space-left'],
	[
		'load balancer finds no host healthy',
		on({ event: 'AllowTraffic', tookMs: 3_600_000 }),
		'load-balancer-health',
	],
	[
		'alarm active',
		caseWith([failedHost(hostA, { event: 'Install' })], {
			status: 'Stopped',
			error: { code: 'ALARM_ACTIVE', message: 'Activated alarms: <checkout-5xx>' },
		}),
		'alarm-active',
	],
	[
		'stopped by somebody',
		caseWith([failedHost(hostA, { event: 'Install' })], { status: 'Stopped' }),
		'manual-stop',
	],
	['too many failed', caseWith([], { error: constraints }), 'health-constraints'],
	[
		'service role without a permission',
		caseWith([], { error: { code: 'IAM_ROLE_PERMISSIONS', message: '' } }),
		'service-role-permissions',
	],
	[
		'service role gone',
		caseWith([], { error: { code: 'IAM_ROLE_MISSING', message: '' } }),
		'service-role-missing',
	],
];

test.each(rows)('%s', (_, of, cause) => expectFirst(of, cause));

test('a wrong name or place of the AppSpec reads like a missing one, and is told with it', () => {
	const [finding] = diagnose(
		appSpec(
			'The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at revision-relative path "appspec.yml".',
		),
	);
	expect(finding?.why).toContain('appspec.yaml');
	expect(finding?.remedy.steps.join(' ')).toContain('at the root of the archive');
});
test('what the revision before has to do with it is told beside the script', () => {
	const stop = on({
		...hook(`${at} failed with exit code 3`, 'ScriptFailed', '[stderr]x'),
		event: 'ApplicationStop',
	});
	expect(diagnose(stop).map(({ cause }) => cause)).toContain('previous-revision-script');
});
