import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench, Figure } from './figure.ts';

type Packed = { readonly size: number; readonly unpackedSize: number; readonly entryCount: number };

const root = path.join(import.meta.dirname, '../..');

/** What somebody installs. */
export const packageSize: Bench = {
	name: 'package',
	async measure() {
		const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: root,
			encoding: 'utf8',
		});
		const [packed] = JSON.parse(out) as readonly Packed[];
		if (!packed) throw new Error('npm packed nothing');
		const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
			readonly dependencies?: Readonly<Record<string, string>>;
		};
		const count = (name: string, unit: string, value: number): Figure => ({ name, unit, value });
		return [
			count('package, packed', 'kB', packed.size / 1000),
			count('package, unpacked', 'kB', packed.unpackedSize / 1000),
			count('files in the package', 'files', packed.entryCount),
			count('dependencies at run time', 'packages', Object.keys(manifest.dependencies ?? {}).length),
		];
	},
};
