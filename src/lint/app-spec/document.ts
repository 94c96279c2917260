import {
	isAlias,
	isMap,
	isScalar,
	isSeq,
	LineCounter,
	type ParsedNode,
	parseAllDocuments,
	type YAMLError,
} from 'yaml';
import { type Finding, finding, type Place, quoted } from '../finding.ts';

/** One key of a mapping: where it stands, and what it holds. */
export type Field = { readonly key: string; readonly place: Place; readonly value: SpecValue };

/** A value of an AppSpec, with where it stands. */
export type SpecValue = { readonly place: Place } & (
	| { readonly type: 'map'; readonly fields: readonly Field[] }
	| { readonly type: 'list'; readonly items: readonly SpecValue[] }
	| { readonly type: 'null' }
	| {
			readonly type: 'scalar';
			readonly value: string | number | boolean;
			/** As it is written, without quotes. */
			readonly source: string;
			readonly isQuoted: boolean;
	  }
);

export type SpecDocument = {
	readonly file: string;
	/** Undefined when it cannot be read. */
	readonly root: SpecValue | undefined;
	readonly findings: readonly Finding[];
};

/** An alias stands for a value; more of them than anybody writes by hand are there to explode. */
const aliasLimit = 100;
/** Values in all, with those that aliases repeat. */
const valueLimit = 50_000;

class TooManyValues extends Error {}

/**
 * Reads an AppSpec with the rules of YAML 1.1, as the agent does: `0755` is an octal number. Of several documents the
 * first counts. What is wrong with it is told; nothing is thrown.
 */
export function readYaml(file: string, text: string): SpecDocument {
	const lines = new LineCounter();
	const failed = (...findings: Finding[]): SpecDocument => ({ file, root: undefined, findings });
	try {
		const documents = parseAllDocuments(text, { version: '1.1', lineCounter: lines, uniqueKeys: false });
		const document = Array.isArray(documents) ? documents[0] : undefined;
		if (!document) return { file, root: { type: 'null', place: { file, line: 1, column: 1 } }, findings: [] };
		const [error] = document.errors;
		if (error) return failed(syntaxFinding(file, error));
		const reader = createReader(file, lines);
		return { file, root: reader.read(document.contents), findings: reader.findings };
	} catch (error) {
		if (error instanceof TooManyValues) {
			return failed(finding('appspec-alias-limit', { file }, 'the AppSpec has aliases that multiply'));
		}
		// Brackets within brackets, thousands of them.
		if (error instanceof RangeError) {
			return failed(finding('appspec-yaml', { file }, 'the AppSpec is nested too deeply to be read'));
		}
		throw error;
	}
}

function syntaxFinding(file: string, { code, linePos, message }: YAMLError): Finding {
	const { line, col } = linePos?.[0] ?? { line: 1, col: 1 };
	const place = { file, line, column: col };
	if (code === 'TAB_AS_INDENT') return finding('appspec-tab', place, 'a tab is used as indentation');
	const [first = ''] = message.split('\n');
	return finding(
		'appspec-yaml',
		place,
		`it is no valid YAML: ${first.replace(/ at line \d+, column \d+:?$/, '')}`,
	);
}

function createReader(file: string, lines: LineCounter) {
	const findings: Finding[] = [];
	const anchors = new Map<string, ParsedNode>();
	let aliases = 0;
	let values = 0;

	const placeOf = (node: ParsedNode | null): Place => {
		const offset = node?.range?.[0];
		if (offset === undefined) return { file };
		const { line, col } = lines.linePos(offset);
		return { file, line, column: col };
	};

	function read(node: ParsedNode | null, at: Place = placeOf(node)): SpecValue {
		values += 1;
		if (values > valueLimit) throw new TooManyValues();
		if (isAlias(node)) return readAlias(node.source, placeOf(node));
		if (node?.anchor !== undefined) anchors.set(node.anchor, node);
		const place = node === null ? at : placeOf(node);
		if (isMap(node)) {
			const fields = node.items.map(({ key, value }): Field => {
				const keyPlace = placeOf(key);
				return { key: keyText(key), place: keyPlace, value: read(value, keyPlace) };
			});
			return { type: 'map', place, fields };
		}
		if (isSeq(node)) return { type: 'list', place, items: node.items.map(item => read(item)) };
		if (!isScalar(node) || node.value === null || node.value === undefined) return { type: 'null', place };
		const { value } = node;
		const source = node.source ?? String(value);
		const isQuoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
		const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
		return { type: 'scalar', place, value: known ? value : source, source, isQuoted };
	}

	function readAlias(name: string, place: Place): SpecValue {
		aliases += 1;
		if (aliases > aliasLimit) throw new TooManyValues();
		if (aliases === 1)
			findings.push(finding('appspec-alias', place, `the alias ${quoted(`*${name}`)} is used`));
		const target = anchors.get(name);
		// One that is still being read holds itself.
		return target ? read(target) : { type: 'null', place };
	}

	return { read, findings };
}

const keyText = (key: ParsedNode | null): string => {
	if (!isScalar(key)) return '';
	return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
};

/** The value of a key; the last one, where it stands more than once. */
export function fieldOf(map: SpecValue | undefined, key: string): Field | undefined {
	return map?.type === 'map' ? map.fields.findLast(field => field.key === key) : undefined;
}

/** The text of a scalar, trimmed; undefined for everything else. */
export function textOf(value: SpecValue | undefined): string | undefined {
	return value?.type === 'scalar' ? String(value.value).trim() : undefined;
}

/** How the kind of a value is called in a sentence. */
export function kindOf(value: SpecValue): string {
	switch (value.type) {
		case 'map':
			return 'a mapping';
		case 'list':
			return 'a list';
		case 'null':
			return 'nothing';
		case 'scalar':
			return quoted(value.source);
	}
}
