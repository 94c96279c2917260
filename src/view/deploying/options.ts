import { offeredOptions, optionsOf } from '../../actions/deploy.ts';
import type { DeployOptions } from '../../domain/deploy-order.ts';
import { type AppState, userKeysOf } from '../../monitor/state.ts';
import type { DeployRequest } from '../../monitor/ui-state.ts';
import { keyIn } from '../keys/hint.ts';
import type { Intent } from '../keys/intent.ts';
import { focusedLayer } from '../keys/layer.ts';
import { bold, gap, type Line, segment } from '../line.ts';
import { layOutPager } from '../pager.ts';

type Option = {
	readonly intent: Intent;
	readonly name: string;
	/** How it stands, in words; and whether that is out of the usual. */
	words(options: DeployOptions): readonly [string, boolean];
};

const optionTexts: Readonly<Record<keyof DeployOptions, Option>> = {
	overrideAlarms: {
		intent: 'option.alarms',
		name: 'alarms',
		words: ({ overrideAlarms }) =>
			overrideAlarms
				? ['overridden: none of them stops it', true]
				: ['those of the group can stop it', false],
	},
	ignoreApplicationStopFailures: {
		intent: 'option.stop',
		name: 'ApplicationStop',
		words: ({ ignoreApplicationStopFailures }) =>
			ignoreApplicationStopFailures
				? ['its failures do not count', true]
				: ['its failures count, as always', false],
	},
	fileExistsBehavior: {
		intent: 'option.files',
		name: 'files that exist',
		words({ fileExistsBehavior = 'DISALLOW' }) {
			const behavior = behaviors[fileExistsBehavior];
			return [behavior ?? fileExistsBehavior, fileExistsBehavior !== 'DISALLOW'];
		},
	},
};

const behaviors: Readonly<Record<string, string>> = {
	DISALLOW: 'DISALLOW: the host fails',
	OVERWRITE: 'OVERWRITE: they are replaced',
	RETAIN: 'RETAIN: they are kept, those of the bundle are not used',
};

/** What can be chosen, how it stands, and the key that turns it. */
export function optionLines(state: AppState, request: DeployRequest): readonly Line[] {
	const options = optionsOf(request);
	const layer = focusedLayer(state.ui);
	const { columns } = state.ui.size;
	const isNarrow = columns < 60;
	return offeredOptions(request).flatMap(option => {
		const { intent, name, words } = optionTexts[option];
		const [text, isUnusual] = words(options);
		const key = bold(keyIn(layer, intent, userKeysOf(state)).padEnd(8));
		const told = segment(text, isUnusual ? 'attention' : 'plain');
		// Two columns beside each other would leave a few characters to each line.
		const row = isNarrow
			? { gutter: [gap(2), key], text: [segment(`${name}: `), told], isError: false }
			: { gutter: [gap(2), key, segment(name.padEnd(18))], text: [told], isError: false };
		return layOutPager([row], { wrap: true, search: '' }, columns).lines;
	});
}
