import { describe, expect, test } from 'vitest';
import { lintBundle } from '../../src/lint/lint-bundle.ts';
import { type Files, findingsIn, memoryBundle } from './bundles.ts';

const base: Files = {
	'appspec.yml': 'version: 0.0\nos: linux\nhooks:\n  ValidateService: [{location: run.sh}]\n',
	'run.sh': '#!/bin/sh\ntrue\n',
};

const key = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA'.repeat(8)}\n-----END RSA PRIVATE KEY-----\n`;

type Case = readonly [what: string, files: Files, ...findings: string[]];

describe('what is in a bundle', () => {
	test.each<Case>([
		['nothing else', {}],
		['a link within', { current: { type: 'symlink', target: './run.sh' } }],
		[
			'a link to the outside',
			{ 'a/b': { type: 'symlink', target: '../../etc/passwd' } },
			'bundle-link-outside a/b',
		],
		['a link to the root', { b: { type: 'symlink', target: '/etc/passwd' } }, 'bundle-link-outside b'],
		['an absolute path', { '/etc/x': 'x' }, 'bundle-absolute-path /etc/x'],
		['one path twice', { a: 'x', './a': 'y' }, 'bundle-duplicate-entry ./a'],
		['two cases', { 'a/README': 'x', 'a/readme': 'y' }, 'bundle-case-clash a/readme'],
		['what macOS leaves', { 'a/.DS_Store': 'x' }, 'bundle-macos-leftovers a/.DS_Store'],
		['the history', { '.git': { type: 'folder' } }, 'bundle-version-control .git'],
		['a large file', { dump: { size: 200 * 1024 ** 2 } }, 'bundle-large-file dump'],
		[
			'an environment',
			{ 'a/.env': 'A=1', '.env.prod': 'A=1' },
			'bundle-secret-file .env.prod',
			'bundle-secret-file a/.env',
		],
		['an example of one', { '.env.example': 'A=1' }],
		['a key', { id_ed25519: 'x' }, 'bundle-secret-file id_ed25519'],
		['a certificate', { 'ca.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n' }],
		['a key among certificates', { 'tls.pem': `a\n${key}` }, 'bundle-secret-file tls.pem:2:1'],
		['the frame of a key in code', { 'a.js': "x.replace('-----BEGIN PRIVATE KEY-----', '')" }],
		['a secret', { 'conf.ini': '[aws]\nid = AKIAJ3QTKWZ5UVEXAMPL\n' }, 'bundle-secret-content conf.ini:2:6'],
		['a secret of an example', { 'conf.ini': 'id = AKIAIOSFODNN7EXAMPLE' }],
		['secrets of others', { 'node_modules/a/test/key.pem': key, 'node_modules/a/.env': 'A=1' }],
		['no text', { 'a.bin': Buffer.from(`\0${key}`) }],
	])('%s', async (_, files, ...expected) => {
		expect(await findingsIn(Object.assign({}, base, files))).toEqual(expected);
	});

	test('paths that lead out of it are an error in a tar, and told once for all', async () => {
		const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`../${index}`, 'x']));
		const { findings } = await lintBundle(memoryBundle({ ...base, ...files }, 'tar'));
		expect(findings.map(({ severity }) => severity)).toEqual(Array(5).fill('error'));
		expect(findings.at(-1)?.what).toMatch(/leads out of the bundle, and 25 more in the bundle$/);
		const zip = await lintBundle(memoryBundle({ ...base, '../a': 'x' }, 'zip'));
		expect(zip.findings.map(({ severity }) => severity)).toEqual(['warning']);
	});

	test('secrets are never told, wherever they stand', async () => {
		const secret = 'AKIAJ3QTKWZ5UVWXYZAB';
		const result = await lintBundle(
			memoryBundle({
				'appspec.yml': `version: ${secret}\nos: ${secret}\n${secret}: 1\nhooks:\n  ${secret}: [{location: ${secret}}]\n`,
				conf: secret,
			}),
		);
		expect(result.findings.length).toBeGreaterThan(4);
		expect(JSON.stringify(result)).not.toContain(secret);
	});

	test('what is too large to be searched is said', async () => {
		const { notChecked } = await lintBundle(memoryBundle({ ...base, 'a.sql': { size: 10 ** 6 } }));
		expect(notChecked).toEqual(['1 large file was not searched for secrets']);
	});
});

describe('a script that is a link', () => {
	test('is read where it leads to, and never outside', async () => {
		const files: Files = { ...base, 'run.sh': { type: 'symlink', target: 'bin/run' } as const };
		expect(await findingsIn({ ...files, 'bin/run': 'echo a; echo b\n' })).toEqual([
			'script-no-errexit run.sh:1',
			'script-no-shebang run.sh:1:1',
		]);
		expect(await findingsIn({ ...base, 'run.sh': { type: 'symlink', target: 'run.sh' } })).toEqual([]);
	});
});
