import { nearest } from '../lib/nearest.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { listed, meant } from '../lib/sentence.ts';
import type { CommonOptions } from './command.ts';
import type { ContextOptions, ContextSettings } from './settings.ts';
import { UsageError } from './usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a context was named: by its number in the configuration file, on the command line, or in the environment. */
export type ContextOrigin = number | 'command line' | 'environment';

export type TracedContext = { readonly context: ContextOptions; readonly origin: ContextOrigin };

/**
 * What is watched: each of the profiles in each of the regions that the command line names; else the contexts of the
 * configuration file, or those that were picked; else the one of the environment. Throws UsageError for a context that
 * does not exist and for two that are called the same.
 */
export const chooseContexts = (common: CommonOptions, env: Environment): readonly ContextOptions[] =>
	traceContexts(common, env).map(({ context }) => context);

/** The same, each with where it was named. */
export function traceContexts(common: CommonOptions, env: Environment): readonly TracedContext[] {
	const { contexts: labels, knownContexts: known = [] } = common;
	if (labels) return distinct(labels.flatMap(label => picked(label, common)));
	if (isNamed(common) || known.length === 0) return distinct(crossed(common, env));
	return distinct(known.flatMap((each, index) => expanded(each, index, common)));
}

/** The file's only place is meant where nothing names one: not the command line, and not the environment. */
export function withOnlyContext(common: CommonOptions, env: Environment): CommonOptions {
	const [place, other] = common.knownContexts ?? [];
	const isUnnamed = !common.contexts && !isNamed(common) && !namesPlace(env);
	const isOnly = place !== undefined && other === undefined && place.regions.length <= 1;
	return isUnnamed && isOnly ? { ...common, contexts: [place.label] } : common;
}

const namesPlace = ({ AWS_PROFILE, AWS_REGION, AWS_DEFAULT_REGION }: Environment): boolean =>
	Boolean(AWS_PROFILE || AWS_REGION || AWS_DEFAULT_REGION);

/** The place where a command for one place looks, with what the file says of it. */
export function chooseOne(common: CommonOptions, env: Environment, command: string): ContextOptions {
	const [only, other] = common.contexts
		? chooseContexts(common, env)
		: crossed(common, env).map(({ context }) => context);
	if (only && !other) return only;
	throw new UsageError(
		`--context “${common.contexts?.join()}” is in several regions: expected one for rollcall ${command}; try --region ${only?.region}`,
	);
}

/** A label stands for a context of the file, in all of its regions or in one of them. */
function picked(label: string, common: CommonOptions): readonly TracedContext[] {
	if (common.profiles ?? common.profile) {
		throw new UsageError('--context and --profile: expected one of them, a context has a profile of its own');
	}
	const known = common.knownContexts ?? [];
	const found = known.flatMap((each, index) => {
		const all = expanded(each, index, common);
		return each.label === label ? all : all.filter(({ context }) => context.label === label);
	});
	if (found.length === 0) throw new UsageError(unknownContext(label, known));
	return inRegions(label, found, common.regions ?? only(common.region));
}

/** Of a context in several regions those that are wanted; a context that has none takes any. */
function inRegions(
	label: string,
	found: readonly TracedContext[],
	regions: readonly string[] | undefined,
): readonly TracedContext[] {
	if (regions === undefined) return found;
	return regions.flatMap(region => {
		const there = found.filter(({ context }) => (context.region ?? region) === region);
		if (there.length === 0) {
			const has = listed(found.flatMap(({ context }) => context.region ?? []));
			throw new UsageError(`the context “${label}” is not in ${region}: expected ${has}`);
		}
		const hasNone = there.some(({ context }) => context.region === undefined);
		const suffix = hasNone && regions.length > 1 ? ` · ${region}` : '';
		return there.map(({ context, origin }) => ({
			origin,
			context: { ...context, region, label: context.label + suffix },
		}));
	});
}

function unknownContext(label: string, known: readonly ContextSettings[]): string {
	const labels = known.map(each => each.label);
	const expected =
		labels.length === 0
			? 'the configuration file has none'
			: `expected ${listed(labels)}${meant(nearest(label, labels))}`;
	return `--context: there is no context “${label}”: ${expected}`;
}

/** A context of the file for each of its regions. */
function expanded(
	{ label, profile, regions, endpointUrl, colour, ...own }: ContextSettings,
	origin: number,
	common: CommonOptions,
): readonly TracedContext[] {
	const endpoint = common.endpointUrl ?? endpointUrl;
	const places = regions.length === 0 ? [undefined] : regions;
	return places.map(region => ({
		origin,
		context: {
			label: labelIn({ label, regions }, region),
			...(profile !== undefined && { profile }),
			...(region !== undefined && { region }),
			...(endpoint !== undefined && { endpointUrl: endpoint }),
			...(colour !== undefined && { colour }),
			protect: [...common.protect, ...(own.protected ?? [])],
			readOnly: common.readOnly || own.readOnly === true,
		},
	}));
}

/** With several regions, the region is a part of the label. */
const labelIn = (
	{ label, regions }: Pick<ContextSettings, 'label' | 'regions'>,
	region: string | undefined,
): string => (regions.length > 1 ? `${label} · ${region}` : label);

/** Each profile in each region. What the command line leaves out comes from the environment. */
function crossed(common: CommonOptions, env: Environment): readonly TracedContext[] {
	const origin = isNamed(common) ? 'command line' : 'environment';
	const profiles = common.profiles ?? [common.profile ?? (env.AWS_PROFILE || undefined)];
	const regions = common.regions ?? [
		common.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined),
	];
	return profiles.flatMap(profile =>
		regions.map(region => {
			const names = [
				...(profiles.length > 1 || regions.length === 1 ? [profile ?? 'default'] : []),
				...(regions.length > 1 ? [region] : []),
			];
			const place = { ...(profile !== undefined && { profile }), ...(region !== undefined && { region }) };
			return { origin, context: adopted(place, sanitizeLine(names.join(' · ')), common) } as const;
		}),
	);
}

type Place = { readonly profile?: string; readonly region?: string };

/** The contexts of the file that a place belongs to: what they forbid is forbidden however the place was named. */
const contextsAt = ({ profile, region }: Place, known: readonly ContextSettings[]) =>
	known.filter(
		each =>
			each.profile === profile &&
			(region === undefined || each.regions.length === 0 || each.regions.includes(region)),
	);

/** A place with what the file says about it. */
function adopted(place: Place, label: string, common: CommonOptions): ContextOptions {
	const same = contextsAt(place, common.knownContexts ?? []);
	const [one, ...others] = same;
	const isExact = one && others.length === 0 && one.regions.includes(place.region ?? '');
	const exact = isExact ? one : undefined;
	const endpointUrl = common.endpointUrl ?? exact?.endpointUrl;
	return {
		...place,
		label: exact ? labelIn(exact, place.region) : label,
		...(endpointUrl !== undefined && { endpointUrl }),
		...(exact?.colour !== undefined && { colour: exact.colour }),
		protect: [...common.protect, ...same.flatMap(each => each.protected ?? [])],
		readOnly: common.readOnly || same.some(each => each.readOnly === true),
	};
}

function distinct(traced: readonly TracedContext[]): readonly TracedContext[] {
	const labels = new Set<string>();
	for (const { context } of traced) {
		if (labels.has(context.label)) {
			throw new UsageError(
				`two contexts are called “${context.label}”: expected each profile, region and label once`,
			);
		}
		labels.add(context.label);
	}
	return traced;
}

const isNamed = ({ profile, profiles, region, regions }: CommonOptions): boolean =>
	(profiles ?? profile ?? regions ?? region) !== undefined;

const only = (region: string | undefined): readonly string[] | undefined =>
	region === undefined ? undefined : [region];
