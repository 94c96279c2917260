import { type Finding, finding, type Place, quoted } from '../finding.ts';
import { readYaml, type SpecDocument } from './document.ts';

/** Reads an AppSpec in JSON, which is YAML too, once it is known to be JSON. */
export function readJson(file: string, text: string): SpecDocument {
	const problem = syntaxProblem(file, text);
	if (problem) return { file, root: undefined, findings: [problem] };
	// Between the values of JSON a tab is as good as a space, and is none in YAML.
	const document = readYaml(file, text.replaceAll('\t', ' '));
	return document.root
		? document
		: { ...document, findings: [finding('serverless-json', { file }, 'it cannot be read')] };
}

function syntaxProblem(file: string, text: string): Finding | undefined {
	try {
		JSON.parse(text);
		return undefined;
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		const told = /at position (\d+)/.exec(error.message)?.[1];
		// Not every message says where.
		const seen = told === undefined ? readYaml(file, text.replaceAll('\t', ' ')).findings[0] : undefined;
		const offset = told === undefined ? text.length : Number(told);
		const { line, column = 1 } = seen ?? {};
		const place = line === undefined ? placeAt(file, text, offset) : { file, line, column };
		const next = seen ? '' : text.slice(offset, offset + 1);
		const what = next === '' ? 'it is no valid JSON' : `${quoted(next)} was not expected in the JSON`;
		return finding('serverless-json', place, what);
	}
}

function placeAt(file: string, text: string, offset: number): Place {
	const before = text.slice(0, offset).split('\n');
	return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
