import { basename } from 'node:path';
import { fleetPlan } from '../monitor/fleet/plan.ts';
import { defaultPlan } from '../monitor/plan.ts';
import { defaultNotifications } from '../view/notifications.ts';
import type { Flags } from './common-options.ts';
import { mergeSettings } from './common-options.ts';
import { type TracedContext, traceContexts } from './contexts.ts';
import { secondsOf } from './settings/cadence-field.ts';
import type { LoadedSettings } from './settings/load-settings.ts';
import { noSettings } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type SettingValue = string | number | boolean | readonly string[] | Readonly<Record<string, unknown>>;

/** One setting as it is in effect. `path`: its names from the outermost on, as in the file. */
export type EffectiveSetting = {
	readonly path: readonly (string | number)[];
	readonly value: SettingValue;
	/** `rollcall.yaml:12`, `--region`, `AWS_REGION`, `default`. */
	readonly origin: string;
};

const defaultBudget = { burst: 20, perSecond: 2, concurrency: defaultPlan.concurrency } as const;

/** Every setting that is in effect, and where it comes from, in the order of the file's documentation. */
export function effectiveSettings(
	flags: Flags,
	loaded: LoadedSettings | undefined,
	env: Environment,
): readonly EffectiveSetting[] {
	const settings = loaded?.settings ?? noSettings;
	const common = mergeSettings(flags, settings);
	const lineOf = (name: string): string | undefined => {
		const place = loaded?.places.get(name);
		return place && loaded ? `${basename(loaded.path)}:${place.line}` : undefined;
	};
	const row = (path: readonly (string | number)[], value: SettingValue, flag?: string): EffectiveSetting => ({
		path,
		value,
		origin: flag ?? lineOf(path.join('.')) ?? 'default',
	});
	const cadence = secondsOf({ ...defaultPlan, sweepMs: fleetPlan.turnMs, ...common.cadence });
	const budget = { ...defaultBudget, ...common.budget };
	const notifications = { ...defaultNotifications, ...common.notifications };
	const given = (value: unknown, name: string): string | undefined =>
		value === undefined ? undefined : name;
	return [
		...traceContexts(common, env).map((traced, index) => ({
			path: ['contexts', index],
			value: contextValue(traced, common.protect.length),
			origin: contextOrigin(traced, flags, env, lineOf),
		})),
		row(['protected'], common.protect, given(flags.protect, '--protect')),
		row(['readOnly'], common.readOnly, given(flags.readOnly, '--read-only')),
		row(['ascii'], common.ascii, given(flags.ascii, '--ascii')),
		row(['theme'], common.theme ?? 'auto', given(flags.theme, '--theme')),
		...Object.entries(notifications).map(([name, value]) =>
			row(['notifications', name], value, name === 'bell' ? given(flags.bell, '--no-bell') : undefined),
		),
		...cadence.map(([name, seconds]) => row(['cadence', name], seconds)),
		...Object.entries(budget).map(([name, value]) => row(['budget', name], value)),
		...Object.entries(common.logGroups ?? {}).map(([log, groups]) =>
			row(['logGroups', log], groups, given(flags.logGroup, '--log-group')),
		),
		...keyRows(settings.keys, row),
	];
}

function keyRows(
	keys: LoadedSettings['settings']['keys'],
	row: (path: readonly string[], value: SettingValue) => EffectiveSetting,
): readonly EffectiveSetting[] {
	return Object.entries(keys ?? {}).flatMap(([layer, intents]) =>
		Object.entries(intents).map(([intent, names]) =>
			row(['keys', ...(layer === 'all' ? [] : [layer]), intent], names),
		),
	);
}

/** A context as the file would hold it; `shared`: how many of its patterns are those of all contexts. */
function contextValue({ context }: TracedContext, shared: number): SettingValue {
	const { protect, readOnly, ...rest } = context;
	const own = protect.slice(shared);
	return { ...rest, ...(own.length > 0 && { protected: own }), ...(readOnly && { readOnly }) };
}

function contextOrigin(
	{ origin }: TracedContext,
	flags: Flags,
	env: Environment,
	lineOf: (name: string) => string | undefined,
): string {
	if (typeof origin === 'number') return lineOf(`contexts[${origin}]`) ?? 'default';
	const names = [
		flags.profile ? '--profile' : env.AWS_PROFILE ? 'AWS_PROFILE' : undefined,
		flags.region
			? '--region'
			: ['AWS_REGION', 'AWS_DEFAULT_REGION'].find(name => env[name] !== undefined && env[name] !== ''),
	].filter(name => name !== undefined);
	return names.length === 0 ? 'default' : names.join(', ');
}
