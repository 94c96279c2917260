import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openFolder } from '../../src/lint/readers/folder.ts';
import { limits } from '../../src/lint/readers/limits.ts';

const never = new AbortController().signal;

function folderWith(files: Readonly<Record<string, string>>): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'rollcall-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		writeFileSync(path.join(folder, name), text, { mode: 0o644 });
	}
	return folder;
}

test('links are seen and not followed, and the history is not looked into', async () => {
	const folder = folderWith({ 'a/b.txt': 'hello', '.git/HEAD': 'x' });
	symlinkSync('..', path.join(folder, 'a/up'));
	const { entries } = await openFolder(folder, never);
	expect(entries.map(({ path: name, type, target }) => [name, type, target])).toEqual([
		['.git', 'folder', undefined],
		['a', 'folder', undefined],
		['a/b.txt', 'file', undefined],
		['a/up', 'symlink', '..'],
	]);
	expect(entries[2]).toMatchObject({ size: 5, mode: 0o644 });
});

test('what has become a link or a pipe since is not read', async () => {
	const folder = folderWith({ a: 'hello', b: 'hello' });
	const reader = await openFolder(folder, never);
	const [a, b] = reader.entries;
	if (!a || !b) throw new Error('nothing was found');
	expect(Buffer.from(await reader.read(a, 3)).toString()).toBe('hel');
	rmSync(path.join(folder, 'a'));
	symlinkSync('/etc/passwd', path.join(folder, 'a'));
	await expect(reader.read(a, 100)).rejects.toThrow(/^a cannot be read \(ELOOP\): check its permissions/);
	rmSync(path.join(folder, 'b'));
	execFileSync('mkfifo', [path.join(folder, 'b')]);
	expect(await reader.read(b, 100)).toHaveLength(0);
});

test('too many files are refused', async () => {
	const folder = folderWith({ 'a/1': '', 'a/2': '', 'b/3': '' });
	await expect(openFolder(folder, never, { ...limits, entries: 4 })).rejects.toThrow(/more than 4 files/);
});

test('it ends when it is told to', async () => {
	await expect(openFolder(folderWith({ a: '' }), AbortSignal.abort(new Error('stop')))).rejects.toThrow(
		'stop',
	);
});
