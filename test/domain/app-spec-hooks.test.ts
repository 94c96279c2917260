import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appSpecHooks, hookLogGroup } from '../../src/domain/app-spec-hooks.ts';
import { hostileText } from '../support/text-arbitraries.ts';

const groupsOf = (content: string) =>
	appSpecHooks(content).map(hook => `${hook.event} ${hookLogGroup(hook)}`);

describe('the hooks of an AppSpec', () => {
	const expected = ['BeforeInstall /aws/lambda/check', 'AfterInstall /aws/lambda/smoke'];
	const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:smoke:live';

	test('are read from YAML', () => {
		const yaml = [
			'version: 0.0',
			'Hooks:',
			'  # the first one is quick',
			'  - BeforeInstall: "check"',
			`  - AfterInstall: ${arn}`,
			'Resources:',
			'  - Service: {}',
		].join('\n');
		expect(groupsOf(yaml)).toEqual(expected);
	});

	test('are read from JSON, on one line or on many', () => {
		const document = { version: 0.0, Hooks: [{ BeforeInstall: 'check' }, { AfterInstall: arn }] };
		expect(groupsOf(JSON.stringify(document))).toEqual(expected);
		expect(groupsOf(JSON.stringify(document, undefined, 2))).toEqual(expected);
	});

	test('are none where there are none, and in what is no AppSpec', () => {
		expect(appSpecHooks(undefined)).toEqual([]);
		for (const content of ['', 'version: 0.0', '{"Hooks": "x"}', '[1]', 'null', 'Hooks:\n']) {
			expect(appSpecHooks(content)).toEqual([]);
		}
	});

	test('never hold what was escaped in the JSON', () => {
		fc.assert(
			fc.property(hostileText, text => {
				for (const hook of appSpecHooks(JSON.stringify({ Hooks: [{ [text]: text }] }))) {
					expect(`${hook.event}${hook.functionName}`).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
				}
			}),
		);
	});
});
