import type { Notifications } from '../../view/notifications.ts';
import { themeNames } from '../../view/theme-names.ts';
import type { LogGroups } from '../command.ts';
import type { BudgetSettings, Settings } from '../settings.ts';
import { cadenceField } from './cadence-field.ts';
import { contextsField, patterns } from './context-field.ts';
import { described, type Field, flag, type Schema, scalar } from './field.ts';
import { mapping, numberFrom, oneOf, oneOrMore, text, wholeNumberFrom } from './fields.ts';
import { keysDefinition, keysField } from './keys-field.ts';

/** AWS: a log group's name is up to 512 of these. */
const logGroup = oneOrMore(text('the name of a log group', /^[\w\-/.#]{1,512}$/), 'log groups');

const logGroups: Field<LogGroups> = mapping({ scripts: logGroup, agent: logGroup, deployments: logGroup });

/** Above these figures AWS throttles, below them nothing is seen. */
const budget: Field<BudgetSettings> = mapping({
	burst: described(
		'calls of one service that may follow each other at once',
		wholeNumberFrom('calls', 5, 200),
	),
	perSecond: described('calls of one service for each second on average', numberFrom('calls', 0.2, 20)),
	concurrency: described('calls in flight at a time', wholeNumberFrom('calls', 1, 20)),
});

const flagOrAuto: Field<boolean | 'auto'> = scalar(
	{ enum: [true, false, 'auto'] },
	'true, false or auto',
	value => (typeof value === 'boolean' || value === 'auto' ? value : undefined),
);

const notifications: Field<Partial<Notifications>> = mapping({
	bell: described('ring on failure, stall, Ready and end', flag),
	title: described('title of the window or pane', flag),
	progress: described('progress in the task bar or tab; auto: where it is understood', flagOrAuto),
	desktop: described('notifications of the desktop; auto: where they are understood', flagOrAuto),
});

const all = mapping({
	contexts: described('the places that are watched: a profile in one or several regions', contextsField),
	cadence: described('how often AWS is asked, in seconds', cadenceField),
	budget: described('how much AWS is asked at a time', budget),
	protected: described('names of groups and profiles that must be typed before an action', patterns()),
	readOnly: described('refuse every action', flag),
	ascii: described('draw with ASCII characters only', flag),
	logGroups: described('CloudWatch log groups to look in first, for each log of a host', logGroups),
	keys: described(
		'keys: what one does, and the key or keys that do it; for one screen or for all',
		keysField,
	),
	theme: described('the looks of the screen', oneOf(themeNames)),
	notifications: described('what the terminal around the screen is told', notifications),
});

/** What `rollcall.yaml` may hold. */
export const settingsField: Field<Settings> = {
	schema: all.schema,
	read(value, path, reading) {
		const read = all.read(value, path, reading);
		return read && { ...read, contexts: read.contexts ?? [] };
	},
};

/** The JSON Schema that is published: made of the same parts that read the file. */
export const settingsSchema: Schema = {
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	title: 'rollcall.yaml: the configuration of Rollcall',
	...settingsField.schema,
	$defs: { keys: keysDefinition },
};
