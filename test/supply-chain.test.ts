import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

type Locked = {
	readonly version?: string;
	readonly resolved?: string;
	readonly integrity?: string;
	readonly hasInstallScript?: boolean;
};

const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(read('package-lock.json'));
const manifest: { readonly devDependencies: Readonly<Record<string, string>> } = JSON.parse(
	read('package.json'),
);

describe('the lockfile', () => {
	const locked = Object.entries(lock.packages).filter(([folder]) => folder !== '');

	test('pins every package to a version of the registry and to its content', () => {
		const loose = locked.filter(
			([, { version, resolved, integrity }]) =>
				version === undefined ||
				(resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')) ||
				!integrity?.startsWith('sha512-'),
		);
		expect(loose.map(([folder]) => folder)).toEqual([]);
	});

	test('has what the manifest asks for', () => {
		expect(
			Object.keys(manifest.devDependencies).filter(name => !lock.packages[`node_modules/${name}`]),
		).toEqual([]);
	});

	test('lets nothing run when it is installed but what has to', () => {
		const running = locked.filter(([, { hasInstallScript }]) => hasInstallScript);
		const names = running.map(([folder]) => folder.replace(/^.*node_modules\//, ''));
		expect(names.filter(name => !['esbuild', 'fsevents', 'node'].includes(name))).toEqual([]);
	});
});

type Bill = {
	readonly bomFormat: string;
	readonly metadata: { readonly component: { readonly name: string; readonly 'bom-ref': string } };
	readonly components: readonly {
		readonly name: string;
		readonly group?: string;
		readonly version: string;
		readonly purl: string;
		readonly scope: string;
		readonly hashes?: readonly unknown[];
		readonly licenses?: readonly unknown[];
		readonly 'bom-ref': string;
	}[];
	readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
};

describe('what is bundled', () => {
	/** By name and version, as esbuild tells. */
	let bundled: readonly string[] = [];
	let bill: Bill;

	beforeAll(() => {
		// In a process of its own, into a folder of its own: others read dist meanwhile.
		const script = `
			import { billOfMaterials, bundle, bundledPackages } from './build.mjs';
			const metafile = await bundle('src/main.ts', 'node_modules/.cache/rollcall-supply-chain');
			const packages = await bundledPackages(metafile);
			const bundled = packages.map(({ manifest }) => manifest.name + '@' + manifest.version);
			console.log(JSON.stringify({ bundled, bill: await billOfMaterials(metafile) }));`;
		const args = ['--input-type=module', '--eval', script];
		const told = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
		({ bundled, bill } = JSON.parse(told));
	});

	test('stands in the third-party notices, each with its version and its licence', () => {
		const lines = read('dist/THIRD-PARTY-NOTICES.txt').split('\n');
		const named = lines.flatMap(line => {
			const [, name, version] =
				/^(\S+) (\d\S*) \((?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0)\)$/.exec(line) ?? [];
			return name ? [`${name}@${version}`] : [];
		});
		expect(bundled.length).toBeGreaterThan(50);
		expect(bundled.filter(name => !named.includes(name))).toEqual([]);
		expect(named.filter(name => !bundled.includes(name))).toEqual([]);
	});

	test('is not much', () => {
		expect(new Set(bundled).size).toBeLessThanOrEqual(100);
	});

	test('is the bill of materials, all of it required, and nothing of what only builds and tests', () => {
		expect([bill.bomFormat, bill.metadata.component.name]).toEqual(['CycloneDX', 'rollcall']);
		const refs = bill.components.map(component => component['bom-ref'].split('|')[0]);
		expect(new Set(refs)).toEqual(new Set(bundled));
		expect(refs.filter(ref => /^(?:vitest|esbuild|typescript|@biomejs)/.test(ref ?? ''))).toEqual([]);
		for (const { purl, scope, hashes, licenses } of bill.components) {
			expect([purl, scope, hashes?.length, licenses?.length]).toEqual([purl, 'required', 1, 1]);
		}
	});

	test('leads from the program to what it is made of, and to nothing else', () => {
		const refs = new Set([
			bill.metadata.component['bom-ref'],
			...bill.components.map(each => each['bom-ref']),
		]);
		const [own] = bill.dependencies.filter(({ ref }) => ref === bill.metadata.component['bom-ref']);
		expect(own?.dependsOn).toContain(`ink@${lock.packages['node_modules/ink']?.version}`);
		expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter(ref => !refs.has(ref))).toEqual([]);
	});
});
