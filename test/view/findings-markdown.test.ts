import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/diagnosis/finding.ts';
import { asTargetId } from '../../src/domain/ids.ts';
import {
	findingsMarkdown,
	markdownCode,
	markdownFence,
	markdownText,
} from '../../src/view/findings-markdown.ts';

const finding: Finding = {
	cause: 'crlf-line-endings',
	title: 'Windows line endings in the script',
	why: 'It ends its lines with carriage returns.',
	confidence: 'likely',
	severity: 'error',
	targets: [asTargetId('i-00251908fcdce4b31')],
	event: 'AfterInstall',
	script: 'scripts/after_install.sh',
	evidence: [{ source: 'log', text: 'bad interpreter', where: 'i-00251908fcdce4b31' }],
	remedy: { steps: ['Convert it.', 'Deploy it.'], commands: ["sed -i 's/\\r$//' scripts/after_install.sh"] },
	docs: 'https://docs.aws.amazon.com/codedeploy/x.html',
};

test('a finding is a heading, its evidence and commands in fences', () => {
	expect(findingsMarkdown([finding]).split('\n')).toEqual([
		'## 1. Windows line endings in the script (likely)',
		'',
		'`AfterInstall` · `scripts/after_install.sh` · 1 host: i-00251908fcdce4b31 · `crlf-line-endings`',
		'',
		'It ends its lines with carriage returns.',
		'',
		'Log tail of i-00251908fcdce4b31:',
		'',
		'```text',
		'bad interpreter',
		'```',
		'',
		'**What to do**',
		'',
		'1. Convert it.',
		'2. Deploy it.',
		'',
		'**Commands**',
		'',
		'```sh',
		"sed -i 's/\\r$//' scripts/after_install.sh",
		'```',
		'',
		'<https://docs.aws.amazon.com/codedeploy/x.html>',
	]);
});

test('without a finding it says so', () => {
	expect(findingsMarkdown([])).toBe('Nothing has failed.');
});

describe('whatever others have written', () => {
	test('cannot end its block', () => {
		const text = 'one\n```\n# not a heading\n`````';
		const lines = markdownFence(text).split('\n');
		expect(lines[0]).toBe('``````text');
		expect(lines.at(-1)).toBe('``````');
		expect(lines.slice(1, -1).join('\n')).toBe(text);
		const told = findingsMarkdown([{ ...finding, evidence: [{ source: 'log', text }] }]);
		expect(told).toContain(`\n\n${markdownFence(text)}\n\n`);
	});

	test('cannot end its code span', () => {
		expect(markdownCode('a`b``c')).toBe('```a`b``c```');
		expect(markdownCode('`x`')).toBe('`` `x` ``');
	});

	test.each([
		['[click](javascript:x)', '\\[click](javascript:x)'],
		['<img src=x>', '\\<img src=x>'],
		['**loud** `code`', '\\*\\*loud\\*\\* \\`code\\`'],
		['before_install.sh', 'before_install.sh'],
		['_slanted_', '\\_slanted\\_'],
		['# heading', '\\# heading'],
		['12. item', '12\\. item'],
		['- item', '\\- item'],
		['two\nlines', 'two lines'],
		['see https://x.example and www.x.example', 'see https:\\//x.example and www\\.x.example'],
		['&lt;b&gt;', '\\&lt;b\\&gt;'],
		['R&D, a | b', 'R\\&D, a \\| b'],
	])('%j is no markup', (text, escaped) => {
		expect(markdownText(text)).toBe(escaped);
	});
});
