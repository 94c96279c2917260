import { expect, test } from 'vitest';
import { startedWords, starterWords } from '../../src/view/starter.ts';

test.each([
	['user', 'by a user', 'started by a user'],
	['autoscaling', 'by Auto Scaling', 'started by Auto Scaling'],
	['codeDeployRollback', 'automatic rollback', 'started as an automatic rollback'],
	['terraform', 'by terraform', 'started by terraform'],
])('who starts as %s', (creator, brief, whole) => {
	expect([starterWords(creator), startedWords(creator)]).toEqual([brief, whole]);
});
