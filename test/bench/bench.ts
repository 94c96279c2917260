/**
 * `npm run bench`: measures the built program, prints a table in Markdown, and writes the same as JSON where `--json FILE`
 * says. `--only start-up,keys` measures a part. Nothing here passes or fails: figures are compared within one run.
 */
import { writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { type Figure, markdownTable } from './figure.ts';
import { firstPicture } from './first-picture.ts';
import { fleetCalls } from './fleet-calls.ts';
import { freshness } from './freshness.ts';
import { keyToPaint } from './keys.ts';
import { load } from './load.ts';
import { packageSize } from './package-size.ts';
import { reducing } from './reducing.ts';
import { startUp } from './start-up.ts';

const benches = [startUp, keyToPaint, load, firstPicture, freshness, fleetCalls, reducing, packageSize];

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
const wanted = values.only?.split(',');
const chosen = benches.filter(({ name }) => wanted?.includes(name) ?? true);
if (chosen.length === 0) {
	process.stderr.write(`expected --only with ${benches.map(({ name }) => name).join(', ')}\n`);
	process.exit(2);
}

const machine = `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${process.platform} ${release()}`;
const figures: Figure[] = [];
for (const bench of chosen) {
	figures.push(...(await bench.measure(line => process.stderr.write(`${line}\n`))));
}
process.stdout.write(`${machine}\n\n${markdownTable(figures)}\n`);
if (values.json !== undefined)
	writeFileSync(values.json, `${JSON.stringify({ machine, figures }, undefined, '\t')}\n`);
// Pseudo-terminals keep the process alive.
process.exit(0);
