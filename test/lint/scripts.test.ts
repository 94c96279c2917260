import { describe, expect, test } from 'vitest';
import { lintScript } from '../../src/lint/scripts/lint-script.ts';

type Case = readonly [what: string, text: string, ...findings: string[]];

function findings(text: string | Uint8Array, mode = 0o755): readonly string[] {
	const bytes = typeof text === 'string' ? Buffer.from(text) : text;
	return lintScript({ file: 'x.sh', bytes, mode, isWhole: true }).map(({ rule, line, column }) =>
		[rule, [line, column].filter(part => part !== undefined).join(':')].filter(part => part !== '').join(' '),
	);
}

const bash = (...lines: readonly string[]) => `#!/bin/bash\nset -e\n${lines.join('\n')}\n`;

describe('a script', () => {
	test.each<Case>([
		['of bash', bash('FILES=(a b)', '[[ -f x ]] && echo $FILES')],
		['of POSIX', '#!/bin/sh -e\nif [ -f x ]; then echo a; fi\necho b\n'],
		['of one command', '#!/bin/bash\nsystemctl restart shop\n'],
		['that stops at failures by a long name', '#!/usr/bin/env bash\nset -o errexit\na\nb\n'],
		['of Python', '#!/usr/bin/python3.11\nif x: [[\n'],
		['with an interpreter that may be missing', '#!/usr/bin/env python\nx\n', 'script-interpreter 1:3'],
		['with a relative interpreter', '#!bash\nset -e\n', 'script-interpreter-relative 1:3'],
		['that is empty', '\n \n', 'script-empty'],
		['without a shebang', 'set -e\necho a\n', 'script-no-shebang 1:1'],
		['of bash without a shebang', 'set -e\necho a\nsource ./x\n', 'script-bash-without-shebang 3:1'],
		['of bash under sh', '#!/bin/sh\nset -e\ncat <(ls)\n', 'script-bash-under-sh 3:5'],
		[
			'behind a byte order mark',
			`\ufeff${bash(`echo "$\{x//a/b}"`)}`,
			'script-bom 1:1',
			'script-bash-without-shebang 3:10',
		],
		['that goes on', '#!/bin/bash\ncd /srv\nnpm ci\n', 'script-no-errexit 1'],
		['that nobody can read', bash('if true; then', 'echo'), 'script-syntax 5:1'],
		['with an open quote', bash('echo "a'), 'script-syntax 3:6'],
		['with a shebang in CR LF', '#!/bin/bash\r\nset -e\r\n', 'script-crlf-shebang 1'],
		['with a rest in CR LF', '#!/bin/bash\nset -e\r\necho\r\n', 'script-crlf 2'],
	])('%s', (_, text, ...expected) => {
		expect(findings(text)).toEqual(expected);
	});

	test('may be a program', () => {
		expect(findings(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0]), 0o644)).toEqual(['script-not-executable']);
	});

	test('that is nested beyond all measure ends', () => {
		expect(findings(bash('('.repeat(50_000))).every(rule => rule.startsWith('script-'))).toBe(true);
	});
});

describe('what goes to the background', () => {
	test.each([
		'java -jar shop.jar &',
		'nohup ./run > /dev/null &',
		'./run 2>&1 > run.log &',
		'./run 2> run.log &',
		'(cd /srv && ./run) &',
		'x=$(./run &)',
		'x=`./run &`',
		'./run | tee run.log &',
		'while true; do ./run; done &',
	])('keeps the output open: %s', line => {
		expect(findings(bash(line)).map(each => each.split(' ')[0])).toEqual(['script-background-output']);
	});

	test.each([
		'./run > run.log 2>&1 &',
		'./run >& run.log &',
		'nohup ./run &>> run.log < /dev/null &',
		'(cd /srv && ./run) >/dev/null 2>&1 &',
		'./run > run.log 2> run.err &',
		'./run 2>/dev/null | logger >/dev/null 2>&1 &',
		'./a & ./b &\nwait',
		'exec > /var/log/x.log 2>&1\n./run &',
		'a && b',
	])('does not: %s', line => {
		expect(findings(bash(line))).toEqual([]);
	});
});
