import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, fenced, link, prose, table } from '../../src/view/report/markdown.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';
import { outsideCode } from './support/markdown.ts';

describe('text that could be markup', () => {
	test.each([
		['plain words stay', 'The script ended, with 1 error.', 'The script ended, with 1 error.'],
		['a name with underscores', 'start_server.sh failed', '`start_server.sh` failed'],
		['stars, in brackets', 'it is (*very*) bad', 'it is (`*very*`) bad'],
		['a link', '[click](http://evil.example)', '`[click](http://evil.example`)'],
		['an image', '![x](y)', '`![x](y`)'],
		['an address', 'see https://evil.example, now', 'see `https://evil.example`, now'],
		['an address without a scheme', 'www.evil.example', '`www.evil.example`'],
		['mail', 'ask me@evil.example.', 'ask `me@evil.example`.'],
		['HTML', 'a <b>bold</b> &lt; word', 'a `<b>bold</b>` `&lt`; word'],
		['a heading', '# big', '`#` big'],
		['a line below a heading', '=== and', '`===` and'],
		['a list', '- one', '`-` one'],
		['a numbered list', '1. one', '`1`. one'],
		['a person', '@everyone look at #12', '`@everyone` look at `#12`'],
		['a backtick', 'a `b` c', 'a `` `b` `` c'],
		['mathematics', '$x$', '`$x$`'],
		['several lines', 'one\n# two', 'one `#` two'],
		['a secret', 'it said password=hunter2 twice', 'it said `password=[redacted]` twice'],
	])('%s', (_what, text, markdown) => {
		expect(prose(text)).toBe(markdown);
	});

	test.each([
		['a word', 'word', '`word`'],
		['nothing', '  \n ', ''],
		['backticks', 'a``b', '```a``b```'],
		['a backtick at the edge', '`a`', '`` `a` ``'],
		['lines', 'a\n\n  b', '`a b`'],
		['a secret', 'password=hunter2', '`password=[redacted]`'],
	])('as code: %s', (_what, text, markdown) => {
		expect(code(text)).toBe(markdown);
	});

	test('is cut where it is long, and not in the middle of a character', () => {
		expect(code('abcdef', 3)).toBe('`abc…`');
		expect(code('ab🚀cd', 3)).toBe('`ab…`');
		expect(fenced(Array.from({ length: 5 }, (_, at) => `line ${at}`).join('\n'), 2)).toBe(
			'```text\nline 0\nline 1\n… and 3 more lines\n```',
		);
	});

	test('cannot end its fence', () => {
		expect(fenced('a\n```\n# b\n`````\nc')).toBe('``````text\na\n```\n# b\n`````\nc\n``````');
	});

	test('cannot end its cell', () => {
		expect(table(['a'], [[code('x | y')], [code('x \\| y')]])).toBe(
			'| a |\n| --- |\n| `x \\| y` |\n| `x \\ \\| y` |',
		);
	});

	test('is no address of ours', () => {
		expect(link('https://docs.aws.amazon.com/x/y.html#z')).toBe('<https://docs.aws.amazon.com/x/y.html#z>');
		for (const url of ['javascript:alert(1)', 'https://a> <b>', 'https://a b', 'http://a'])
			expect(link(url)).toBe('');
	});

	const markup = fc.constantFrom(
		...[
			'`',
			'``',
			'```',
			'````\n',
			'\n',
			'\n\n',
			'# ',
			'\n# ',
			'- ',
			'1. ',
			'> ',
			'|',
			'\\',
			'\\|',
			'<script>',
			'</details>',
		],
		...[
			'<!--',
			'![a](b)',
			'[a](http://b)',
			'[a]: http://b',
			'***',
			'___',
			'~~',
			'&amp;',
			'https://x.y',
			'@z',
			'$',
			'    ',
			'\t',
		],
	);
	const words = fc.stringMatching(/^[a-z]{1,6}$/);
	const text = fc.array(fc.oneof(markup, words, hostileText), { maxLength: 12 }).map(parts => parts.join(''));

	test('leaves nothing but plain words outside of code', () => {
		fc.assert(
			fc.property(text, hostile => {
				for (const markdown of [code(hostile), fenced(hostile), prose(hostile)]) {
					const outside = outsideCode(markdown);
					expect(outside).not.toMatch(/[<>[\]*_~|&@#\\`$]|:\/\//);
					expect(outside).not.toMatch(/^\s*(?:[-+=]|\d+[.)]\s)/);
				}
			}),
			{ ...thoroughly, numRuns: 3000 },
		);
	});

	test('leaves a table its cells', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 }), rows => {
				const lines = table(
					['a', 'b'],
					rows.map(row => row.map(each => code(each))),
				).split('\n');
				expect(lines).toHaveLength(rows.length + 2);
				// As GitHub splits rows: at each bar without a backslash right before it.
				for (const line of lines) expect(line.split(/(?<!\\)\|/)).toHaveLength(4);
				// As others do: a backslash takes the character after it along.
				for (const line of lines) expect(line.replace(/\\./g, '').split('|')).toHaveLength(4);
			}),
			thoroughly,
		);
	});
});
