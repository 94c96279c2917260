import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { causes } from '../../src/diagnosis/causes.ts';
import { validateDiagnosis } from './schema.ts';

const file = path.join(import.meta.dirname, '../../schemas/diagnosis.schema.json');

const finding = {
	cause: 'crlf-line-endings',
	title: 'Windows line endings in the script',
	why: 'It ends its lines with carriage returns.',
	confidence: 'certain',
	severity: 'error',
	targets: ['i-00251908fcdce4b31'],
	event: 'AfterInstall',
	script: null,
	evidence: [{ source: 'log', where: null, text: 'bad interpreter' }],
	remedy: { steps: ['Convert it.'], commands: [] },
	docs: 'https://docs.aws.amazon.com/codedeploy/',
};
const document = {
	schema: 'rollcall/diagnosis/v1',
	deploymentId: 'd-9FG52BI40',
	status: 'Failed',
	findings: [finding],
};

test('the schema names every cause; --update writes it', async () => {
	const schema = readFileSync(file, 'utf8');
	const ids = Object.keys(causes).map(cause => `\t\t\t\t\t\t"${cause}"`);
	const named = schema.replace(
		/("pattern": "\^\[a-z0-9\][^\n]*\n\s*"examples": )\[[^\]]*\]/,
		(_, before: string) => `${before}[\n${ids.join(',\n')}\n\t\t\t\t\t]`,
	);
	await expect(named).toMatchFileSnapshot(file);
});

test('a document as it should be is valid, and so is one with a cause and fields that are new', () => {
	expect(validateDiagnosis(document)).toEqual([]);
	const later = { ...finding, cause: 'solar-flare', since: 0 };
	expect(validateDiagnosis({ ...document, findings: [later], took: 1 })).toEqual([]);
});

test.each([
	['a field that is gone', { ...finding, docs: undefined }],
	['a confidence of another kind', { ...finding, confidence: 'sure' }],
	['a cause that is no id', { ...finding, cause: 'CRLF line endings' }],
	['no step', { ...finding, remedy: { steps: [], commands: [] } }],
	['evidence that is bare text', { ...finding, evidence: ['bad interpreter'] }],
])('%s is not', (_what, wrong) => {
	const [problem] = validateDiagnosis(JSON.parse(JSON.stringify({ ...document, findings: [wrong] })));
	expect(problem).toMatch(/^\/findings\/0/);
});
