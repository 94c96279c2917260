import type { DeploymentSnapshot } from '../domain/deployment.ts';
import type { TargetId } from '../domain/ids.ts';
import type { Revision } from '../domain/revision.ts';
import type { DiagnosisCase, Failure } from './case.ts';
import { type Options, optionWords, remark } from './shell.ts';

/** Commands of the AWS CLI with this deployment's ids, region and profile filled in. */

/** `aws <service> <operation> --option value … --region …`. */
export const aws = (of: DiagnosisCase, operation: string, options: Options = {}): string =>
	commandOf('aws', of, operation, options);

function commandOf(program: string, of: DiagnosisCase, words: string, options: Options): string {
	const where = {
		region: of.region === '' ? undefined : of.region,
		profile: of.profile,
		'endpoint-url': of.endpointUrl,
	};
	return [program, words, ...optionWords(options), ...optionWords(where)].join(' ');
}

/** `rollcall <words> --option value … --region …`. */
export const rollcall = (of: DiagnosisCase, words: string, options: Options = {}): string =>
	commandOf('rollcall', of, words, options);

/** The group's name and its application's, as options; empty unless both are known. */
export function groupOptions({ deployment, group }: DiagnosisCase): Options {
	const application = deployment.application ?? group?.application;
	const name = deployment.group ?? group?.name;
	if (application === undefined || name === undefined) return {};
	return { 'application-name': application, 'deployment-group-name': name };
}

/** Shows the deployment group's settings. */
export const showGroup = (of: DiagnosisCase): readonly string[] =>
	whereNamed(of, options => aws(of, 'deploy get-deployment-group', options));

/** Changes the deployment group. */
export function updateGroup(of: DiagnosisCase, options: Options): readonly string[] {
	return whereNamed(of, names => {
		const { 'application-name': application, 'deployment-group-name': group } = names;
		const current = { 'application-name': application, 'current-deployment-group-name': group };
		return aws(of, 'deploy update-deployment-group', { ...current, ...options });
	});
}

/** Deploys the same revision once more. */
export function redeploy(of: DiagnosisCase, options: Options = {}): readonly string[] {
	const revision = revisionJson(of.deployment.revision);
	if (revision === undefined) return [];
	return whereNamed(of, names =>
		aws(of, 'deploy create-deployment', {
			...names,
			'deployment-config-name': of.deployment.configName,
			revision,
			...options,
		}),
	);
}

/** Shows the deployment. */
export const showDeployment = (of: DiagnosisCase): string =>
	aws(of, 'deploy get-deployment', { 'deployment-id': of.deployment.id });

/** Shows all events of the first target of a failure. */
export const showTarget = ({ case: of, targets: [target] }: Failure): string =>
	aws(of, 'deploy get-deployment-target', { 'deployment-id': of.deployment.id, 'target-id': target });

/** Opens a shell on a host that Systems Manager knows; empty for other targets. */
export const openShell = (of: DiagnosisCase, target: TargetId): readonly string[] =>
	/^m?i-[0-9a-f]+$/.test(target) ? [aws(of, 'ssm start-session', { target })] : [];

/** A command to run on a host, which it names in a remark. */
export const onHost = (target: TargetId, command: string): string => `${command}${remark(`on ${target}`)}`;

export const runsOnHost = (command: string): boolean => command.includes(remark('on '));

/** Installs or updates the agent through Systems Manager; empty for hosts that it does not know. */
export const installAgent = ({
	case: of,
	targets: [target],
}: Pick<Failure, 'case' | 'targets'>): readonly string[] =>
	/^m?i-[0-9a-f]+$/.test(target)
		? [
				aws(of, 'ssm send-command', {
					'document-name': 'AWS-ConfigureAWSPackage',
					'instance-ids': target,
					parameters: '{"action":["Install"],"name":["AWSCodeDeployAgent"]}',
				}),
			]
		: [];

/** Shows how an EC2 instance stands; empty for other targets. */
export const describeInstance = (of: DiagnosisCase, target: TargetId, query: string): readonly string[] =>
	/^i-[0-9a-f]+$/.test(target)
		? [aws(of, 'ec2 describe-instances', { 'instance-ids': target, query, output: 'text' })]
		: [];

function whereNamed(of: DiagnosisCase, command: (names: Options) => string): readonly string[] {
	const names = groupOptions(of);
	return names['application-name'] === undefined ? [] : [command(names)];
}

/** As `--revision` wants it (AWS: RevisionLocation). AppSpec content is told apart by its hash only. */
function revisionJson(revision: DeploymentSnapshot['revision']): string | undefined {
	const location = revision && revisionLocation(revision);
	return location && JSON.stringify(location);
}

function revisionLocation(revision: Revision): object | undefined {
	switch (revision.type) {
		case 's3': {
			const { bucket, key, bundleType, version, eTag } = revision;
			return { revisionType: 'S3', s3Location: { bucket, key, bundleType, version, eTag } };
		}
		case 'github': {
			const { repository, commitId } = revision;
			return { revisionType: 'GitHub', gitHubLocation: { repository, commitId } };
		}
		case 'appSpec':
			if (revision.content === undefined) return undefined;
			return { revisionType: 'AppSpecContent', appSpecContent: { content: revision.content } };
		case 'other':
			return undefined;
	}
}
