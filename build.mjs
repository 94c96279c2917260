/**
 * Bundles src/main.ts with everything it needs into dist/, so that the package has no dependencies to install and
 * starts fast. What is imported dynamically (Ink and React, the SDK's clients, the simulator) gets chunks of its own.
 */
import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));

/** Bundles `entry` into `outdir`, which is emptied first. */
export async function bundle(entry, outdir) {
	await rm(outdir, { recursive: true, force: true });
	const { metafile } = await build({
		absWorkingDir: root,
		entryPoints: { main: entry },
		outdir,
		chunkNames: 'chunks/[name]-[hash]',
		bundle: true,
		splitting: true,
		metafile: true,
		format: 'esm',
		platform: 'node',
		target: 'node22.12',
		// The SDK's ES modules leave out what is not used, and keep their names when imported dynamically.
		mainFields: ['module', 'main'],
		minifySyntax: true,
		minifyWhitespace: true,
		// Stack traces of a crash report are read by people: names stay as they are. To shorten them and then put the
		// real ones back on every function would take twenty milliseconds of each start.
		minifyIdentifiers: false,
		legalComments: 'none',
		logLevel: 'warning',
		define: { 'process.env.NODE_ENV': '"production"' },
		// CommonJS packages call require() for Node's own modules, and a module has none.
		banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
		plugins: [
			lazyBuiltins,
			slimSchemas,
			yogaWithoutFetch,
			fastStringWidth,
			rememberedRows,
			longSteps,
			withoutDevtools,
			withoutBrowsers,
			leanProxyAgents,
		],
	});
	await writeFile(path.join(root, outdir, 'THIRD-PARTY-NOTICES.txt'), await notices(metafile));
	return metafile;
}

/**
 * Importing one of Node's own modules into an ES module reads every property that it has, and some of those load more:
 * that of HTTP brings in the whole of `fetch` and WebSocket, that of files brings in streams. Asked for by its name a
 * module gives only what is used of it.
 */
const lazyBuiltins = {
	name: 'lazy-builtins',
	setup({ onResolve, onLoad }) {
		const kinds = ['import-statement', 'dynamic-import'];
		onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path: name, kind }) =>
			kinds.includes(kind) && isBuiltin(name) ? { path: name, namespace: kind } : undefined,
		);
		const get = name => `process.getBuiltinModule(${JSON.stringify(name)})`;
		onLoad({ filter: /.*/, namespace: 'import-statement' }, ({ path: name }) => ({
			contents: `module.exports = ${get(name)};`,
		}));
		// What is imported later has to have its names.
		onLoad({ filter: /.*/, namespace: 'dynamic-import' }, ({ path: name }) => ({
			contents: `const builtin = ${get(name)};
export default builtin;
export const { ${plainNames(process.getBuiltinModule(name)).join(', ')} } = builtin;`,
		}));
	},
};

/** Those that are there without anything being loaded for them. */
const plainNames = builtin =>
	Object.entries(Object.getOwnPropertyDescriptors(builtin))
		.filter(([name, { get }]) => get === undefined && /^[A-Za-z_]\w*$/.test(name) && name !== 'default')
		.map(([name]) => name);

/**
 * Every SDK client describes all that its service can do, and computed keys keep a bundler from leaving out what nobody
 * asks for: of EC2 that is half a megabyte, which takes longer to run than everything else before the first frame.
 * Made by calls that are marked as pure, unused descriptions are dropped.
 */
const slimSchemas = {
	name: 'slim-schemas',
	setup({ onLoad }) {
		const description = /^((?:export )?var [\w$]+ = )(\[(?:[^\n]*\]|[\s\S]*?\n\]));$/gm;
		onLoad({ filter: /\/client-[^/]+\/dist-es\/schemas\/schemas_\d+\.js$/ }, async ({ path: file }) => {
			const source = await readFile(file, 'utf8');
			return {
				contents: patch(
					source,
					description,
					(_, name, value) => `${name}/* @__PURE__ */ (() => ${value})();`,
				),
				loader: 'js',
			};
		});
	},
};

/**
 * yoga-layout reads its WebAssembly through `fetch('data:…')`, which makes Node load its whole HTTP client before the
 * first frame. Handed the bytes, it asks nobody.
 */
const yogaWithoutFetch = {
	name: 'yoga-without-fetch',
	setup({ onLoad }) {
		onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path: file }) => {
			const source = await readFile(file, 'utf8');
			const dataUrl = /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/;
			const wasm = dataUrl.exec(source)?.[1];
			const emptied = patch(source, dataUrl, '"data:application/octet-stream;base64,"');
			const handedOver = `const wasmBinary = Buffer.from('${wasm}', 'base64');\nexport default () => loadYoga({ wasmBinary });`;
			return { contents: patch(emptied, 'export default loadYoga;', handedOver), loader: 'js' };
		});
	},
};

/** Everyone who measures text, Ink first of all, gets the short cut for plain characters. */
const fastStringWidth = {
	name: 'fast-string-width',
	setup({ onResolve, onLoad }) {
		const shortCut = path.join(root, 'src/lib/fast-string-width.ts');
		onResolve({ filter: /^string-width$/ }, ({ importer, kind }) => {
			if (kind === 'require-call') return undefined;
			return { path: 'string-width', namespace: importer === shortCut ? 'late' : 'fast' };
		});
		onLoad({ filter: /.*/, namespace: 'fast' }, () => ({
			contents: `export { stringWidth as default } from ${JSON.stringify(shortCut)};`,
			resolveDir: root,
		}));
		// Its patterns of all emoji take longer to be made than a frame, and most screens have none.
		onLoad({ filter: /.*/, namespace: 'late' }, () => ({
			contents: `let original;
export default (text, options) => (original ??= require('string-width').default)(text, options);`,
			resolveDir: root,
		}));
	},
};

/** What Ink works out about every row for every frame it works out once for each row that is new. */
const rememberedRows = {
	name: 'remembered-rows',
	setup({ onLoad }) {
		const wrap = (what, wrapper, call) => `
import { ${wrapper} } from ${JSON.stringify(path.join(root, 'src/lib', what))};
export default ${call};`;
		onLoad({ filter: /\/ink\/build\/output\.js$/ }, async ({ path: file }) => {
			const source = patch(await readFile(file, 'utf8'), 'export default class Output', 'class Output');
			return {
				contents: source + wrap('remembered-rows.ts', 'rememberRows', 'rememberRows(Output)'),
				loader: 'js',
			};
		});
		onLoad({ filter: /\/ink\/build\/sanitize-ansi\.js$/ }, async ({ path: file }) => {
			const source = patch(await readFile(file, 'utf8'), 'export default sanitizeAnsi;', '');
			return {
				contents: source + wrap('memo.ts', 'memoRecent', 'memoRecent(400, sanitizeAnsi)'),
				loader: 'js',
			};
		});
	},
};

/** Rows that stay as they are Ink steps over one by one, which is a quarter of all that it writes: one step does. */
const longSteps = {
	name: 'long-steps',
	setup({ onLoad }) {
		onLoad({ filter: /\/ink\/build\/log-update\.js$/ }, async ({ path: file }) => {
			const stepped = String.raw`buffer.join('').replace(/(?:\x1b\[E){2,}/g, steps => '\x1b[' + steps.length / 3 + 'E')`;
			return { contents: patch(await readFile(file, 'utf8'), "buffer.join('')", stepped), loader: 'js' };
		});
	},
};

/** With `DEV=true`, as many a shell has it, Ink would look for devtools and complain on the screen that has none. */
const withoutDevtools = {
	name: 'without-devtools',
	setup({ onLoad }) {
		onLoad({ filter: /\/ink\/build\/(ink|reconciler)\.js$/ }, async ({ path: file }) => {
			const source = await readFile(file, 'utf8');
			return { contents: patch(source, /process\.env\['DEV'\] === 'true'/g, 'false'), loader: 'js' };
		});
	},
};

/** The SDK tells AWS which browser it runs in, and knows all of them for that. Here is none. */
const withoutBrowsers = {
	name: 'without-browsers',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^bowser$/ }, ({ path: name }) => ({ path: name, namespace: 'browsers' }));
		onLoad({ filter: /.*/, namespace: 'browsers' }, () => ({ contents: 'export default undefined;' }));
	},
};

/**
 * The agents for proxies: with `DEBUG=*`, as many a shell has it, they would print across the screen; and Kerberos, which
 * nothing here asks them for, would have to be installed.
 */
const leanProxyAgents = {
	name: 'lean-proxy-agents',
	setup({ onResolve, onLoad }) {
		const contents = {
			debug: 'export default () => () => {};',
			'proxy-agent-negotiate': 'export const createNegotiateAuth = () => undefined;',
		};
		onResolve({ filter: /^(debug|proxy-agent-negotiate)$/ }, ({ path: name }) => ({
			path: name,
			namespace: 'lean',
		}));
		onLoad({ filter: /.*/, namespace: 'lean' }, ({ path: name }) => ({ contents: contents[name] }));
	},
};

/** A package that has changed shape must stop the build, not undo a patch in silence. */
function patch(source, pattern, replacement) {
	const patched = source.replace(pattern, typeof replacement === 'string' ? () => replacement : replacement);
	if (patched === source) throw new Error(`nothing to patch: ${pattern} is not there any more`);
	return patched;
}

/** The folders of all packages of which something is bundled, and their manifests. */
export async function bundledPackages({ inputs }) {
	const folders = new Set(
		Object.keys(inputs).flatMap(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
	);
	const read = folder => readFile(path.join(root, folder, 'package.json'), 'utf8');
	return Promise.all(
		[...folders].sort().map(async folder => ({ folder, manifest: JSON.parse(await read(folder)) })),
	);
}

/** The licence of every bundled package, packages with the same text together. */
async function notices(metafile) {
	const packagesOf = new Map();
	for (const { folder, manifest } of await bundledPackages(metafile)) {
		const text = await licenceText(folder, manifest);
		packagesOf.set(text, [
			...(packagesOf.get(text) ?? []),
			`${manifest.name} ${manifest.version} (${manifest.license})`,
		]);
	}
	const sections = [...packagesOf].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`);
	return ['Rollcall contains these packages.\n', ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * The bill of materials of the package, CycloneDX as npm itself writes it from the lockfile. To npm everything here is a
 * development dependency: of its components those are kept that esbuild has put into the bundle, and these are required.
 */
export async function billOfMaterials(metafile) {
	const packages = await bundledPackages(metafile);
	const bundled = new Set(packages.map(({ manifest }) => `${manifest.name}@${manifest.version}`));
	const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
	const bill = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }));
	const own = bill.metadata.component['bom-ref'];
	const components = bill.components.filter(({ 'bom-ref': ref }) => bundled.has(withoutPath(ref)));
	const missing = [...bundled].filter(
		name => !components.some(({ 'bom-ref': ref }) => withoutPath(ref) === name),
	);
	if (missing.length > 0)
		throw new Error(`the lockfile does not have what is bundled: ${missing.join(', ')}`);
	const refs = new Set([own, ...components.map(component => component['bom-ref'])]);
	const { name } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
	return {
		...bill,
		metadata: { ...bill.metadata, component: { ...bill.metadata.component, name } },
		components: components.map(({ properties = [], ...component }) => ({
			...component,
			scope: 'required',
			properties: properties.filter(property => property.name !== 'cdx:npm:package:development'),
		})),
		dependencies: bill.dependencies
			.filter(({ ref }) => refs.has(ref))
			.map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(each => refs.has(each)) })),
	};
}

/** Of several copies npm tells where each is: `name@1.2.3|node_modules/other/node_modules/name`. */
const withoutPath = ref => ref.split('|')[0];

async function licenceText(folder, { name, license, author }) {
	const entries = await readdir(path.join(root, folder));
	const files = entries.filter(entry => /^(licen[cs]e|notice|copying)(\.|$)/i.test(entry)).sort();
	const texts = await Promise.all(files.map(file => readFile(path.join(root, folder, file), 'utf8')));
	if (texts.length > 0) return texts.map(text => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
	// Some packages name their licence and forget its text.
	if (license === 'Apache-2.0') return (await readFile(path.join(root, 'LICENSE'), 'utf8')).trim();
	if (license === 'MIT') return `Copyright (c) ${author.name ?? author}\n\n${mit}`;
	throw new Error(`${name} has no licence text`);
}

const mit = `\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const metafile = await bundle('src/main.ts', 'dist');
	if (process.argv.includes('--sbom'))
		console.log(JSON.stringify(await billOfMaterials(metafile), undefined, 2));
}
