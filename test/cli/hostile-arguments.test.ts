import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkProfile } from '../../src/cli/check-profile.ts';
import { chooseContexts } from '../../src/cli/contexts.ts';
import { explain } from '../../src/cli/explain.ts';
import { createSession } from '../../src/cli/open-connection.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { protect } from '../../src/cli/protect.ts';
import { readSettings } from '../../src/cli/settings/read-settings.ts';
import { sanitizeLine, sanitizeText } from '../../src/lib/sanitize.ts';
import { jsonLine, jsonText } from '../../src/view/json.ts';
import { isGroupProtected } from '../../src/view/protection.ts';
import { runCommand } from '../support/run-command.ts';
import { hostileFragments } from '../support/text-arbitraries.ts';

/** Whoever calls the program may have got a name from somebody else: what is given to it is no more trusted than AWS. */

const hostile = hostileFragments.filter(text => sanitizeLine(text) !== text);
const all = ['--region', 'eu-west-1'];

/** What is printed on standard error. */
function refusalOf(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		return explain(error, '').text;
	}
	return '';
}

describe.each([
	['--application', (text: string) => ['watch', '--application', text]],
	['--group', (text: string) => ['status', '--application', 'a', '--group', text]],
	['--application of list', (text: string) => ['list', '--application', text]],
	['--group of list', (text: string) => ['list', '--application', 'a', '--group', text]],
	['--deployment-config', (text: string) => ['rollback', 'd-ABC123DEF', '--deployment-config', text]],
	['--endpoint-url', (text: string) => ['watch', 'd-ABC123DEF', '--endpoint-url', text]],
	['--region', (text: string) => ['watch', 'd-ABC123DEF', '--region', text]],
	['--log-group', (text: string) => ['watch', 'd-ABC123DEF', '--log-group', `agent=${text}`]],
	['a command', (text: string) => [text]],
	['an option', (text: string) => [`--${text}`]],
	['what there is no place for', (text: string) => ['demo', 'release', text]],
	['what is waited for', (text: string) => ['wait', 'd-ABC123DEF', '--timeout', text]],
])('%s', (option, args) => {
	test('is refused in one safe line when there is in it what cannot be seen', () => {
		for (const text of hostile) {
			const given = option === '--endpoint-url' ? `http://127.0.0.1:1/a${text}b` : `a${text}b`;
			const refusal = refusalOf(() => parseArguments(args(given), '0.0.0'));
			expect(refusal, JSON.stringify(text)).toMatch(/^rollcall: [^\n]+\n$/);
			expect(sanitizeText(refusal)).toBe(refusal);
		}
	});
});

test('names of the shared files, of the environment and of contexts are shown without what cannot be seen', () => {
	for (const text of hostile) {
		const profile = `a${text}b`;
		for (const [given, env] of [
			[{ profile }, {}],
			[{}, { AWS_PROFILE: profile }],
		] as const) {
			const common = { readOnly: false, ascii: false, protect: ['*prod*'], ...given };
			expect(createSession(common, env, 'eu-west-1', 0).profile).toBe(sanitizeLine(profile));
			for (const { label } of chooseContexts(common, env)) expect(label).toBe(sanitizeLine(label));
			const refusal = refusalOf(() => checkProfile(given.profile, { HOME: '/nonexistent', ...env }));
			expect(refusal).toMatch(/^rollcall: [^\n]*there is no profile[^\n]*\n$/);
			expect(sanitizeText(refusal)).toBe(refusal);
		}
	}
});

test('a pattern protects what looks like it', () => {
	for (const text of hostile) {
		const command = parseArguments(['watch', 'd-ABC123DEF', ...all, '--protect', `pr${text}od`], '0.0.0');
		if (command.type !== 'watch') throw new Error('expected watch');
		const session = createSession(command.common, {}, 'eu-west-1', 0);
		expect(isGroupProtected(session, sanitizeLine(`pr${text}od`))).toBe(true);
	}
});

describe('the configuration file', () => {
	const files: readonly (readonly [string, (text: string) => string])[] = [
		['label', text => `contexts:\n  - label: ${text}`],
		['profile', text => `contexts:\n  - label: a\n    profile: ${text}`],
		['endpoint', text => `contexts:\n  - label: a\n    endpointUrl: ${text}`],
		['protected', text => `protected: [${text}]`],
		['log groups', text => `logGroups:\n  agent: ${text}`],
		['key', text => `keys:\n  stop: ${text}`],
		['a name that is none', text => `${text}: 1`],
		['a screen that is none', text => `keys:\n  ${text}:\n    stop: x`],
		['theme', text => `theme: ${text}`],
	];

	test.each(files)('%s: refused when there is in it what cannot be seen', (name, file) => {
		for (const text of hostile) {
			const value = name === 'endpoint' ? `http://127.0.0.1:1/a${text}b` : `a${text}b`;
			// JSON is YAML, and both may escape what they like.
			const reading = readSettings(file(JSON.stringify(value)));
			expect(reading.ok, JSON.stringify(text)).toBe(false);
			if (reading.ok) continue;
			for (const problem of reading.problems) expect(sanitizeLine(problem.text)).toBe(problem.text);
		}
	});
});

test('JSON tells a terminal nothing, and programs all', () => {
	for (const text of [...hostileFragments, hostileFragments.join('')]) {
		const value = { [`a${text}`]: [`b${text}`.toWellFormed()] };
		for (const json of [jsonText(value), jsonLine(value)]) {
			expect(JSON.parse(json)).toEqual(value);
			expect(json).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
			expect(json).not.toMatch(/\p{Default_Ignorable_Code_Point}/u);
		}
	}
});

test('a plan names alarms that were given as they are seen', async () => {
	const alarms = ['⚠\ufe0f checkout\u202e', 'x\u001b]0;title\u0007\u009b31m'];
	const args = ['protect', '--application', 'checkout-api', '--group', 'prod-blue', '--dry-run'];
	const { stdout, stderr } = await runCommand('unprotected', { after: 60 }, parts => {
		const command = parseArguments([...args, ...alarms.flatMap(name => ['--alarm', name])], '0.0.0');
		if (command.type !== 'protect') throw new Error('expected protect');
		return protect(command, parts);
	});
	expect(stdout).toContain('⚠ checkout');
	expect(sanitizeText(stdout)).toBe(stdout);
	expect(sanitizeText(stderr)).toBe(stderr);
});

test('a profile that a shared file has is told among those there are', () => {
	const home = mkdtempSync(join(tmpdir(), 'rollcall-'));
	onTestFinished(() => rmSync(home, { recursive: true, force: true }));
	const file = join(home, 'config');
	writeFileSync(file, '[profile a\u001b[2J\u202eb]\nregion = eu-west-1\n');
	const refusal = refusalOf(() => checkProfile('other', { AWS_CONFIG_FILE: file, HOME: home }));
	expect(refusal).toContain('expected ab');
	expect(sanitizeText(refusal)).toBe(refusal);
});
