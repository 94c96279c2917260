import { type Binding, bind } from './binding.ts';

/** Keys where characters narrow a list: none of them is a plain one. */
export const picker: readonly Binding[] = [
	bind('look', ['enter'], 'open', 'choose', 'look into the application, or watch the group', 9),
	bind('general', ['esc'], 'back', 'back', 'all names again, then back to the applications', 8),
	bind('move', ['down', 'ctrl-n', 'tab'], 'cursor.down', 'down', 'down'),
	bind('move', ['up', 'ctrl-p', 'shift-tab'], 'cursor.up', 'up', 'up'),
	bind('move', ['home'], 'cursor.top', 'top', 'to the top'),
	bind('move', ['end'], 'cursor.bottom', 'bottom', 'to the bottom'),
	bind('move', ['pgdn', 'ctrl-f'], 'page.down', 'page down', 'a page down'),
	bind('move', ['pgup', 'ctrl-b'], 'page.up', 'page up', 'a page up'),
	bind('general', ['backspace', 'delete'], 'erase', 'erase', 'erase a character'),
	bind('general', ['ctrl-w'], 'erase.word', 'erase word', 'erase a word'),
	bind('general', ['ctrl-u'], 'erase.all', 'erase all', 'erase all', 4),
	bind('general', ['ctrl-r'], 'refresh', 'refresh', 'ask AWS now', 5),
	bind(
		'general',
		['ctrl-z'],
		'suspend',
		'suspend',
		'back to the shell for a while; fg brings the screen back',
	),
	bind('general', ['ctrl-c'], 'quit', 'quit', 'quit', 7),
];
