import { type Command as Commander, InvalidArgumentError } from 'commander';
import type { ProtectionWish, RollbackEvent } from '../domain/protection.ts';
import { rollbackEventWords } from '../domain/protection-difference.ts';
import { listed } from '../lib/sentence.ts';
import type { CommandKit } from './investigation-commands.ts';
import type { Uses } from './offered-options.ts';
import { type Named, readSubject, withSubject } from './subject-options.ts';
import { UsageError } from './usage-error.ts';

/** A switch is false when it was switched off. */
type Options = Named & {
	readonly autoRollback?: readonly RollbackEvent[] | false;
	readonly alarm?: readonly string[];
	readonly detach?: readonly string[];
	readonly ignorePollAlarmFailure?: boolean;
	readonly dryRun?: true;
	readonly yes?: true;
	readonly confirm?: string;
	readonly json?: true;
};

const acting: Uses = { places: 'one', acts: 'actions', looks: 'lines' };

/** `rollcall protect`. */
export function addProtect({ program, choose, ...kit }: CommandKit): void {
	const command = withSubject(
		kit.withUsedOptions(program.command('protect'), acting),
		'with --group: the group to change',
	);
	const given = switchesOf(command);
	withWishes(command)
		.option('--dry-run', 'say what would change, and the command for it; send nothing')
		.option('--yes', 'ask nothing; a protected group takes --confirm too')
		.option('--confirm <group>', 'the name of a protected group, where nobody can be asked for it')
		.option('--json', 'with --dry-run: print JSON, see schemas/protect.schema.json')
		.description('change what protects a group: automatic rollback and alarms')
		.action((words: readonly string[], options: Options, called: Commander) => {
			const { dryRun, yes, confirm, json } = options;
			refuseOpposites(given);
			if (json && !dryRun) throw new UsageError('--json: expected --dry-run too, whose plan it tells');
			choose({
				type: 'protect',
				wish: wishOf(options),
				dryRun: dryRun === true,
				yes: yes === true,
				...(confirm !== undefined && { confirm }),
				format: json ? 'json' : 'text',
				...readSubject(kit, words, options, kit.readCommon(called)),
			});
		});
}

const withWishes = (command: Commander): Commander =>
	command
		.option(
			'--auto-rollback <events>',
			`roll back by itself on ${eventNames}, several with commas, beside what it has`,
			readEvents,
		)
		.option('--no-auto-rollback', 'roll back by itself on nothing')
		.option('--alarm <name>', 'let this alarm stop deployments; given once or several times', collectAlarms)
		.option('--detach <name>', 'let this alarm stop no deployment any more; likewise', collectAlarms)
		.option('--ignore-poll-alarm-failure', 'go on with deployments while the alarms cannot be read')
		.option('--no-ignore-poll-alarm-failure', 'stop deployments while the alarms cannot be read');

const opposites = ['auto-rollback', 'ignore-poll-alarm-failure'] as const;

/** The switches and their opposites that the command line gives; of commander's values only the last is left. */
function switchesOf(command: Commander): ReadonlySet<string> {
	const given = new Set<string>();
	for (const name of opposites.flatMap(each => [each, `no-${each}`]))
		command.on(`option:${name}`, () => given.add(name));
	return given;
}

function refuseOpposites(given: ReadonlySet<string>): void {
	const both = opposites.find(name => given.has(name) && given.has(`no-${name}`));
	if (both !== undefined) throw new UsageError(`--${both} and --no-${both}: expected one of the two`);
}

const eventNames = listed(Object.keys(rollbackEventWords));

/** Throws UsageError when nothing is wished for, or something and its opposite. */
function wishOf({ autoRollback, alarm, detach, ignorePollAlarmFailure }: Options): ProtectionWish {
	const both = alarm?.find(name => detach?.includes(name));
	if (both !== undefined) throw new UsageError(`--alarm and --detach ${both}: expected one of the two`);
	const wish: ProtectionWish = {
		...(autoRollback !== undefined && { autoRollback: autoRollback === false ? 'off' : autoRollback }),
		...(alarm !== undefined && { attach: alarm }),
		...(detach !== undefined && { detach }),
		...(ignorePollAlarmFailure !== undefined && { ignorePollAlarmFailure }),
	};
	if (Object.keys(wish).length > 0) return wish;
	throw new UsageError(
		'expected what is to change: --auto-rollback failure,alarm or --alarm <name>; try rollcall protect --help',
	);
}

function readEvents(text: string, before?: readonly RollbackEvent[] | false): readonly RollbackEvent[] {
	const events = text.split(',').map(word => {
		const event = Object.entries(rollbackEventWords).find(([known]) => known === word.trim())?.[1];
		if (event !== undefined) return event;
		throw new InvalidArgumentError(`expected ${eventNames}, one or several with commas`);
	});
	return [...new Set([...(before || []), ...events])];
}

/** AWS: an alarm's name has up to 255 characters, a comma among them if need be. */
function collectAlarms(text: string, before: readonly string[] = []): readonly string[] {
	if (text.trim() !== '' && text.length <= 255) return [...before, text];
	throw new InvalidArgumentError('expected the name of an alarm, 1 to 255 characters');
}
