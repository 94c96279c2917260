import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitizeLine } from '../../src/lib/sanitize.ts';
import { shellWord } from '../../src/lib/shell-word.ts';
import { displayWidth } from '../../src/lib/width.ts';
import { commandLines, shellWords } from '../../src/view/command-lines.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';

/** What a shell makes of lines that end in a backslash. */
const pasted = (lines: readonly string[]): string => lines.join('\n').replaceAll('\\\n', '');

describe('a command', () => {
	test('that fits stays on one line', () => {
		expect(commandLines('df -h /', 7)).toEqual(['df -h /']);
	});

	test('that does not goes on after a backslash, an option with its value', () => {
		const command = 'aws deploy get-deployment --deployment-id d-9FG52BI40 --region eu-west-1 --profile prod';
		expect(commandLines(command, 60)).toEqual([
			'aws deploy get-deployment --deployment-id d-9FG52BI40 \\',
			'  --region eu-west-1 --profile prod',
		]);
	});

	test('is never broken in quotes, nor in a remark, which would be run from there', () => {
		const command = `sudo sh -c 'tail -n 200 "a b.log"'  # on i-00251908fcdce4b31`;
		expect(commandLines(command, 40)).toEqual([
			`sudo sh -c 'tail -n 200 "a b.log"' \\`,
			'  # on i-00251908fcdce4b31',
		]);
	});

	test('has its long words cut in the middle, and seen to be', () => {
		const lines = commandLines(`sudo cat /opt/codedeploy-agent/${'x'.repeat(40)}/scripts.log`, 40);
		expect(lines[0]).toBe('sudo cat \\');
		expect(lines[1]).toMatch(/^ {2}\/opt\/codedeploy-\S*…\S*\/scripts\.log$/);
	});

	test('of PowerShell is cut, since that continues lines in another way', () => {
		expect(commandLines("Get-Content 'C:\\ProgramData\\Amazon\\CodeDeploy\\log'", 20)).toEqual([
			"Get-Content 'C:\\Pro…",
		]);
	});

	test('means the same on one line and on several, whatever is quoted in it', () => {
		const anyWord = fc.oneof(
			hostileText.map(text => shellWord(sanitizeLine(text).replaceAll('…', ''))),
			fc.constantFrom('--region', '|', '&&', '"$(aws sts x)"', 'a\\ b', '--'),
		);
		fc.assert(
			fc.property(
				fc.array(anyWord, { minLength: 1, maxLength: 12 }),
				fc.integer({ min: 12, max: 90 }),
				(words, width) => {
					const command = words.filter(each => each !== '').join(' ');
					const lines = commandLines(command, width);
					for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
					if (lines.some(line => line.includes('…'))) return;
					expect(shellWords(pasted(lines))).toEqual(shellWords(command));
				},
			),
			thoroughly,
		);
	});
});
