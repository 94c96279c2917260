import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync, transformSync } from 'esbuild';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { policyFeatures } from '../src/cli/iam-policy.ts';

const root = path.join(import.meta.dirname, '..');
const launcher = path.join(root, 'bin/rollcall.js');
const manifest: {
	readonly version: string;
	readonly engines: { readonly node: string };
	readonly dependencies?: object;
} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

function run(...args: readonly string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
	return { status, stdout, stderr };
}

/** What `npm publish` would send. */
function packedFiles(): readonly string[] {
	const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
	const [packed]: readonly { readonly files: readonly { readonly path: string }[] }[] = JSON.parse(
		execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
	);
	return (packed?.files ?? []).map(file => file.path).sort();
}

describe('the package', () => {
	const bundle = new Map<string, string>();

	beforeAll(() => {
		const dist = path.join(root, 'dist');
		for (const file of readdirSync(dist, { recursive: true, withFileTypes: true })) {
			if (!file.isFile()) continue;
			const name = path.join(file.parentPath, file.name);
			bundle.set(path.relative(root, name).replaceAll(path.sep, '/'), readFileSync(name, 'utf8'));
		}
	});

	test('holds the launcher, the bundle, the schemas and what a reader looks for, and nothing else', () => {
		const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'];
		const schemas = readdirSync(path.join(root, 'schemas')).map(name => `schemas/${name}`);
		const policies = policyFeatures.map(feature => `policies/${feature}.json`);
		expect(packedFiles()).toEqual(
			[...papers, ...policies, ...schemas, 'bin/rollcall.js', ...bundle.keys()].sort(),
		);
	});

	test('has nothing to download when it is installed', () => {
		expect(manifest.dependencies).toBeUndefined();
		const { metafile } = buildSync({
			absWorkingDir: root,
			entryPoints: [...bundle.keys()].filter(name => name.endsWith('.js')),
			outdir: 'nowhere',
			bundle: true,
			write: false,
			metafile: true,
			platform: 'node',
			format: 'esm',
			packages: 'external',
		});
		const imports = Object.values(metafile.inputs).flatMap(input => input.imports.map(found => found.path));
		expect(imports.filter(name => !name.startsWith('dist/') && !isBuiltin(name))).toEqual([]);
	});

	test('tells nothing about the machine it was built on, and has no source maps', () => {
		// That of the superuser stands in the logs of machines that the simulator tells of.
		const home = homedir() === '/root' ? [] : [`${homedir()}/`];
		const ownPaths = [root, pathToFileURL(root).href, ...home];
		for (const name of packedFiles()) {
			const text = readFileSync(path.join(root, name), 'utf8');
			const found = [
				...ownPaths.filter(own => text.includes(own)),
				...(/\/(home|Users)\/\w+\//.exec(text)?.slice(0, 1) ?? []),
				...(/[#@] ?sourceMappingURL=/.exec(text) ?? []),
				...(name.endsWith('.map') ? ['a map'] : []),
			];
			expect([name, found]).toEqual([name, []]);
		}
	});

	test('names every package in it, each with its licence', () => {
		const notices = bundle.get('dist/THIRD-PARTY-NOTICES.txt') ?? '';
		for (const name of ['ink', 'react', 'yoga-layout', '@aws-sdk/client-codedeploy', '@smithy/core']) {
			expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|Apache-2\\.0)\\)$`, 'm'));
		}
	});

	test('knows nothing of browsers', () => {
		expect(bundle.get('dist/THIRD-PARTY-NOTICES.txt')).not.toMatch(/^bowser /m);
		expect([...bundle].filter(([, code]) => code.includes('Opera Coast'))).toEqual([]);
	});

	test("has Ink without devtools and without a fetch for its layout engine's code", () => {
		const code = [...bundle.values()].join('\n');
		expect(code).not.toContain('react-devtools-core');
		expect(code).not.toMatch(/data:application\/octet-stream;base64,[A-Za-z0-9]/);
	});
});

describe('the launcher', () => {
	test.each(['--version', '-V'])('answers %s', flag => {
		expect(run(launcher, flag)).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
	});

	test.each(['12.22.12', '20.20.2', '22.11.0'])('says that Node.js %s is too old', version => {
		const pretend = `
			Object.defineProperty(process, 'version', { value: 'v${version}' });
			Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });
		`;
		const { status, stdout, stderr } = run(
			'--import',
			`data:text/javascript,${encodeURIComponent(pretend)}`,
			launcher,
		);
		expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
		expect(stderr).toMatch(/^rollcall needs Node\.js 22\.12 or newer; this is v[\d.]+\. .*\n$/);
		expect(stderr).toContain(`v${version}.`);
		expect(manifest.engines.node).toBe('>=22.12');
	});

	test('is understood by an old Node.js', () => {
		const source = readFileSync(launcher, 'utf8');
		const translate = (target: string) => transformSync(source, { target, format: 'esm' }).code;
		expect(translate('node12.20')).toBe(translate('esnext'));
		expect(translate('esnext')).not.toContain('await');
	});

	test('says what to do when there is no bundle', () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'rollcall-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		cpSync(path.join(root, 'bin'), path.join(folder, 'bin'), { recursive: true });
		cpSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
		expect(run(path.join(folder, 'bin/rollcall.js'))).toEqual({
			status: 70,
			stdout: '',
			stderr: 'rollcall is not built yet: run `npm run build` first.\n',
		});
	});
});
