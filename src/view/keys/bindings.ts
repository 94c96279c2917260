import type { ScreenName } from '../../monitor/ui-state.ts';
import { noUserKeys, type UserKeys } from '../../monitor/user-keys.ts';
import { type Binding, bind } from './binding.ts';
import type { Intent } from './intent.ts';
import { withUserKeys } from './override-keys.ts';
import { picker } from './picker-bindings.ts';
import { confirm, confirmTyped } from './question-bindings.ts';
import { suspend } from './suspend-binding.ts';

export type { Binding, KeyGroup } from './binding.ts';

/** The one table of keys: matching, footer, help screen and the README's table are all read from it. */

/** Whatever can have the keys: a screen, or a question above it. */
export type Layer = ScreenName | 'fleet' | 'picker' | 'confirm' | 'confirm-typed' | 'prompt';

/** Keys of the user's own: for an intent, in one layer or wherever it is. */
export type KeyOverrides = Readonly<
	Partial<Record<Layer | 'all', Readonly<Partial<Record<Intent, readonly string[]>>>>>
>;

const movement: readonly Binding[] = [
	bind('move', ['j', 'down'], 'cursor.down', 'down', 'down'),
	bind('move', ['k', 'up'], 'cursor.up', 'up', 'up'),
	bind('move', ['g', 'home'], 'cursor.top', 'top', 'to the top'),
	bind('move', ['G', 'end'], 'cursor.bottom', 'bottom', 'to the bottom'),
	bind('move', ['pgdn', 'space', 'ctrl-f'], 'page.down', 'page down', 'a page down'),
	bind('move', ['pgup', 'ctrl-b'], 'page.up', 'page up', 'a page up'),
	bind('move', ['ctrl-d'], 'half.down', 'half down', 'half a page down'),
	bind('move', ['ctrl-u'], 'half.up', 'half up', 'half a page up'),
];

const failedTargets: readonly Binding[] = [
	bind('find', ['n'], 'failed.next', 'next failed', 'next failed target', 3),
	bind('find', ['N'], 'failed.previous', 'previous failed', 'previous failed target'),
];

const general: readonly Binding[] = [
	bind('general', ['R'], 'refresh', 'refresh', 'ask AWS now'),
	bind(
		'general',
		['O'],
		'console',
		'console',
		'open in the AWS console: the deployment, or the EC2 instance whose screen it is',
	),
	bind(
		'general',
		[':'],
		'goto',
		'go to',
		'go to a deployment: an id, application/group, a console URL, anything that holds one',
	),
	bind('general', ['!'], 'messages', 'messages', 'every notice and every API failure, with its time'),
	bind('general', ['?'], 'help', 'help', 'these keys', 9),
	bind('general', ['q', 'ctrl-c'], 'quit', 'quit', 'quit', 1),
	suspend,
];

const back = bind('general', ['esc', 'backspace'], 'back', 'back', 'back', 8);

const actions: readonly Binding[] = [
	bind('act', ['s'], 'stop', 'stop', 'stop, or stop and roll back', 6),
	bind(
		'act',
		['b'],
		'roll-back',
		'roll back',
		'stop and roll back, or stop only; after the end, roll back by hand',
		6,
	),
	bind('act', ['c'], 'continue', 'continue', 'reroute traffic now, or end the termination wait', 5),
	bind('act', ['r'], 'redeploy', 'redeploy', 'deploy the same revision again', 4),
];

const search: readonly Binding[] = [
	bind('find', ['/'], 'search', 'search', 'search', 6),
	bind('find', ['n'], 'hit.next', 'next hit', 'next hit', 3),
	bind('find', ['N'], 'hit.previous', 'previous hit', 'previous hit'),
];

const diagnosis = bind('look', ['d'], 'diagnosis', 'why', 'why it failed, and how to mend it', 6);
const checklist = bind('look', ['D'], 'checklist', 'checklist', 'run the debugging checklist', 5);
const preflight = bind(
	'look',
	['p'],
	'preflight',
	'preflight',
	'what would make the next deployment of the group fail',
	3,
);
const timeline = bind('look', ['t'], 'timeline', 'timeline', 'the timeline: a lane per target', 3);
const history = bind(
	'look',
	['h'],
	'history',
	'history',
	'the last deployments of the group, and what fails in them',
	2,
);
const shell = bind('look', ['x'], 'shell', 'shell', 'a shell on the host, through Systems Manager', 2);
const report = bind('look', ['e'], 'report', 'report', 'write the incident report', 1);
const investigations: readonly Binding[] = [diagnosis, checklist, shell, report];

const copy = (what: string): Binding => bind('general', ['y'], 'copy', 'copy', `copy ${what}`, 2);

const pager: readonly Binding[] = [...movement, ...search, back, ...general];

const layers: Readonly<Record<Layer, readonly Binding[]>> = {
	fleet: [
		bind('look', ['enter'], 'open', 'open', 'open the deployment', 9),
		{ ...diagnosis, help: 'open the deployment: why it failed, and how to mend it' },
		bind('look', ['a'], 'alarms', 'alarms', 'open the deployment: its alarms', 3),
		{ ...timeline, help: 'open the deployment: its timeline' },
		{ ...preflight, help: 'open the deployment: what would make the next one fail', footer: 0 },
		{ ...history, help: 'open the deployment: the history of its group' },
		...actions.map(action => (action.intent === 'stop' ? { ...action, footer: 7 } : action)),
		bind('find', ['/'], 'filter', 'filter', 'filter: text, status:failed, context:prod, is:failing, !not', 7),
		bind('find', ['f'], 'show', 'failing', 'cycle failing only, active, all', 5),
		bind('find', ['o'], 'sort', 'sort', 'cycle the order: state, started, application, progress', 2),
		bind('find', ['v'], 'group', 'group by', 'group by context, by application, or not at all', 4),
		bind('find', ['n'], 'failed.next', 'next failing', 'next failing deployment', 3),
		bind('find', ['N'], 'failed.previous', 'previous failing', 'previous failing deployment'),
		...movement,
		copy('the deployment id'),
		...general,
	],
	deployment: [
		bind('look', ['enter'], 'open', 'open', 'open the target', 8),
		bind('look', ['l'], 'logs', 'logs', "the target's log", 7),
		...investigations,
		bind('look', ['a'], 'alarms', 'alarms', 'the alarms of this rollout', 4),
		timeline,
		preflight,
		history,
		bind('look', ['i'], 'details', 'details', 'all about the deployment', 4),
		bind('look', ['tab'], 'story', 'rollback', 'to the next deployment of the story'),
		bind('look', ['F'], 'follow.group', 'follow', 'follow the group to its next deployment, or stay'),
		...actions,
		bind(
			'find',
			['/'],
			'filter',
			'filter',
			'filter: text, status:failed, event:install, name:web, revision:old, !not',
			4,
		),
		bind('find', ['f'], 'show', 'failed', 'cycle failed only, unfinished, all', 4),
		bind('find', ['o'], 'sort', 'sort', 'cycle the order: state, time, event, target', 2),
		...failedTargets,
		...movement,
		bind(
			'general',
			['esc'],
			'back',
			'back',
			'back from a deployment that was gone to, or to where it was chosen',
			8,
		),
		copy('the target id'),
		...general,
	],
	target: [
		bind('look', ['l', 'enter'], 'logs', 'logs', 'the log in a pager', 7),
		...investigations,
		timeline,
		bind('look', ['i'], 'details', 'details', 'all about the deployment', 2),
		bind('look', ['a'], 'alarms', 'alarms', 'the alarms of this rollout', 2),
		...failedTargets,
		...movement,
		...actions.map(action => ({ ...action, footer: 0 })),
		copy('the command to look at the log on the host'),
		back,
		...general,
	],
	logs: [
		bind('find', [']'], 'error.next', 'next error', 'next error', 5),
		bind('find', ['['], 'error.previous', 'previous error', 'previous error'),
		bind(
			'look',
			['tab'],
			'source',
			'source',
			'the next source: the tail, scripts.log, the agent log, the deployments log',
			8,
		),
		bind('look', ['shift-tab'], 'source.previous', 'source', 'the source before'),
		bind('look', ['enter'], 'allow', 'run it', 'run the command that is shown on the host', 9),
		bind('look', ['F'], 'follow', 'follow', 'follow: stay at the end while lines arrive', 6),
		diagnosis,
		checklist,
		shell,
		bind('look', ['w'], 'wrap', 'wrap', 'wrap long lines, or cut them', 4),
		copy('the error in sight, or the hit; else the line at the top'),
		...pager.map(each => (each.intent === 'refresh' ? { ...each, label: 'read again', footer: 5 } : each)),
	],
	details: [copy('the deployment id'), ...pager],
	diagnosis: [
		bind('find', [']'], 'error.next', 'next', 'next finding', 6),
		bind('find', ['['], 'error.previous', 'previous', 'previous finding'),
		bind('look', ['tab'], 'choice.next', 'command', 'choose the next command', 7),
		bind('look', ['shift-tab'], 'choice.previous', 'command', 'choose the previous command'),
		{ ...copy('the command that is chosen'), footer: 7 },
		bind('look', ['l'], 'logs', 'logs', 'the log of the first host of the finding', 5),
		bind('look', ['enter'], 'open', 'host', 'the first host of the finding', 4),
		{ ...diagnosis, label: 'all findings', help: 'all findings of the deployment', footer: 4 },
		checklist,
		report,
		...pager,
	],
	checklist: [
		bind('look', ['enter'], 'allow', 'run it', 'run the commands that are shown on the hosts', 8),
		bind('find', [']'], 'error.next', 'next', 'next problem', 5),
		bind('find', ['['], 'error.previous', 'previous', 'previous problem'),
		bind('look', ['tab'], 'choice.next', 'command', 'choose the next command', 3),
		bind('look', ['shift-tab'], 'choice.previous', 'command', 'choose the previous command'),
		bind('general', ['R'], 'checklist', 'run again', 'run the checklist again', 5),
		diagnosis,
		shell,
		report,
		copy('the command that is chosen, else the line at the top'),
		...pager.filter(({ intent }) => intent !== 'refresh'),
	],
	preflight: [
		bind('act', ['A'], 'apply', 'apply', 'apply what the settings of the group would mend', 8),
		bind('find', [']'], 'error.next', 'next', 'next problem', 5),
		bind('find', ['['], 'error.previous', 'previous', 'previous problem'),
		bind('look', ['tab'], 'choice.next', 'command', 'choose the next command', 4),
		bind('look', ['shift-tab'], 'choice.previous', 'command', 'choose the previous command'),
		bind('general', ['R'], 'preflight', 'look again', 'look at the group again', 6),
		copy('the command that is chosen, else the line at the top'),
		...pager.filter(({ intent }) => intent !== 'refresh'),
	],
	alarms: [
		bind('look', ['+', '='], 'zoom.in', 'zoom in', 'a shorter time, in more detail', 5),
		bind('look', ['-'], 'zoom.out', 'zoom out', 'a longer time', 4),
		...movement,
		copy("the alarm's name"),
		back,
		...general,
	],
	timeline: [
		bind('look', ['enter'], 'open', 'open', 'open the target', 8),
		bind('look', ['l'], 'logs', 'logs', "the target's log", 4),
		diagnosis,
		bind('look', ['a'], 'alarms', 'alarms', 'the alarms of this rollout', 2),
		bind('look', ['+', '='], 'zoom.in', 'zoom in', 'a shorter time, in more detail', 7),
		bind('look', ['-'], 'zoom.out', 'zoom out', 'a longer time', 6),
		bind('move', ['left'], 'scroll.left', 'earlier', 'to an earlier time', 5),
		bind('move', ['right'], 'scroll.right', 'later', 'to a later time', 5),
		bind('move', ['0'], 'scroll.start', 'start', "to the rollout's start"),
		bind('move', ['$'], 'scroll.end', 'end', "to now, or to the rollout's end, and follow it"),
		...movement,
		bind('find', ['/'], 'filter', 'filter', 'the filter that the list of targets has, too', 3),
		bind('find', ['f'], 'show', 'failed', 'cycle failed only, unfinished, all', 3),
		bind('find', ['o'], 'sort', 'order', 'cycle the order of the lanes: start, state, duration', 4),
		...failedTargets,
		...actions.map(action => (action.intent === 'continue' ? action : { ...action, footer: 0 })),
		copy('the target id'),
		back,
		...general,
	],
	history: [
		bind('look', ['enter'], 'open', 'go there', 'go to the deployment of the row', 9),
		...movement,
		copy('the id of the deployment'),
		back,
		...general.map(each => (each.intent === 'refresh' ? { ...each, label: 'read again', footer: 5 } : each)),
	],
	help: pager,
	messages: [copy('the hit in sight, else the line at the top'), ...pager],
	confirm,
	picker,
	'confirm-typed': confirmTyped,
	prompt: [
		bind('general', ['enter'], 'submit', 'apply', 'apply', 9),
		bind('general', ['esc'], 'cancel', 'cancel', 'cancel', 9),
		bind('general', ['backspace', 'delete'], 'erase', 'erase', 'erase a character'),
		bind('general', ['ctrl-w'], 'erase.word', 'erase word', 'erase a word'),
		bind('general', ['ctrl-u'], 'erase.all', 'erase all', 'erase all', 4),
		bind('general', ['ctrl-c'], 'quit', 'quit', 'quit'),
		suspend,
	],
};

/** The bindings of a layer with the keys of the user's own, in the order they are explained in. */
export const bindingsOf = (layer: Layer, userKeys: UserKeys): readonly Binding[] =>
	userKeys === noUserKeys
		? layers[layer]
		: layers[layer].map(binding => withUserKeys(binding, layer, userKeys));

/** Every layer that can have the keys. */
export const allLayers = Object.keys(layers) as readonly Layer[];

/** What `key` asks for where the focus is; undefined for a key that means nothing there. */
export const intentFor = (layer: Layer, key: string, userKeys: UserKeys): Intent | undefined =>
	bindingsOf(layer, userKeys).find(binding => binding.keys.includes(key))?.intent;
