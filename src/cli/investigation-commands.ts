import { type Command as Commander, InvalidArgumentError, Option } from 'commander';
import type { DeploymentId } from '../domain/ids.ts';
import { asTargetId, type TargetId } from '../domain/ids.ts';
import { largestRecordSize, usualRecordSize } from '../monitor/record/reading.ts';
import type { Command, CommonOptions } from './command.ts';
import { type PolicyFeature, policyFeatures } from './iam-policy.ts';
import { printing, type Uses, withHelp } from './offered-options.ts';
import { type NamedRevision, readRevision, revisionExpected } from './revision-argument.ts';
import { type Named, readSubject, withSubject } from './subject-options.ts';

/** What the other commands are made with, and how each is chosen. */
export type CommandKit = {
	readonly program: Commander;
	withUsedOptions(command: Commander, uses: Uses): Commander;
	readCommon(command: Commander): CommonOptions;
	/** The deployment that words on the command line name, and the region if they tell it. */
	readDeployment(
		words: readonly string[],
		common: CommonOptions,
	): {
		readonly deploymentId: DeploymentId;
		readonly common: CommonOptions;
	};
	/** Throws UsageError for words that look like a command that does not exist. */
	refuseUnknownCommand(words: readonly string[]): void;
	choose(command: Command): void;
};

/** The commands that look into what went wrong, or might: `diagnose`, `doctor`, `preflight`, `history`, `iam-policy`. */
export function addInvestigationCommands(kit: CommandKit): void {
	addDiagnose(kit);
	addDoctor(kit);
	addPreflight(kit);
	addHistory(kit);
	addIamPolicy(kit);
}

function addDiagnose({ program, choose, ...kit }: CommandKit): void {
	type Options = Named & { readonly json?: boolean; readonly markdown?: boolean };
	withSubject(kit.withUsedOptions(program.command('diagnose'), { ...printing, logs: true }))
		.addOption(new Option('--json', 'print JSON: see schemas/diagnosis.schema.json').conflicts('markdown'))
		.option('--markdown', 'print the incident report')
		.description('say why a deployment failed, and how to mend it')
		.action((words: readonly string[], options: Options, command: Commander) => {
			const { json, markdown } = options;
			const format = json ? 'json' : markdown ? 'markdown' : 'text';
			choose({
				type: 'diagnose',
				format,
				...readSubject(kit, words, options, kit.readCommon(command)),
			});
		});
}

function addDoctor({ program, choose, ...kit }: CommandKit): void {
	type Options = Named & {
		readonly json?: boolean;
		readonly target?: TargetId;
		readonly hostCommands: boolean;
	};
	withSubject(
		kit.withUsedOptions(program.command('doctor'), { ...printing, logs: true, acts: 'hostCommands' }),
	)
		.option('--target <id>', 'look at this target only', readTarget)
		.option('--no-host-commands', 'run nothing on the hosts: what takes a command there stays unknown')
		.option('--json', 'print JSON: see schemas/doctor.schema.json')
		.description('run the debugging checklist: deployment, roles, bundle, hosts')
		.action((words: readonly string[], options: Options, command: Commander) => {
			const { json, target, hostCommands } = options;
			choose({
				type: 'doctor',
				format: json ? 'json' : 'text',
				hostCommands,
				...(target !== undefined && { target }),
				...readSubject(kit, words, options, kit.readCommon(command)),
			});
		});
}

function addPreflight({ program, choose, ...kit }: CommandKit): void {
	type Options = Named & { readonly json?: boolean; readonly revision?: NamedRevision };
	withSubject(
		kit.withUsedOptions(program.command('preflight'), printing),
		'with --group: the group to look at',
	)
		.option('--revision <revision>', `what is to be deployed: ${revisionExpected}`, takeRevision)
		.option('--json', 'print JSON: see schemas/preflight.schema.json')
		.description('say what would make the next deployment of a group fail, or hard to undo')
		.action((words: readonly string[], options: Options, command: Commander) => {
			const { json, revision } = options;
			choose({
				type: 'preflight',
				format: json ? 'json' : 'text',
				...(revision && { revision }),
				...readSubject(kit, words, options, kit.readCommon(command)),
			});
		});
}

function addHistory({ program, choose, ...kit }: CommandKit): void {
	type Options = Named & { readonly json?: boolean; readonly limit?: number };
	withSubject(kit.withUsedOptions(program.command('history'), printing), 'with --group: the group to tell of')
		.option(
			'--limit <number>',
			`look at so many deployments, at most ${largestRecordSize}; ${usualRecordSize} unless told`,
			readLimit,
		)
		.option('--json', 'print JSON: see schemas/history.schema.json')
		.description('what became of the last deployments of a group, and what fails in them')
		.action((words: readonly string[], options: Options, command: Commander) => {
			const { json, limit } = options;
			choose({
				type: 'history',
				format: json ? 'json' : 'text',
				...(limit !== undefined && { limit }),
				...readSubject(kit, words, options, kit.readCommon(command)),
			});
		});
}

function takeRevision(text: string): NamedRevision {
	const read = readRevision(text);
	if ('problem' in read) throw new InvalidArgumentError(read.problem);
	return read;
}

function addIamPolicy({ program, choose }: CommandKit): void {
	withHelp(program.command('iam-policy'))
		.requiredOption(
			'--for <features>',
			`what it is for: ${policyFeatures.join(', ')}; several with commas`,
			readFeatures,
		)
		.description('print the IAM policy that a feature needs')
		.action(({ for: features }: { readonly for: readonly PolicyFeature[] }) => {
			choose({ type: 'iam-policy', features });
		});
}

function readLimit(text: string): number {
	const number = Number(text);
	if (/^\d+$/.test(text) && number > 0 && number <= largestRecordSize) return number;
	throw new InvalidArgumentError(`expected a whole number from 1 to ${largestRecordSize}`);
}

function readTarget(text: string): TargetId {
	if (text.trim() !== '') return asTargetId(text);
	throw new InvalidArgumentError('expected the id of a target, such as i-0db27af8628206ab0');
}

function readFeatures(text: string): readonly PolicyFeature[] {
	return text.split(',').map(word => {
		const feature = policyFeatures.find(known => known === word.trim());
		if (feature !== undefined) return feature;
		throw new InvalidArgumentError(`expected ${policyFeatures.join(', ')}, one or several with commas`);
	});
}
