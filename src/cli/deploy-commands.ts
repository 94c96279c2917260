import { type Command as Commander, InvalidArgumentError, Option } from 'commander';
import { longestDescription } from '../domain/deploy-order.ts';
import type { DeployCommand } from './command.ts';
import type { CommandKit } from './investigation-commands.ts';
import { everything, type Uses } from './offered-options.ts';
import { readName } from './option-values.ts';
import {
	type BundleType,
	bundleTypes,
	type NamedRevision,
	readRevision,
	revisionExpected,
} from './revision-argument.ts';
import { type Named, readSubject, withSubject } from './subject-options.ts';
import { UsageError } from './usage-error.ts';

type Options = Named & {
	readonly overrideAlarms?: true;
	readonly ignoreApplicationStopFailures?: true;
	readonly fileExists?: 'DISALLOW' | 'OVERWRITE' | 'RETAIN';
	readonly deploymentConfig?: string;
	readonly description?: string;
	readonly dryRun?: true;
	readonly yes?: true;
	readonly confirm?: string;
	readonly json?: true;
};

type DeployChoice = Options & { readonly revision: NamedRevision; readonly bundleType?: BundleType };

const acting: Uses = { ...everything, places: 'one' };

/** The commands that make a deployment: `rollback`, `deploy`. */
export function addDeployCommands(kit: CommandKit): void {
	addRollback(kit);
	addDeploy(kit);
}

function addRollback({ program, choose, ...kit }: CommandKit): void {
	const command = withSubject(
		kit.withUsedOptions(program.command('rollback'), acting),
		'with --group: the group to roll back',
	).option(
		'--to <deployment>',
		'return to what this earlier deployment brought; else to the last that succeeded',
	);
	withDeployOptions(command)
		.description('roll a group back by hand, and watch it')
		.action((words: readonly string[], options: Options & { readonly to?: string }, called: Commander) => {
			choose({
				...deployOptions(options),
				purpose: 'roll-back',
				...(options.to !== undefined && { source: readEarlier(kit, options.to) }),
				...readSubject(kit, words, options, kit.readCommon(called)),
			});
		});
}

function addDeploy({ program, choose, ...kit }: CommandKit): void {
	const command = withSubject(
		kit.withUsedOptions(program.command('deploy'), acting),
		'with --group: the group to deploy to',
	)
		.requiredOption(
			'--revision <revision>',
			`what to deploy: ${revisionExpected}; ?versionId=… names a version in S3`,
			takeRevision,
		)
		.addOption(
			new Option('--bundle-type <type>', 'what the bundle in S3 is; else as its ending tells').choices(
				bundleTypes,
			),
		);
	withDeployOptions(command)
		.description('deploy a revision to a group, and watch it')
		.action((words: readonly string[], options: DeployChoice, called: Commander) => {
			choose({
				...deployOptions(options),
				purpose: 'deploy',
				source: sourceOf(options),
				...readSubject(kit, words, options, kit.readCommon(called)),
			});
		});
}

function takeRevision(text: string): NamedRevision {
	const read = readRevision(text);
	if ('problem' in read) throw new InvalidArgumentError(read.problem);
	return read;
}

function sourceOf({ revision, bundleType }: DeployChoice): NonNullable<DeployCommand['source']> {
	if (bundleType !== undefined && revision.type !== 's3') {
		throw new UsageError(
			'--bundle-type: expected --revision s3://bucket/key with it: nothing else is a bundle',
		);
	}
	if (revision.type === 'deployment') return { from: revision.id };
	if (revision.type !== 's3' || bundleType === undefined) return { revision };
	return { revision: { ...revision, bundleType } };
}

const withDeployOptions = (command: Commander): Commander =>
	command
		.option('--override-alarms', 'let no alarm of the group stop it')
		.option('--ignore-application-stop-failures', 'go on where ApplicationStop fails')
		.addOption(
			new Option(
				'--file-exists <behavior>',
				'what is done about files that no deployment has put there',
			).choices(['DISALLOW', 'OVERWRITE', 'RETAIN']),
		)
		.option(
			'--deployment-config <name>',
			'the deployment configuration; else the one it had, or the group’s',
			readName,
		)
		.option(
			'--description <text>',
			`what others read, up to ${longestDescription} characters`,
			readDescription,
		)
		.option('--dry-run', 'say what would be done, and the command for it; send nothing')
		.option('--yes', 'ask nothing; a protected group takes --confirm too')
		.option('--confirm <group>', 'the name of a protected group, where nobody can be asked for it')
		.option('--json', 'with --dry-run: print JSON, see schemas/plan.schema.json');

function deployOptions(options: Options): Omit<DeployCommand, 'purpose' | 'subject' | 'source' | 'common'> {
	const { fileExists, deploymentConfig, description, confirm, json, dryRun } = options;
	if (json && !dryRun)
		throw new UsageError(
			'--json: expected --dry-run too: JSON tells the plan, rollcall wait --json what comes after',
		);
	return {
		type: 'deploy',
		overrideAlarms: options.overrideAlarms === true,
		ignoreApplicationStopFailures: options.ignoreApplicationStopFailures === true,
		...(fileExists !== undefined && { fileExistsBehavior: fileExists }),
		...(deploymentConfig !== undefined && { configName: deploymentConfig }),
		...(description !== undefined && { description }),
		dryRun: dryRun === true,
		yes: options.yes === true,
		...(confirm !== undefined && { confirm }),
		format: json ? 'json' : 'text',
	};
}

/** Anything that holds an id, like the subject. */
function readEarlier(kit: Pick<CommandKit, 'readDeployment'>, text: string) {
	try {
		return { from: kit.readDeployment([text], { readOnly: true, ascii: false, protect: [] }).deploymentId };
	} catch (error) {
		throw error instanceof UsageError ? new UsageError(`--to: ${error.message}`) : error;
	}
}

function readDescription(text: string): string {
	if (text.trim() !== '' && text.length <= longestDescription) return text;
	throw new InvalidArgumentError(`expected 1 to ${longestDescription} characters`);
}
