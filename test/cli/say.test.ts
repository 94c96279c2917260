import { expect, test } from 'vitest';
import { lineSayer } from '../../src/cli/say.ts';

test.each<[ascii: boolean, text: string]>([
	[false, '● failed: password=[redacted]\n'],
	[true, '* failed: password=[redacted]\n'],
])('what is said has no secrets, and with --ascii (%s) nothing else', (ascii, text) => {
	const said: string[] = [];
	lineSayer({ ascii }, { out: each => said.push(each) })('● failed: password=hunter2');
	expect(said).toEqual([text]);
});
