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
	const cases: readonly Case[] = [
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
	];

	test.each(cases.map(([what, files, ...findings]) => ({ what, files, findings })))(
		'$what',
		async ({ files, findings }) => {
			expect(await findingsIn({ ...base, ...files })).toEqual(findings);
		},
	);

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

describe('links within a bundle', () => {
	const link = (target: string) => ({ type: 'symlink', target }) as const;

	test('are followed to a script, and never outside', async () => {
		const script = 'echo a; echo b\n';
		const found = ['script-no-errexit bin/run:1', 'script-no-shebang bin/run:1:1'];
		expect(await findingsIn({ ...base, 'run.sh': link('bin/run'), 'bin/run': script })).toEqual(found);
		const inFolder = {
			'appspec.yml': base['appspec.yml'] ?? '',
			'run.sh': link('now/run'),
			now: link('./bin'),
		};
		expect(await findingsIn({ ...inFolder, 'bin/run': script })).toEqual(found);
		expect(await findingsIn({ ...base, 'run.sh': link('/bin/true') })).toEqual([
			'bundle-link-outside run.sh',
		]);
		expect(await findingsIn({ ...base, 'run.sh': link('run.sh') })).toEqual([
			'script-missing appspec.yml:4:32',
		]);
	});

	test('lead to folders of files', async () => {
		const appSpec = `${base['appspec.yml']}files:\n  - {source: now, destination: /srv/x}\n  - {source: v1/a, destination: /srv/x}\n`;
		expect(await findingsIn({ ...base, 'appspec.yml': appSpec, now: link('v1'), 'v1/a': 'x' })).toEqual([
			'files-duplicate-destination appspec.yml:7:14',
		]);
	});
});

test('of ten thousand files only some are read at a time', async () => {
	const many = Object.fromEntries(
		Array.from({ length: 10_000 }, (_, index) => [`app/${index % 100}/${index}.js`, 'x']),
	);
	const bundle = memoryBundle({ ...base, ...many });
	let now = 0;
	let most = 0;
	const { findings } = await lintBundle({
		...bundle,
		async read(entry, maxBytes) {
			now += 1;
			most = Math.max(most, now);
			const bytes = await bundle.read(entry, maxBytes);
			now -= 1;
			return bytes;
		},
	});
	expect(findings).toEqual([]);
	expect(most).toBeGreaterThan(1);
	expect(most).toBeLessThanOrEqual(32);
});
