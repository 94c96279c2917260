/**
 * `npm run soak`: watches a group for 24 virtual hours while it is released to again and again, and prints each hour how
 * much there is of what must not become more. Ends with 1 when something has grown. `--hours N`, `--only releases`.
 */
import { parseArgs } from 'node:util';
import { releaseMinutes } from './group-life.ts';
import { soakLaunches, soakReleases } from './on-fake-aws.ts';
import { soakOnSimulator } from './on-simulator.ts';
import { findGrowth, tableOf } from './sample.ts';

const courses = { releases: soakReleases, launches: soakLaunches, simulator: soakOnSimulator };

const { values } = parseArgs({
	options: { hours: { type: 'string', default: '24' }, only: { type: 'string' } },
});
const hours = Number(values.hours);
const chosen = Object.entries(courses).filter(([name]) => values.only === undefined || values.only === name);
if (!(hours > 0) || chosen.length === 0) {
	process.stderr.write(`expected --hours N and --only with ${Object.keys(courses).join(' or ')}\n`);
	process.exit(2);
}

/** Each sample falls on the same moment between two releases. */
const everyMinutes = Math.max(
	releaseMinutes,
	Math.round((hours * 60) / 24 / releaseMinutes) * releaseMinutes,
);

let failed = false;
for (const [name, soak] of chosen) {
	const tell = ({ hour }: { readonly hour: number }) => process.stderr.write(`${name}: hour ${hour}\r`);
	const samples = await soak({ hours, everyMinutes, tell });
	process.stdout.write(`${name}\n${tableOf(samples)}\n`);
	const growth = findGrowth(samples);
	for (const line of growth) process.stdout.write(`✗ ${line}\n`);
	if (growth.length === 0) process.stdout.write('✓ flat\n');
	failed ||= growth.length > 0;
}
process.exit(failed ? 1 : 0);
