import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Command, CommonOptions } from '../../src/cli/command.ts';
import { lint } from '../../src/cli/lint.ts';
import type { Connection, WatchParts } from '../../src/cli/start-watch.ts';
import type { BundleHead } from '../../src/domain/bundle.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { zipOf } from '../lint/bundles.ts';
import { Lab } from './lab.ts';

type LintCommand = Extract<Command, { type: 'lint' }>;

const common: CommonOptions = { readOnly: false, ascii: false, protect: [] };
const appSpec = 'version: 0.0\nos: linux\nhooks:\n  ValidateService: [{location: run.sh}]\n';
const script = '#!/bin/bash\nset -e\ncurl -fsS localhost\n';

/** Runs it in this process. `answers` are those of S3, by region. */
async function run(
	command: Partial<LintCommand>,
	answers: Readonly<Record<string, { readonly head: BundleHead; readonly bytes?: Uint8Array }>> = {},
) {
	const printed = { out: '', err: '' };
	const asked: string[] = [];
	const parts: WatchParts & { readonly version: string } = {
		version: '1.2.3',
		io: {
			out: text => {
				printed.out += text;
			},
			err: text => {
				printed.err += text;
			},
			isInteractive: false,
			env: {},
			signal: new AbortController().signal,
			yieldInterrupts: () => () => {},
		},
		clock: createVirtualClock(0),
		random: () => 0.5,
		audit: { keep: () => Promise.resolve() } as unknown as WatchParts['audit'],
		connect: ({ region = 'eu-west-1' }) => {
			const { head, bytes = new Uint8Array() } = answers[region] ?? {
				head: { type: 'missing', what: 'object', deleted: false },
			};
			const bundles: Connection['gateways']['bundles'] = {
				head: ({ bucket, key, version }) => {
					asked.push(`${region} ${bucket} ${key} ${version ?? '-'}`);
					return Promise.resolve(head);
				},
				read: (_, { from, length }) => Promise.resolve(bytes.subarray(from, from + length)),
			};
			const gateways = { bundles } as Connection['gateways'];
			const fixed = { region: () => Promise.resolve(region), clockSkewMs: () => 0, close: () => {} };
			return Promise.resolve({ gateways, ...fixed });
		},
	};
	const full: LintCommand = { type: 'lint', bundle: '', format: 'text', fix: false, common, ...command };
	const outcome = await lint(full, parts).catch((error: Error) => error.message);
	return { outcome, ...printed, asked };
}

describe('a folder', () => {
	test('is mended on request: bits and line endings of scripts, and nothing else', async () => {
		await using lab = new Lab();
		const folder = lab.folder();
		mkdirSync(path.join(folder, 'bin'));
		const other = '#!/bin/sh\r\necho\r\n';
		writeFileSync(path.join(folder, 'appspec.yml'), appSpec.replaceAll('\n', '\r\n'));
		writeFileSync(path.join(folder, 'run.sh'), script.replaceAll('\n', '\r\n'), { mode: 0o640 });
		writeFileSync(path.join(folder, 'bin/other.sh'), other, { mode: 0o644 });

		expect((await run({ bundle: folder })).outcome).toBe(1);
		const { outcome, out } = await run({ bundle: folder, fix: true });
		expect(outcome).toBe(0);
		expect(out.replaceAll(folder, '.').split('\n')).toEqual([
			'./run.sh  fixed  made executable (mode 0751)',
			'./run.sh  fixed  3 line endings changed from CR LF to LF',
			'',
			'.: 0 errors, 0 warnings in 3 files, for servers',
			'To run it on a test host: sudo codedeploy-local --bundle-location . --type directory',
			'',
		]);
		expect(readFileSync(path.join(folder, 'run.sh'), 'utf8')).toBe(script);
		expect(statSync(path.join(folder, 'run.sh')).mode & 0o777).toBe(0o751);
		expect(readFileSync(path.join(folder, 'bin/other.sh'), 'utf8')).toBe(other);
		expect(statSync(path.join(folder, 'bin/other.sh')).mode & 0o777).toBe(0o644);
		expect(readFileSync(path.join(folder, 'appspec.yml'), 'utf8')).toContain('\r\n');
		expect(readdirSync(folder).sort()).toEqual(['appspec.yml', 'bin', 'run.sh']);
	});

	test('with warnings alone ends with 0, in ASCII on request', async () => {
		await using lab = new Lab();
		const folder = lab.folder();
		writeFileSync(path.join(folder, 'appspec.yml'), 'version: 0.0\nos: linux\n“owner”: me\n');
		const { outcome, out } = await run({ bundle: folder, common: { ...common, ascii: true } });
		expect(outcome).toBe(0);
		expect(out).toMatch(/^[\x20-\x7e\n]+$/);
		expect(out).toContain('0 errors, 2 warnings in 1 file');
	});
});

describe('a bundle in S3', () => {
	const bytes = zipOf([
		{ name: 'appspec.yml', data: Buffer.from(appSpec) },
		{ name: 'run.sh', data: Buffer.from(script), mode: 0o100755 },
	]);
	const head = { type: 'found', size: bytes.length, version: 'v9' } as const;

	test('is looked through where it lies, in whatever region', async () => {
		const { outcome, out, asked } = await run(
			{ bundle: 's3://releases/shop/7.zip?versionId=v9' },
			{ 'eu-west-1': { head: { type: 'elsewhere', region: 'us-east-2' } }, 'us-east-2': { head, bytes } },
		);
		expect(outcome).toBe(0);
		expect(asked).toEqual(['eu-west-1 releases shop/7.zip v9', 'us-east-2 releases shop/7.zip v9']);
		expect(out).toContain("--bundle-location 's3://releases/shop/7.zip?versionId=v9' --type zip");
	});

	test.each<readonly [what: string, head: BundleHead, sentence: RegExp]>([
		[
			'missing',
			{ type: 'missing', what: 'object', deleted: true },
			/^there is no s3:.*, it was deleted: check/,
		],
		['of no bucket', { type: 'missing', what: 'bucket', deleted: false }, /^there is no bucket for s3:/],
		['denied', { type: 'denied', action: 's3:GetObject' }, /may not be read: allow s3:GetObject/],
		['in an unknown region', { type: 'elsewhere' }, /is in another region: try --region/],
	])('may be %s', async (_, answer, sentence) => {
		const { outcome } = await run({ bundle: 's3://releases/shop.zip' }, { 'eu-west-1': { head: answer } });
		expect(outcome).toMatch(sentence);
	});
});

describe('rollcall lint', () => {
	test('tells by its exit code, and prints JSON and nothing else', async () => {
		await using lab = new Lab();
		const folder = lab.folder();
		writeFileSync(path.join(folder, 'appspec.yml'), appSpec);
		const archive = path.join(folder, 'bundle.zip');
		writeFileSync(
			archive,
			zipOf([
				{ name: 'appspec.yml', data: Buffer.from(appSpec) },
				{ name: '../evil', data: Buffer.from('x') },
			]),
		);
		const [bad, missing, fixing] = await Promise.all([
			lab.run(['lint', archive, '--json']),
			lab.run(['lint', path.join(folder, 'nope')]),
			lab.run(['lint', archive, '--fix']),
		]);
		expect(bad).toMatchObject({ exitCode: 1, stderr: '' });
		const { findings } = JSON.parse(bad.stdout);
		expect(findings.map(({ rule }: { readonly rule: string }) => rule)).toEqual([
			'script-missing',
			'bundle-parent-path',
		]);
		expect(existsSync(path.join(folder, '../evil'))).toBe(false);
		expect(missing).toMatchObject({ exitCode: 2, stdout: '' });
		expect(missing.stderr).toMatch(/^rollcall: .*nope does not exist: expected a folder, zip.*\n$/);
		expect(fixing).toMatchObject({ exitCode: 2, stdout: '' });
		expect(fixing.stderr).toMatch(/--fix mends folders only/);
	});
});
