import { type Command as Commander, InvalidArgumentError, Option } from 'commander';
import type { CommandKit } from './investigation-commands.ts';
import { printing } from './offered-options.ts';

/** What `rollcall lint` can be told that a bundle is for. */
export const lintPlatforms = ['server', 'ecs', 'lambda'] as const;

export type LintPlatform = (typeof lintPlatforms)[number];
export type LintFormat = 'text' | 'json' | 'sarif';

type Options = {
	readonly platform?: LintPlatform;
	readonly json?: boolean;
	readonly sarif?: boolean;
	readonly fix?: boolean;
};

/** `rollcall lint`: what would make the deployment of a bundle fail. */
export function addLintCommand({ program, withUsedOptions, readCommon, choose }: CommandKit): void {
	withUsedOptions(program.command('lint'), printing)
		.argument('<bundle>', 'a folder, zip, tar or tar.gz, an AppSpec file, or s3://bucket/key', readBundle)
		.addOption(
			new Option('--platform <platform>', 'what it deploys to; else as the AppSpec tells').choices(
				lintPlatforms,
			),
		)
		.addOption(new Option('--json', 'print JSON: see schemas/lint.schema.json').conflicts('sarif'))
		.option('--sarif', 'print SARIF 2.1.0, for code scanning')
		.option('--fix', 'mend executable bits and line endings of scripts in a folder')
		.description('say what would make the deployment of a bundle fail, before it does')
		.action((bundle: string, { platform, json, sarif, fix }: Options, command: Commander) => {
			choose({
				type: 'lint',
				bundle,
				...(platform !== undefined && { platform }),
				format: json ? 'json' : sarif ? 'sarif' : 'text',
				fix: fix === true,
				common: readCommon(command),
			});
		});
}

function readBundle(text: string): string {
	if (text.startsWith('s3://') && !/^s3:\/\/[^/?]+\/[^?]+/.test(text)) {
		throw new InvalidArgumentError('expected s3://bucket/key, with ?versionId=… for a version');
	}
	if (text !== '') return text;
	throw new InvalidArgumentError('expected the name of a folder, an archive or an AppSpec file');
}
