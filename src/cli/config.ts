import { redact } from '../lib/redact.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { wrapCells } from '../lib/width.ts';
import { noUserKeys, type UserKeys } from '../monitor/user-keys.ts';
import { allLayers, bindingsOf } from '../view/keys/bindings.ts';
import type { Command } from './command.ts';
import { type EffectiveSetting, effectiveSettings, type SettingValue } from './effective-settings.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { configPlace } from './settings/config-file.ts';
import { loadSettings } from './settings/load-settings.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

type ConfigCommand = Extract<Command, { type: 'config' }>;

/** `rollcall config`: prints what is asked. Throws UsageError with a line for each thing that is wrong with the file. */
export async function tellConfig({ task, common }: ConfigCommand, io: Io): Promise<ExitCode> {
	const place = configPlace(common.config, io.env);
	switch (task.name) {
		case 'path':
			io.out(`${sanitizeLine(place.path)}\n`);
			break;
		case 'check':
			io.out(await checked(task.file, common.config, io));
			break;
		case 'keys':
			io.out(keyList(common.keys ?? noUserKeys));
			break;
		case 'show': {
			const settings = effectiveSettings(task.flags, await loadSettings(place), io.env);
			io.out(task.format === 'json' ? asJson(settings, task.origin) : asText(settings, task.origin));
			break;
		}
	}
	return exitCodes.succeeded;
}

/** Throws UsageError for a file that is not there: nothing to check is no success. */
async function checked(file: string | undefined, option: string | undefined, io: Io): Promise<string> {
	const place = configPlace(file ?? option, io.env);
	const loaded = await loadSettings(file === undefined ? place : { path: file });
	const shown = sanitizeLine(place.path);
	if (!loaded) throw new UsageError(`${shown}: there is no such file`);
	return `ok: ${shown}: ${counted(loaded.settings)}\n`;
}

/** What was read, in numbers. */
function counted(settings: Settings): string {
	const { contexts, keys, ...others } = settings;
	const bound = Object.values(keys ?? {}).reduce((sum, intents) => sum + Object.keys(intents).length, 0);
	const rest = Object.values(others).reduce<number>((sum, value) => sum + partsOf(value), 0);
	return [contextCount(contexts), count(bound, 'key binding'), count(rest, 'other setting')].join(', ');
}

/** The fleet shows a context once for each of its regions. */
function contextCount(contexts: Settings['contexts']): string {
	const places = contexts.reduce((sum, { regions }) => sum + Math.max(1, regions.length), 0);
	const told = count(contexts.length, 'context');
	return places === contexts.length ? told : `${told} in ${count(places, 'place')}`;
}

const partsOf = (value: unknown): number =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).length : 1;

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

function asText(settings: readonly EffectiveSetting[], withOrigin: boolean): string {
	const rows = settings.map(
		({ path, value, origin }) => [nameOf(path), clean(valueText(value)), clean(origin)] as const,
	);
	const nameWidth = Math.max(...rows.map(([name]) => name.length));
	const valueWidth = Math.max(...rows.map(([, value]) => value.length));
	return rows
		.map(([name, value, origin]) => {
			const told = `${name.padEnd(nameWidth)}  ${withOrigin ? `${value.padEnd(valueWidth)}  ${origin}` : value}`;
			return `${told.trimEnd()}\n`;
		})
		.join('');
}

/** `contexts[0]`, `cadence.turn`: as the problems with a file call them. */
const nameOf = (path: EffectiveSetting['path']): string =>
	path
		.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
		.join('');

function valueText(value: SettingValue): string {
	if (typeof value !== 'object') return String(value);
	if (isList(value)) return value.length === 0 ? 'none' : value.join(' ');
	return Object.entries(value)
		.map(([name, part]) => `${name}: ${Array.isArray(part) ? part.join(' ') : part}`)
		.join(', ');
}

const isList = (value: object): value is readonly string[] => Array.isArray(value);

/** No secret belongs into the file, but somebody may have put one into a URL. */
const clean = (text: string): string => redact(sanitizeLine(text));

/** The settings in the form of the file; with their origins, both side by side. */
function asJson(settings: readonly EffectiveSetting[], withOrigin: boolean): string {
	const file: Record<string, unknown> = {};
	for (const { path, value } of settings) put(file, path, value);
	const origins = Object.fromEntries(settings.map(({ path, origin }) => [nameOf(path), origin]));
	const told = withOrigin ? { settings: file, origins } : file;
	const text = JSON.stringify(
		told,
		(_key, value: unknown) => (typeof value === 'string' ? clean(value) : value),
		2,
	);
	return `${text}\n`;
}

function put(
	file: Record<string, unknown>,
	[name, ...rest]: EffectiveSetting['path'],
	value: SettingValue,
): void {
	if (name === undefined) return;
	const before = file[name];
	if (rest.length === 0) file[name] = value;
	else if (typeof rest[0] === 'number') file[name] = [...(Array.isArray(before) ? before : []), value];
	else {
		const inner: Record<string, unknown> = typeof before === 'object' ? { ...before } : {};
		put(inner, rest, value);
		file[name] = inner;
	}
}

/** What a key can do in each layer, by the names that the file takes. */
function keyList(userKeys: UserKeys): string {
	const all = allLayers.flatMap(layer => bindingsOf(layer, userKeys));
	const nameWidth = Math.max(...all.map(({ intent }) => intent.length));
	return allLayers
		.map(layer => {
			const rows = bindingsOf(layer, userKeys).map(({ intent, keys, help }) => {
				const head = `  ${intent.padEnd(nameWidth)}  ${(keys.join(' ') || 'none').padEnd(18)}  `;
				return `${head}${wrapCells(help, 80 - head.length).join(`\n${' '.repeat(head.length)}`)}\n`;
			});
			return `${layer}\n${rows.join('')}`;
		})
		.join('\n');
}
