import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DiagnosisCase } from '../../src/diagnosis/case.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Finding } from '../../src/diagnosis/finding.ts';
import { remark } from '../../src/diagnosis/shell.ts';
import { shellWord } from '../../src/lib/shell-word.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';
import { readCorpus } from './corpus.ts';
import { caseWith, failedHost, goodHost, hostB } from './support.ts';

/** Logs, messages and names are written by others: whatever they hold, a diagnosis is made, and its commands are safe. */

const corpus = readCorpus().filter(({ failed }) => failed);
const errorCodes = [
	'HEALTH_CONSTRAINTS',
	'ALARM_ACTIVE',
	'IAM_ROLE_PERMISSIONS',
	'TIMEOUT',
	'ECS_UPDATE_ERROR',
	'NEW',
	'',
];
const events = ['ApplicationStop', 'DownloadBundle', 'Install', 'AfterInstall', 'AllowTraffic', 'Custom', ''];

/** A text with a piece cut out or put in. */
const mangled = (text: string) =>
	fc
		.tuple(fc.nat(text.length), fc.nat(12), fc.oneof(fc.constant(''), hostileText))
		.map(([at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length));

const anyCase: fc.Arbitrary<DiagnosisCase> = fc.constantFrom(...corpus).chain(({ first, logs }) =>
	fc
		.record({
			id: fc.oneof(
				fc.constant('i-00251908fcdce4b31'),
				hostileText.filter(id => id !== ''),
			),
			event: fc.constantFrom(...events),
			errorCode: fc.constantFrom('ScriptFailed', 'UnknownError', 'New', ''),
			scriptName: fc.oneof(fc.constant(''), mangled(first.scriptName)),
			message: mangled(first.message),
			logTail: mangled(first.logTail),
			scriptsLog: mangled(logs.scriptsLog ?? ''),
			agentLog: mangled(logs.agentLog ?? ''),
			code: fc.constantFrom(...errorCodes),
			words: hostileText,
			stopped: fc.boolean(),
		})
		.map(({ id, code, words, stopped, scriptsLog, agentLog, ...told }) => {
			const host = failedHost(id, told);
			const more = {
				status: stopped ? 'Stopped' : 'Failed',
				error: { code, message: words },
				application: words,
				group: words,
			};
			const hostLogs = new Map([[host.id, { scriptsLog, agentLog }]]);
			return caseWith([host, goodHost(hostB)], more, { hostLogs, profile: words });
		}),
);

describe('whatever stands in messages, logs and names', () => {
	test('every finding is complete', () => {
		fc.assert(
			fc.property(anyCase, of => {
				const findings = diagnose(of);
				expect(findings.length).toBeGreaterThan(0);
				for (const { title, why, remedy, docs } of findings) {
					expect(title.trim()).not.toBe('');
					expect(title.length).toBeLessThanOrEqual(60);
					expect(title).not.toContain('\n');
					expect(why).not.toBe('');
					expect(remedy.steps.every(step => step.trim() !== '')).toBe(true);
					expect(remedy.steps.length).toBeGreaterThan(0);
					expect(remedy.commands.length).toBeGreaterThan(0);
					expect(docs).toMatch(/^https:/);
				}
			}),
			thoroughly,
		);
	});

	test('the same case is told in the same way', () => {
		fc.assert(
			fc.property(anyCase, of => {
				expect(diagnose(of)).toEqual(diagnose(of));
			}),
			{ ...thoroughly, numRuns: 100 },
		);
	});

	test('long texts take no long time', () => {
		const parts = [
			'a',
			' ',
			': ',
			"'",
			'env: ‘',
			'/x:1: ',
			' run as user a',
			'at line 1 ',
			'Error: ',
			'npm error ',
		];
		const started = performance.now();
		for (const part of parts) {
			const [message, line] = [part.repeat(2000), part.repeat(8000)];
			for (const { first } of corpus) {
				const told = {
					event: 'AfterInstall',
					...first,
					message: `${first.message}${message}`,
					logTail: `${first.logTail}[stderr]${line}\n`,
				};
				diagnose(caseWith([failedHost('i-00251908fcdce4b31', told)]));
			}
		}
		// Patterns that go back and forth would take minutes.
		expect(performance.now() - started).toBeLessThan(15_000);
	});
});

/** Runs commands in a shell in which nothing can happen but what the texts smuggle in: `pwned` leaves a file. */
function runEmptied(commands: readonly string[]): readonly string[] {
	const folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const stubs = [
		'aws',
		'git',
		'sed',
		'systemctl',
		'journalctl',
		'getent',
		'namei',
		'findmnt',
		'timeout',
		'ls',
		'ps',
		'cat',
		'df',
	]
		.concat([
			'curl',
			'last',
			'free',
			'ruby',
			'uname',
			'timedatectl',
			'ss',
			'tail',
			'head',
			'file',
			'grep',
			'dmesg',
			'gem',
			'du',
		])
		.map(name => `${name}() { :; }`);
	const prologue = [
		'pwned() { : > pwned; }',
		'sudo() { if [ "$1" = sh ]; then eval "$3"; fi; }',
		...stubs,
	].join('\n');
	for (const command of commands) {
		try {
			execFileSync('/bin/sh', ['-c', `${prologue}\n${command}`], {
				cwd: folder,
				env: { PATH: '' },
				stdio: 'pipe',
			});
		} catch {
			// That a command is not there, or says no, is as it should be.
		}
	}
	return readdirSync(folder).filter(name => name !== '.gitattributes');
}

describe('commands are safe to copy', () => {
	const attacks = [
		'$(pwned)',
		'`pwned`',
		'; pwned ;',
		"'; pwned ; '",
		'"; pwned ; "',
		'\n pwned \n',
		'# \npwned',
		'| pwned',
		'&& pwned',
		'> pwned',
		'\\',
		"'",
	];
	const ends = [
		'exit code 1',
		'exit code 3',
		'exit code 126',
		'exit code 127',
		'exit code 137',
		'error Errno::ENOENT with message No such file or directory - x',
	];

	test('the emptied shell would notice', () => {
		expect(runEmptied(['aws $(pwned)'])).toEqual(['pwned']);
		expect(runEmptied(["sudo sh -c 'ls $(pwned)'"])).toEqual(['pwned']);
		expect(runEmptied([`aws ${shellWord('$(pwned)')}${remark('on\npwned')}`])).toEqual([]);
	});

	test.each(attacks)('whatever the names are: %j', text => {
		const findings: Finding[] = [];
		for (const end of ends) {
			const scriptName = `scripts/${text}.sh`;
			const message = `Script at specified location: ${scriptName} run as user ${text.replaceAll(/\s/g, '_')} failed with ${end}`;
			const logTail = `[stderr]sh: line 1: ${text}: command not found\n[stderr]cat: cannot open '${text}': Permission denied\n[stderr]Job for ${text} failed\n`;
			const revision = { type: 's3', bucket: text, key: text, version: text } as const;
			const more = {
				application: text,
				group: text,
				configName: text,
				revision,
				loadBalancers: [text],
				error: { code: 'ALARM_ACTIVE', message: `<${text}>` },
			};
			const host = failedHost(text, {
				event: 'ApplicationStop',
				scriptName,
				message,
				logTail,
				errorCode: 'ScriptFailed',
			});
			for (const group of [{ application: text, name: text, id: text }, undefined]) {
				findings.push(
					...diagnose(
						caseWith([host], more, {
							profile: text,
							region: text,
							endpointUrl: text,
							...(group && { group }),
						}),
					),
				);
			}
		}
		const install = [
			'a specified file already exists at this location: ',
			"can't find user for ",
			'Permission denied @ x - ',
		];
		for (const words of install)
			findings.push(...diagnose(caseWith([failedHost('i-1', { event: 'Install', message: words + text })])));
		for (const event of ['AllowTraffic', 'BlockTraffic'])
			findings.push(
				...diagnose(caseWith([failedHost(text, { event })], { loadBalancers: [text] }, { region: text })),
			);
		const commands = new Set(findings.flatMap(({ remedy }) => remedy.commands));
		expect(commands.size).toBeGreaterThan(10);
		expect(runEmptied([...commands])).toEqual([]);
	});

	test('a quoted word is one word again', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme', maxLength: 20 }).filter(text => !text.includes('\0')),
				text => {
					expect(execFileSync('/bin/sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(
						text,
					);
				},
			),
			{ ...thoroughly, numRuns: 60 },
		);
	});
});
