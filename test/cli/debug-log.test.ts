import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDebugLogs, openDebugLog } from '../../src/cli/debug-log.ts';
import type { CallRecord } from '../../src/gateway/call-log.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const record: CallRecord = {
	at: Date.UTC(2026, 10, 23, 12, 0, 0),
	service: 'codedeploy',
	operation: 'GetDeployment',
	attempt: 1,
	waitedMs: 0,
	ms: 84,
	outcome: 'ok',
	status: 200,
	requestId: '5d0e1f0a-0000-4000-8000-00000000abcd',
};

/** What was told, of a log that nine calls were written to. */
function toldOf(path: string): readonly string[] {
	const told: string[] = [];
	const log = openDebugLog(path, notice => void told.push(notice));
	for (let each = 0; each < 9; each++) log.write(record, { profile: 'prod', region: 'eu-west-1' });
	return told;
}

test('one line of JSON for each attempt, in a file for its owner alone, behind what was there', () => {
	const path = join(folder, 'calls.jsonl');
	expect(toldOf(path)).toEqual([]);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(toldOf(path)).toEqual([]);
	const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
	expect(lines).toHaveLength(18);
	const { at: _, ...rest } = record;
	const where = { profile: 'prod', region: 'eu-west-1' };
	const expected = { time: '2026-11-23T12:00:00.000Z', pid: process.pid, ...where, ...rest };
	expect(JSON.parse(lines[17] ?? '')).toEqual(expected);
});

test('what AWS calls things is redacted', () => {
	const path = join(folder, 'calls.jsonl');
	const key = 'AKIAQWERTYUIOPASDFGH';
	openDebugLog(path, () => {}).write(
		{ ...record, code: key, requestId: `password=${key}` },
		{ profile: key },
	);
	expect(readFileSync(path, 'utf8')).not.toContain(key);
});

describe('what cannot be written is told once, and disturbs nothing', () => {
	test('a folder that is not there', () => {
		const path = join(folder, 'nowhere/calls.jsonl');
		expect(toldOf(path)).toEqual([`the debug log ${path} cannot be written (ENOENT): going on without it`]);
	});

	test('a folder', () => {
		expect(toldOf(folder)).toEqual([
			`the debug log ${folder} cannot be written (EISDIR): going on without it`,
		]);
	});

	test.runIf(existsSync('/dev/full'))('a full disk', () => {
		expect(toldOf('/dev/full')).toEqual([
			'the debug log /dev/full cannot be written (ENOSPC): going on without it',
		]);
	});

	test.skipIf(process.platform === 'win32')('a pipe that nobody reads', () => {
		const path = join(folder, 'pipe');
		execFileSync('mkfifo', [path]);
		expect(toldOf(path)).toEqual([`the debug log ${path} cannot be written (ENXIO): going on without it`]);
	});
});

describe('the logs of a run', () => {
	test.each([true, false])(
		'tell their trouble once; on a terminal (%s), when it is free again',
		isTerminal => {
			const told: string[] = [];
			const logs = createDebugLogs(text => void told.push(text), isTerminal);
			for (let each = 0; each < 3; each++) logs.at(folder).write(record, {});
			expect(told).toHaveLength(isTerminal ? 0 : 1);
			logs.tellRest();
			logs.tellRest();
			expect(told).toEqual([
				`rollcall: the debug log ${folder} cannot be written (EISDIR): going on without it\n`,
			]);
		},
	);

	test('of the same name are one', () => {
		const path = join(folder, 'calls.jsonl');
		const logs = createDebugLogs(() => {}, false);
		expect(logs.at(path)).toBe(logs.at(path));
		writeFileSync(path, '');
	});
});
