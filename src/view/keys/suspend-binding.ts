import { bind } from './binding.ts';

/** The same wherever the keys are. */
export const suspend = bind(
	'general',
	['ctrl-z'],
	'suspend',
	'suspend',
	'back to the shell for a while; fg brings the screen back',
);
