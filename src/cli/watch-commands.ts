import { type Command as Commander, InvalidArgumentError, Option } from 'commander';
import type { WaitGoal } from './command.ts';
import type { CommandKit } from './investigation-commands.ts';
import { everything, printing } from './offered-options.ts';
import { readName } from './option-values.ts';
import { type Named, readSubject, withSubject } from './subject-options.ts';
import { UsageError } from './usage-error.ts';

/** The commands that tell how rollouts stand: `watch`, `status`, `wait`, `list`. */
export function addWatchCommands(kit: CommandKit): void {
	addWatch(kit);
	addStatus(kit);
	addWait(kit);
	addList(kit);
}

function addWatch({ program, choose, ...kit }: CommandKit): void {
	type Options = Named & { readonly follow?: boolean };
	withSubject(
		kit.withUsedOptions(program.command('watch', { isDefault: true }), { ...everything, places: 'one' }),
	)
		.option('--follow', 'go on to the next deployment of the group when it starts')
		.description('watch a deployment; rollcall d-ABC123DEF is the same')
		.action((words: readonly string[], options: Options, command: Commander) => {
			if (program.args[0] !== 'watch') kit.refuseUnknownCommand(words);
			const follow = options.follow === true;
			const common = kit.readCommon(command);
			const isBare = words.length === 0 && options.application === undefined && options.group === undefined;
			if (isBare && program.args[0] !== 'watch' && !follow) return choose({ type: 'fleet', common });
			if (isBare || (words.length === 0 && options.group === undefined)) {
				const { application } = options;
				return choose({ type: 'pick', follow, common, ...(application !== undefined && { application }) });
			}
			choose({ type: 'watch', follow, ...readSubject(kit, words, options, common) });
		});
}

function addStatus({ program, choose, ...kit }: CommandKit): void {
	type Options = Named & {
		readonly json?: boolean;
		readonly format?: 'tmux' | 'line';
		readonly width?: number;
	};
	withSubject(kit.withUsedOptions(program.command('status'), printing))
		.option('--json', 'print JSON: see schemas/status.schema.json')
		.addOption(
			new Option('--format <format>', 'print one line: for a log, or for the status line of tmux')
				.choices(['line', 'tmux'])
				.conflicts('json'),
		)
		.option('--width <columns>', 'how wide that line may be', readWidth)
		.description('say how a deployment stands, and end')
		.action((words: readonly string[], options: Options, command: Commander) => {
			const { json, format, width } = options;
			choose({
				type: 'status',
				format: json ? 'json' : (format ?? 'text'),
				...(width !== undefined && { width }),
				...readSubject(kit, words, options, kit.readCommon(command)),
			});
		});
}

function addWait({ program, choose, ...kit }: CommandKit): void {
	type Options = Named & {
		readonly json?: boolean;
		readonly until: WaitGoal;
		readonly timeout?: number;
	};
	withSubject(kit.withUsedOptions(program.command('wait'), { ...printing, logs: true }))
		.option(
			'--until <goal>',
			'succeeded, ready, or a lifecycle event that all targets have to have done',
			readGoal,
			'succeeded' as const,
		)
		.option('--timeout <duration>', 'give up after that long, such as 45m: exit code 4', readTimeout)
		.option('--json', 'print JSON, one line each: see schemas/wait.schema.json')
		.description('print a line for every change until a deployment has ended')
		.action((words: readonly string[], options: Options, command: Commander) => {
			const { json, until, timeout } = options;
			choose({
				type: 'wait',
				goal: until,
				format: json ? 'json' : 'text',
				...(timeout !== undefined && { timeoutMs: timeout }),
				...readSubject(kit, words, options, kit.readCommon(command)),
			});
		});
}

function addList({ program, withUsedOptions, readCommon, choose }: CommandKit): void {
	type Options = Named & { readonly active?: boolean; readonly json?: boolean; readonly limit?: number };
	withUsedOptions(program.command('list'), { ...printing, places: 'several' })
		.option('--active', 'only those that have not ended')
		.option('--application <name>', 'only those of this application', readName)
		.option('--group <name>', 'only those of this deployment group of --application', readName)
		.option('--limit <number>', 'at most so many; 20 unless told, or --active', readWidth)
		.option('--json', 'print JSON: see schemas/list.schema.json')
		.description('list deployments, the newest first')
		.action(({ active, json, limit, application, group }: Options, command: Commander) => {
			if (group !== undefined && application === undefined) {
				throw new UsageError(
					'expected --application too: a group is known by its application and its own name',
				);
			}
			choose({
				type: 'list',
				activeOnly: active === true,
				format: json ? 'json' : 'text',
				...(limit !== undefined && { limit }),
				...(application !== undefined && { application }),
				...(group !== undefined && { group }),
				common: readCommon(command),
			});
		});
}

function readGoal(text: string): WaitGoal {
	const word = text.toLowerCase();
	if (word === 'succeeded' || word === 'ready') return word;
	if (/^[A-Za-z]+$/.test(text)) return { event: text };
	throw new InvalidArgumentError('expected succeeded, ready or a lifecycle event such as AllowTraffic');
}

function readTimeout(text: string): number {
	const { h, m, s } = /^(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+)s)?$/.exec(text.trim())?.groups ?? {};
	const seconds = Number(h ?? 0) * 3600 + Number(m ?? 0) * 60 + Number(s ?? 0);
	if (seconds > 0) return seconds * 1000;
	throw new InvalidArgumentError('expected a duration such as 90s, 45m or 1h30m');
}

function readWidth(text: string): number {
	const number = Number(text);
	if (/^\d+$/.test(text) && number > 0) return number;
	throw new InvalidArgumentError('expected a whole number above 0');
}
