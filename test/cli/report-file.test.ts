import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createReportFolder, createTemporaryReports, reportsPath } from '../../src/cli/report-file.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { Lab } from './lab.ts';

const id = asDeploymentId('d-ABC123DEF');
const at = Date.UTC(2026, 10, 23, 12, 4, 11, 250);
const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

describe('a report', () => {
	let lab: Lab;
	let folder: string;

	beforeEach(() => {
		lab = new Lab();
		folder = path.join(lab.folder(), 'state/rollcall/reports');
	});
	afterEach(() => lab[Symbol.asyncDispose]());

	test('is a file named after its deployment and its time, whole, and its owner’s alone', () => {
		const text = `# größe ✗ 🚀\n${'x'.repeat(300_000)}\n`;
		const written = createReportFolder(folder)(id, text, at);
		expect(written).toBe(path.join(folder, 'd-ABC123DEF-20261123T120411Z.md'));
		expect(readFileSync(written, 'utf8')).toBe(text);
		expect([modeOf(folder), modeOf(written)]).toEqual(['700', '600']);
	});

	test('is never written over, nor through a link that lies in wait', () => {
		const keep = createReportFolder(folder);
		const paths = ['first', 'second', 'third'].map(text => keep(id, text, at));
		expect(paths.map(each => path.basename(each))).toEqual([
			'd-ABC123DEF-20261123T120411Z.md',
			'd-ABC123DEF-20261123T120411Z-2.md',
			'd-ABC123DEF-20261123T120411Z-3.md',
		]);
		expect(paths.map(each => readFileSync(each, 'utf8'))).toEqual(['first', 'second', 'third']);
	});

	test('goes into a folder that is closed to others, even where it was open', () => {
		mkdirSync(folder, { recursive: true });
		chmodSync(folder, 0o777);
		createReportFolder(folder)(id, 'text', at);
		expect(modeOf(folder)).toBe('700');
	});

	test('that cannot be written says so, and leaves nothing', () => {
		mkdirSync(path.dirname(folder), { recursive: true });
		writeFileSync(folder, 'a file');
		expect(() => createReportFolder(folder)(id, 'text', at)).toThrow(/ENOTDIR|EEXIST/);
	});

	test('below the home is told as people write it', () => {
		vi.stubEnv('HOME', lab.folder());
		onTestFinished(() => void vi.unstubAllEnvs());
		const keep = createReportFolder(reportsPath({}));
		expect(keep(id, 'text', at)).toBe('~/.local/state/rollcall/reports/d-ABC123DEF-20261123T120411Z.md');
		expect(readdirSync(path.join(homedir(), '.local/state/rollcall/reports'))).toHaveLength(1);
	});

	test('of the demo goes to a new folder among the temporary files, at the first report only', () => {
		vi.stubEnv('TMPDIR', lab.folder());
		onTestFinished(() => void vi.unstubAllEnvs());
		const keep = createTemporaryReports();
		expect(readdirSync(tmpdir())).toEqual([]);
		const [first, second] = [keep(id, 'one', at), keep(id, 'two', at)];
		expect(path.dirname(first)).toBe(path.dirname(second));
		expect(path.dirname(path.dirname(first))).toBe(tmpdir());
		expect([modeOf(path.dirname(first)), modeOf(first)]).toEqual(['700', '600']);
	});
});

test('reports lie beside the audit trail', () => {
	expect(reportsPath({ XDG_STATE_HOME: '/var/state' })).toBe('/var/state/rollcall/reports');
	expect(reportsPath({ XDG_STATE_HOME: 'relative' })).toBe(
		path.join(homedir(), '.local/state/rollcall/reports'),
	);
});
