import { type Binding, bind } from './binding.ts';
import { suspend } from './suspend-binding.ts';

/** In a question, beside the answer: the same whether the answer is a key or a name. */
const variations: readonly Binding[] = [
	bind(
		'act',
		['tab'],
		'vary',
		'the other way',
		'with or without rolling back; an older deployment to return to; the next change',
		7,
	),
	bind('act', ['shift-tab'], 'vary.back', 'newer', 'a newer deployment to return to; the change before', 3),
	bind('act', ['ctrl-o'], 'option.alarms', 'alarms', "override the group's alarms, or not", 8),
	bind('act', ['ctrl-t'], 'option.stop', 'stop hook', 'let ApplicationStop fail, or not', 6),
	bind('act', ['ctrl-e'], 'option.files', 'files', 'what becomes of files that exist: cycle', 5),
	bind('act', ['ctrl-x'], 'option.take', 'take or leave', 'take the change that is chosen, or leave it', 8),
	bind('move', ['down'], 'cursor.down', 'down', 'down'),
	bind('move', ['up'], 'cursor.up', 'up', 'up'),
	bind('move', ['pgdn', 'ctrl-f'], 'page.down', 'page down', 'a page down'),
	bind('move', ['pgup', 'ctrl-b'], 'page.up', 'page up', 'a page up'),
	bind('general', ['ctrl-y'], 'copy.command', 'copy command', 'copy the AWS CLI command', 4),
];

/** A key answers. */
export const confirm: readonly Binding[] = [
	bind('act', ['y'], 'confirm', 'yes, do it', 'do it', 9),
	bind('general', ['enter', 'esc', 'n', 'q'], 'cancel', 'cancel', 'cancel', 9),
	...variations,
	bind('general', ['ctrl-c'], 'quit', 'quit', 'quit'),
	suspend,
];

/** A name that is typed in full answers. */
export const confirmTyped: readonly Binding[] = [
	bind('act', ['enter'], 'confirm', 'confirm', 'do it, if the name is complete; else cancel', 9),
	bind('general', ['esc'], 'cancel', 'cancel', 'cancel', 9),
	...variations,
	bind('general', ['backspace', 'delete'], 'erase', 'erase', 'erase a character'),
	bind('general', ['ctrl-w'], 'erase.word', 'erase word', 'erase a word'),
	bind('general', ['ctrl-u'], 'erase.all', 'erase all', 'erase all'),
	bind('general', ['ctrl-c'], 'quit', 'quit', 'quit'),
	suspend,
];
