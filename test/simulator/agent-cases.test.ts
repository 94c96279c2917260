import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AgentCase } from '../../src/simulator/data/agent-cases/agent-case.ts';
import { type AgentCaseName, agentCases } from '../../src/simulator/data/agent-cases.ts';
import {
	type AgentLogLine,
	agentStarts,
	downloadBegins,
	downloadEnds,
	failureLines,
	noScripts,
} from '../../src/simulator/data/agent-log-lines.ts';

const corpus = path.join(import.meta.dirname, '../fixtures/agent-output');
const cases: [string, AgentCase][] = Object.entries(agentCases);

function read(name: string, file: string): string {
	return readFileSync(path.join(corpus, name, file), 'utf8');
}

/** A log without what stands before the text of each line. */
function without(prefix: RegExp, log: string): string {
	return log
		.split('\n')
		.map(line => line.replace(prefix, ''))
		.join('\n');
}

describe.each(cases)('%s is what the agent wrote', (name, told) => {
	const scriptsLog = told.scriptsLog ?? told.log;

	test('to the service', () => {
		expect(JSON.parse(read(name, 'diagnostics.json'))).toEqual({
			error_code: told.errorCode,
			script_name: told.scriptName,
			message: told.message,
			log: told.log,
		});
		expect(JSON.parse(read(name, 'case.json'))).toMatchObject({ event: told.event });
	});

	test('into the logs of scripts', () => {
		if (scriptsLog === '') {
			expect(existsSync(path.join(corpus, name, 'scripts.log'))).toBe(false);
			return;
		}
		expect(without(/^.{19} /, read(name, 'scripts.log'))).toBe(scriptsLog);
		const [title, ...shared] = without(/^\[.{23}\] \[d-\w{9}\]/, read(name, 'deployments.log')).split('\n');
		expect(title).toMatch(/^# Logfile created on .* by logger.rb\/v1.5.0$/);
		const stripped = scriptsLog.split('\n').map(line => line.trim());
		expect(shared).toEqual(stripped);
	});

	test('into its own log', () => {
		const written = read(name, 'agent.log').replaceAll(
			/^.{19} (.{5}) \[codedeploy-agent\(\d+\)\]: /gm,
			'$1 ',
		);
		expect(written).toBe(retell(name as AgentCaseName, written));
	});

	test('and what lay in its bundle', () => {
		if (told.script !== undefined) expect(read(name, told.scriptName)).toBe(told.script);
		if (!('appSpec' in told)) return;
		expect(existsSync(path.join(corpus, name, 'appspec.yml'))).toBe(told.appSpec !== undefined);
		if (told.appSpec !== undefined) expect(read(name, 'appspec.yml')).toBe(told.appSpec);
	});
});

/** The agent log of a case, told from its own particulars: the region, the bundles, the events without scripts. */
function retell(name: AgentCaseName, written: string): string {
	const lines = written.split('\n');
	const told: AgentLogLine[] = [];
	for (const line of lines) {
		const region = /On Premises config/.test(line) && /commands\.([a-z0-9-]+)\./.exec(written)?.[1];
		const noop = /Lifecycle event (\w+) is a noop$/.exec(line)?.[1];
		const [, bucket = '', key = '', etag = ''] =
			/bucket '(.*)' and key '(.*)', version '', etag '(.*)'/.exec(line) ?? [];
		if (region) told.push(...agentStarts(region));
		else if (noop) told.push(...noScripts(noop));
		else if (bucket) {
			const bundle = { bucket, key, etag };
			told.push(downloadBegins(bundle));
			if (written.includes(`Download complete from bucket ${bucket} and key ${key}\n`))
				told.push(downloadEnds(bundle));
		}
	}
	told.push(...failureLines(name, agentCases[name]));
	return told.map(({ level, text }) => `${level.padEnd(5)} ${text}\n`).join('');
}
