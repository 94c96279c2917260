import type { ContextColour } from '../../monitor/fleet/state.ts';
import type { ContextSettings } from '../settings.ts';
import { isUrl, urlPattern } from '../url.ts';
import { described, type Field, flag, type Reading, refuse, scalar, shown } from './field.ts';
import { listOf, mapping, oneOf, text } from './fields.ts';
import type { Located } from './located.ts';

const colours: readonly ContextColour[] = [
	...(['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white', 'grey'] as const),
];

const region = text('a region such as eu-west-1', /^[a-z0-9]+(-[a-z0-9]+)+$/);

/** Commas separate labels on the command line. */
const label = text('a name of at most 40 characters, without commas', /^[^,\s]([^,]{0,38}[^,\s])?$/);

export const patterns = (): Field<readonly string[]> =>
	listOf(text('a name, where * stands for anything'), 'patterns such as "*prod*"');

const url: Field<string> = scalar(
	{ type: 'string', pattern: urlPattern.source },
	'a URL such as http://127.0.0.1:4566',
	value => (typeof value === 'string' && isUrl(value) ? value : undefined),
);

const regionList = listOf(region, 'regions', 40);
const regions: Field<readonly string[]> = {
	schema: { ...regionList.schema, uniqueItems: true, minItems: 1 },
	read(value, path, reading) {
		const read = regionList.read(value, path, reading);
		if (read?.length === 0) return refuse(value, path, reading, 'at least one region');
		const twice = read?.find((each, index) => read.indexOf(each) < index);
		return twice === undefined ? read : refuse(value, path, reading, `each region once, not ${twice} twice`);
	},
};

const parts = mapping(
	{
		label: described('how the context is called on the screen; unique', label),
		profile: described('profile of the shared AWS files', text('the name of a profile')),
		region: described('AWS region; without one, the one of the profile', region),
		regions: described('several regions: a context for each', regions),
		endpointUrl: described('this endpoint instead of the one of AWS', url),
		colour: described("colour of the label: the terminal's own", oneOf(colours)),
		protected: described(
			'names that must be typed before an action, beside those of all contexts',
			patterns(),
		),
		readOnly: described('refuse every action', flag),
	},
	['label'],
);

/** One of the places that are watched. */
const context: Field<ContextSettings> = {
	schema: { ...parts.schema, not: { required: ['region', 'regions'] } },
	read(value, path, reading) {
		const read = parts.read(value, path, reading);
		if (read === undefined || read.label === undefined) return undefined;
		const { region: only, regions: several, label: name, ...rest } = read;
		const both =
			only !== undefined && several !== undefined ? reading.places.get(`${path}.regions`) : undefined;
		if (both) {
			reading.problems.push({ at: both, text: `${path} has region and regions: expected one of them` });
			return undefined;
		}
		return { ...rest, label: name, regions: several ?? (only === undefined ? [] : [only]) };
	},
};

const contexts = listOf(context, 'contexts', 100);

/** The places that are watched; no two of them may be called the same. */
export const contextsField: Field<readonly ContextSettings[]> = {
	schema: contexts.schema,
	read(value, path, reading) {
		const read = contexts.read(value, path, reading);
		if (value.kind === 'list') refuseNamesakes(value.items, path, reading);
		return read;
	},
};

function refuseNamesakes(items: readonly Located[], path: string, reading: Reading): void {
	const lines = new Map<string, number>();
	for (const [index, item] of items.entries()) {
		const entry = item.kind === 'map' ? item.entries.find(({ key }) => key === 'label') : undefined;
		if (entry?.value.kind !== 'scalar') continue;
		const name = String(entry.value.value);
		const before = lines.get(name);
		if (before === undefined) lines.set(name, entry.at.line);
		else {
			const text = `${path}[${index}].label: ${shown(entry.value)} is the label of the context on line ${before} too: expected another`;
			reading.problems.push({ at: entry.at, text });
		}
	}
}
