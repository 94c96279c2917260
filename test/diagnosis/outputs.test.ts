import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { caseWith, failedHost, hostA, tail } from './support.ts';
import { archive, type Row, readTable } from './tables.ts';

/** What programs print, in words that the corpus does not hold: other shells, versions and runtimes. */

/** A remark is as in `(exit 127, at ValidateService, in scripts/start.ps1, as deploy)`, all of it optional. */
function causeOf({ remark, lines }: Row): string | undefined {
	const said = (word: string) => new RegExp(`\\b${word} ([^,]+)`).exec(remark)?.[1];
	const event = said('at') ?? 'ApplicationStart';
	const scriptName = said('in') ?? 'scripts/start.sh';
	const user = said('as');
	const message = `Script at specified location: ${scriptName}${user ? ` run as user ${user}` : ''} failed with exit code ${said('exit') ?? 1}`;
	const logTail = tail(event, scriptName, ...lines.map(print));
	const told = { event, message, scriptName, errorCode: 'ScriptFailed', logTail };
	return diagnose(caseWith([failedHost(hostA, told)]))[0]?.cause;
}

/** `> text` went to standard output; agent 2 writes the time first. */
function print(line: string): string {
	if (line.startsWith('> ')) return `[stdout]${line.slice(2)}`;
	return line.replace(/^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} )?/, '$1[stderr]');
}

describe.each(['shells', 'programs'])('%s', name => {
	const rows = readTable(name, { archive });
	test('are listed', () => {
		expect(rows.length).toBeGreaterThan(25);
	});
	test.each(rows.map(row => [row.name, row.cause, row] as const))('%s: %s', (_, cause, row) => {
		expect(causeOf(row)).toBe(cause);
	});
});
