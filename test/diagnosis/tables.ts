import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Tables of texts and of the causes that they stand for. A row begins with `name → cause (remark)`, what is indented
 * below belongs to it. `<why>` and the like stand for phrases that many rows share, `␍` for a carriage return.
 */
export type Row = {
	readonly name: string;
	readonly cause: string;
	/** Empty if there is none. */
	readonly remark: string;
	readonly lines: readonly string[];
};

/** Where the agent unpacks a bundle. */
export const archive =
	'/opt/codedeploy-agent/deployment-root/51088464-2911-c5ee-f170-5bf637b827b0/d-ZSWWAUJ49/deployment-archive';

export function readTable(name: string, phrases: Readonly<Record<string, string>> = {}): readonly Row[] {
	const text = readFileSync(join(import.meta.dirname, 'tables', `${name}.txt`), 'utf8').replaceAll('␍', '\r');
	const spelt = text.replace(/<(\w+)>/g, (whole, phrase) => phrases[phrase] ?? whole);
	return spelt.split(/\n(?!\t|$)/).map(readRow);
}

const heading = /^(?<name>.+) → (?<cause>[\w-]+)(?: \((?<remark>.*)\))?$/;

function readRow(row: string): Row {
	const [first = '', ...lines] = row.trimEnd().split('\n');
	const { name, cause, remark = '' } = heading.exec(first)?.groups ?? {};
	if (name === undefined || cause === undefined) throw new Error(`not the beginning of a row: ${first}`);
	return { name, cause, remark, lines: lines.map(line => line.slice(1)) };
}
