import { appendFileSync, chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { AuditEntry } from '../../src/actions/audit.ts';
import { auditPath, createAuditFile, createMemoryAudit } from '../../src/cli/audit-file.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { stopEntry } from '../support/records.ts';
import { Lab } from './lab.ts';

/** What was done to files, in order. */
const { done } = vi.hoisted(() => ({ done: [] as string[] }));

vi.mock('node:fs', async original => {
	const fs = await original<typeof import('node:fs')>();
	const noted = <F extends (...args: never[]) => unknown>(name: string, call: F) =>
		((...args: Parameters<F>) => {
			done.push(name);
			return call(...args);
		}) as F;
	return {
		...fs,
		writeSync: noted('write', fs.writeSync),
		fsyncSync: noted('fsync', fs.fsyncSync),
		closeSync: noted('close', fs.closeSync),
	};
});

const entry: AuditEntry = {
	...stopEntry,
	outcome: 'sending',
	detail: 'two\nlines',
	deploymentId: 'd-ABC123DEF',
};

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

describe('the audit file', () => {
	let lab: Lab;
	let file: string;

	beforeEach(() => {
		lab = new Lab();
		file = path.join(lab.folder(), 'state', 'rollcall', 'audit.jsonl');
		done.length = 0;
	});
	afterEach(() => lab[Symbol.asyncDispose]());

	test('gets one JSON object a line, which is on the disk when writing returns', () => {
		const audit = createAuditFile(file);
		audit.write(entry);
		expect(done).toEqual(['write', 'fsync', 'close']);
		audit.write({ ...entry, outcome: 'accepted' });
		const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
		expect(lines.map(line => JSON.parse(line))).toEqual([entry, { ...entry, outcome: 'accepted' }]);
	});

	test("is its owner's alone", () => {
		createAuditFile(file).write(entry);
		expect([modeOf(path.dirname(file)), modeOf(file)]).toEqual(['700', '600']);
	});

	test("is its owner's alone even where it was open to all, and keeps what is in it", () => {
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, '{"older":true}\n');
		chmodSync(path.dirname(file), 0o777);
		chmodSync(file, 0o666);
		createAuditFile(file).write(entry);
		expect([modeOf(path.dirname(file)), modeOf(file)]).toEqual(['700', '600']);
		expect(readFileSync(file, 'utf8')).toBe(`{"older":true}\n${JSON.stringify(entry)}\n`);
	});

	test('tells what was done to one deployment, and passes over lines that are no entries', () => {
		const audit = createAuditFile(file);
		const id = asDeploymentId('d-ABC123DEF');
		expect(audit.read(id)).toEqual([]);
		audit.write(entry);
		audit.write({ ...entry, deploymentId: 'd-OTHER0000' });
		const broken = ['', '{"outcome":"acc', 'null', '[]', '7', '{"deploymentId":"d-ABC123DEF"}', '\0\ufffd'];
		appendFileSync(file, `${broken.join('\n')}\n`);
		audit.write({ ...entry, outcome: 'accepted', target: 'i-0db27af8628206ab0' });
		expect(audit.read(id)).toEqual([entry, { ...entry, outcome: 'accepted', target: 'i-0db27af8628206ab0' }]);
	});

	test('is read at its end only when it has become huge', () => {
		const audit = createAuditFile(file);
		audit.write(entry);
		appendFileSync(file, `${'x'.repeat(9 * 1024 * 1024)}\n`);
		audit.write({ ...entry, outcome: 'accepted' });
		expect(audit.read(asDeploymentId('d-ABC123DEF'))).toEqual([{ ...entry, outcome: 'accepted' }]);
	});

	test('that may not be read is none', () => {
		mkdirSync(file, { recursive: true });
		expect(createAuditFile(file).read(asDeploymentId('d-ABC123DEF'))).toEqual([]);
	});

	test('says so when it cannot be written', () => {
		writeFileSync(path.join(path.dirname(path.dirname(path.dirname(file))), 'state'), 'a file');
		expect(() => createAuditFile(file).write(entry)).toThrow(/ENOTDIR|EEXIST/);
	});
});

test('the audit file lies in the state folder of the XDG specification', () => {
	expect(auditPath({ XDG_STATE_HOME: '/var/state' })).toBe('/var/state/rollcall/audit.jsonl');
	const usual = path.join(homedir(), '.local/state/rollcall/audit.jsonl');
	for (const none of [{}, { XDG_STATE_HOME: '' }, { XDG_STATE_HOME: 'relative/state' }]) {
		expect(auditPath(none)).toBe(usual);
	}
});

test('a home that is set to nothing is no reason to write into the current folder', () => {
	vi.stubEnv('HOME', '');
	onTestFinished(() => void vi.unstubAllEnvs());
	expect(path.isAbsolute(auditPath({}))).toBe(true);
});

test('the demo leaves no trace, but knows what was done in it', () => {
	const audit = createMemoryAudit();
	audit.write(entry);
	audit.write({ ...entry, deploymentId: 'd-OTHER0000' });
	expect(audit.read(asDeploymentId('d-ABC123DEF'))).toEqual([entry]);
	expect(createMemoryAudit().read(asDeploymentId('d-ABC123DEF'))).toEqual([]);
});
