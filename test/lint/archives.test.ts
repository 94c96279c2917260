import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BundleReader } from '../../src/lint/bundle.ts';
import { openArchive } from '../../src/lint/readers/archive.ts';
import { type Limits, limits } from '../../src/lint/readers/limits.ts';
import { gzipped, sourceOf, tarOf, type ZipMember, zipOf } from './bundles.ts';

const never = new AbortController().signal;
const open = (bytes: Uint8Array, most?: Limits): Promise<BundleReader> =>
	openArchive(sourceOf(bytes), never, most);
const textOf = async (reader: BundleReader, path: string, maxBytes = 1000): Promise<string> => {
	const entry = reader.entries.find(each => each.path === path);
	if (!entry) throw new Error(`no ${path}`);
	return Buffer.from(await reader.read(entry, maxBytes)).toString();
};

const large = 'x'.repeat(400_000);
const zip = zipOf([
	{ name: 'scripts/', mode: 0o040755 },
	{ name: 'scripts/run.sh', data: Buffer.from('#!/bin/sh\n'), mode: 0o100755 },
	{ name: 'current', data: Buffer.from('scripts/run.sh'), mode: 0o120777 },
	{ name: 'größe.txt', data: Buffer.from(large) },
]);
const tar = () =>
	tarOf([
		[{ name: 'scripts', type: 'directory' }],
		[{ name: 'scripts/run.sh', mode: 0o755 }, '#!/bin/sh\n'],
		[{ name: 'current', type: 'symlink', linkname: 'scripts/run.sh' }],
		[{ name: 'größe.txt' }, large],
	]);

describe('an archive', () => {
	test.each<readonly [kind: string, bytes: () => Promise<Uint8Array>]>([
		['zip', async () => zip],
		['tar', tar],
		['tgz', async () => gzipped(await tar())],
	])('%s is read where it lies', async (kind, bytes) => {
		const reader = await open(await bytes());
		expect(reader.kind).toBe(kind);
		expect(reader.entries.map(({ path, type, target }) => [path.replace(/\/$/, ''), type, target])).toEqual([
			['scripts', 'folder', undefined],
			['scripts/run.sh', 'file', undefined],
			['current', 'symlink', 'scripts/run.sh'],
			['größe.txt', 'file', undefined],
		]);
		expect(reader.entries.map(({ mode }) => mode)[1]).toBe(0o755);
		expect(await textOf(reader, 'scripts/run.sh')).toBe('#!/bin/sh\n');
		expect(await textOf(reader, 'scripts/run.sh', 5)).toBe('#!/bi');
		// Larger than what is kept of a tar.
		expect(await textOf(reader, 'größe.txt', 400_000)).toBe(large);
	});

	test('of a zip only the list and what is asked for is fetched', async () => {
		const noise = randomBytes(4_000_000);
		const source = sourceOf(
			zipOf([
				{ name: 'a', data: Buffer.from('a') },
				{ name: 'noise', data: noise },
			]),
		);
		const reader = await openArchive(
			{ ...source, size: source.size, read: (from, length) => source.read(from, length) },
			never,
		);
		await textOf(reader, 'a');
		expect(source.reads.length).toBeLessThanOrEqual(3);
	});

	test('with a path twice keeps both apart', async () => {
		const reader = await open(
			zipOf([
				{ name: 'a', data: Buffer.from('1') },
				{ name: 'a', data: Buffer.from('2') },
			]),
		);
		const texts = await Promise.all(
			reader.entries.map(async entry => Buffer.from(await reader.read(entry, 9)).toString()),
		);
		expect(texts).toEqual(['1', '2']);
	});
});

describe('what is refused, in one line', () => {
	const small: Limits = { ...limits, entries: 4, freeSize: 500_000, size: 2_000_000 };
	const zeros = (length: number): Uint8Array => Buffer.alloc(length);
	const many: readonly ZipMember[] = Array.from({ length: 5 }, (_, index) => ({ name: `${index}` }));

	test.each<readonly [what: string, bytes: () => Uint8Array | Promise<Uint8Array>, sentence: RegExp]>([
		['text', () => Buffer.from('hello'), /^it is no zip, tar or tar.gz$/],
		['nothing', () => Buffer.alloc(0), /^the file is empty/],
		['another archive', () => Buffer.from('BZh91AY'), /^it is a bzip2 archive where a zip, tar or tar.gz/],
		['half a zip', () => zip.subarray(0, 200), /^the zip archive is damaged: /],
		['half a tar', async () => (await tar()).subarray(0, 5000), /^the tar archive is damaged: /],
		['half a tar.gz', async () => gzipped(await tar()).subarray(0, 300), /^the tar archive is damaged: /],
		['too many files in a zip', () => zipOf(many), /^it has more than 4 files/],
		['too many files in a tar', () => tarOf(many.map(({ name }) => [{ name }])), /^it has more than 4 files/],
		['a zip bomb', () => zipOf([{ name: 'a', data: zeros(1_000_000) }]), /as a zip bomb does/],
		['a zip that says so', () => zipOf([{ name: 'a', declaredSize: 0xfffffff0 }]), /as a zip bomb does/],
		[
			'a tar.gz bomb',
			async () => gzipped(await tarOf([[{ name: 'a' }, '\0'.repeat(1_000_000)]])),
			/as a zip bomb does/,
		],
		[
			'a tar that says so',
			async () => tarOf([[{ name: 'a' }, 'x'.repeat(2_500_000)]]),
			/more than 2: expected/,
		],
	])('%s', async (_, bytes, sentence) => {
		const message = await open(await bytes(), small).then(
			() => 'it was opened',
			(error: Error) => error.message,
		);
		expect(message).toMatch(sentence);
		expect(message).not.toContain('\n');
	});

	test('a file that unpacks to more than was said', async () => {
		const reader = await open(zipOf([{ name: 'a', data: zeros(100_000), declaredSize: 10 }]));
		await expect(textOf(reader, 'a', 1_000_000)).rejects.toThrow(
			/^the zip archive is damaged: too many bytes/,
		);
	});

	test('an encrypted file', async () => {
		const reader = await open(zipOf([{ name: 'a', data: zeros(10), encrypted: true }]));
		await expect(textOf(reader, 'a')).rejects.toThrow(/^it is encrypted/);
	});
});
