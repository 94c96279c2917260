import pLimit from 'p-limit';
import { readYaml, type SpecDocument } from './app-spec/document.ts';
import { findAppSpec, missingAppSpec, type Platform, platformOf } from './app-spec/find.ts';
import type { HookScript } from './app-spec/hooks.ts';
import { readJson } from './app-spec/json.ts';
import { lintServerSpec } from './app-spec/server.ts';
import { lintServerlessSpec } from './app-spec/serverless.ts';
import type { BundleKind, BundleReader } from './bundle.ts';
import { lintPaths } from './contents/paths.ts';
import { filesToSearch, secretFiles, secretsIn } from './contents/secrets.ts';
import { type Finding, finding, quoted } from './finding.ts';
import { locate } from './locate.ts';
import { lintScript } from './scripts/lint-script.ts';
import { type BundleTree, bundleTree, normalPath } from './tree.ts';

/** What lint has to say of a bundle. */
export type LintResult = {
	readonly kind: BundleKind;
	/** Undefined when neither the user nor the AppSpec told. */
	readonly platform: Platform | undefined;
	/** Of the servers. */
	readonly os: 'linux' | 'windows' | undefined;
	/** Path of the AppSpec in the bundle. */
	readonly appSpec: string | undefined;
	readonly files: number;
	/** Bytes when unpacked. */
	readonly size: number;
	/** Errors first, then by file and line. */
	readonly findings: readonly Finding[];
	/** What was not looked at, in sentences. */
	readonly notChecked: readonly string[];
	/** Scripts of hooks that are there, on hosts with Linux: where they lie in the bundle. */
	readonly scripts: readonly string[];
};

/** No AppSpec is larger. */
const appSpecLimit = 1024 * 1024;
const scriptLimit = 4 * 1024 * 1024;
/** Files that are read at the same time. */
const concurrency = 32;

/** What an AppSpec alone cannot tell. */
const aboutOthers: ReadonlySet<string> = new Set(['files-source-missing', 'script-missing']);

/** Looks through a bundle. Reads only what rules need, and writes nothing. Throws BundleRefused. */
export async function lintBundle(reader: BundleReader, platform?: Platform): Promise<LintResult> {
	const tree = bundleTree(reader);
	const files = [...tree.entries.values()].filter(({ type }) => type === 'file');
	const contents = await searchSecrets(reader, tree);
	const spec = await lintAppSpec(reader, tree, platform);
	const isAlone = reader.kind === 'file' && spec.platform === 'server';
	const found = [...lintPaths(reader, tree), ...secretFiles(tree), ...contents.findings, ...spec.findings];
	const findings = isAlone ? found.filter(({ rule }) => !aboutOthers.has(rule)) : found;
	return {
		kind: reader.kind,
		platform: spec.platform,
		os: spec.os,
		appSpec: spec.appSpec,
		files: files.length,
		size: files.reduce((sum, { size }) => sum + size, 0),
		findings: inOrder(findings),
		notChecked: [
			...contents.notChecked,
			...(isAlone ? ['the files and scripts that the AppSpec names: give the folder that holds it'] : []),
		],
		scripts: spec.scripts,
	};
}

/** What comes of a file that is no archive, or a damaged one. */
export const brokenArchive = (name: string, what: string): LintResult => ({
	kind: 'file',
	platform: undefined,
	os: undefined,
	appSpec: undefined,
	files: 0,
	size: 0,
	findings: [finding('bundle-not-an-archive', { file: name }, what)],
	notChecked: [],
	scripts: [],
});

/** Errors first; the same thing is told once. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
	const rank = ({ severity }: Finding) => (severity === 'error' ? 0 : 1);
	const distinct = new Map(findings.map(each => [JSON.stringify(each), each]));
	return [...distinct.values()].sort(
		(a, b) =>
			rank(a) - rank(b) ||
			compare(a.file, b.file) ||
			(a.line ?? 0) - (b.line ?? 0) ||
			(a.column ?? 0) - (b.column ?? 0),
	);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type SpecResult = Pick<LintResult, 'platform' | 'os' | 'appSpec' | 'findings' | 'scripts'>;

async function lintAppSpec(
	reader: BundleReader,
	tree: BundleTree,
	wanted: Platform | undefined,
): Promise<SpecResult> {
	const nothing = { platform: wanted, os: undefined, appSpec: undefined, scripts: [] };
	const appSpec = findAppSpec(tree);
	const located = locate(tree, appSpec ?? 'appspec.yml');
	const entry = located.type === 'inside' ? tree.entries.get(located.path) : undefined;
	if (appSpec === undefined || !entry) {
		return { ...nothing, findings: [missingAppSpec(tree)] };
	}
	if (entry.size > appSpecLimit) {
		const what = `the AppSpec has ${entry.size.toLocaleString('en')} bytes`;
		return { ...nothing, appSpec, findings: [finding('appspec-too-large', { file: appSpec }, what)] };
	}
	const text = new TextDecoder().decode(await reader.read(entry, appSpecLimit));
	const document = appSpec.endsWith('.json') ? readJson(appSpec, text) : readYaml(appSpec, text);
	const platform = wanted ?? platformOf(document) ?? (appSpec.endsWith('.json') ? undefined : 'server');
	if (platform !== 'server') {
		const findings = lintServerlessSpec(document, platform ?? 'ecs');
		return { ...nothing, platform, appSpec, findings };
	}
	return { platform, appSpec, ...(await lintServer(reader, tree, document)) };
}

async function lintServer(
	reader: BundleReader,
	tree: BundleTree,
	document: SpecDocument,
): Promise<Pick<LintResult, 'os' | 'findings' | 'scripts'>> {
	const spec = lintServerSpec(document, tree);
	const findings = [...spec.findings];
	if (document.file !== 'appspec.yml') {
		findings.push(finding('appspec-name', { file: document.file }, `the AppSpec is named ${document.file}`));
	}
	const found = new Set<string>();
	for (const script of spec.scripts) {
		const place = placeScript(script, tree, spec.os);
		if (typeof place === 'string') found.add(place);
		else if (place) findings.push(place);
	}
	if (spec.os === 'windows') return { os: spec.os, findings, scripts: [] };
	const limit = pLimit(concurrency);
	const scripts = await Promise.all(
		[...found].map(path =>
			limit(async () => {
				const entry = tree.entries.get(path);
				if (entry?.type !== 'file') return [];
				const bytes = await reader.read(entry, scriptLimit);
				return lintScript({ file: path, bytes, mode: entry.mode, isWhole: entry.size <= bytes.length });
			}),
		),
	);
	return { os: spec.os, findings: [...findings, ...scripts.flat()], scripts: [...found] };
}

/** Where a script lies in the bundle, or why it is not found; undefined where a link leads out of it. */
function placeScript(
	{ location, place }: HookScript,
	tree: BundleTree,
	os: 'linux' | 'windows',
): string | Finding | undefined {
	// Outside of Windows it is a character like others.
	const path = os === 'windows' ? location : location.replaceAll('\\', '\u0000');
	const located = locate(tree, path);
	if (located.type === 'outside') return undefined;
	if (located.type === 'inside') {
		return located.isFolder
			? finding('script-is-folder', place, `${quoted(location)} is a folder`)
			: located.path;
	}
	const other = tree.otherCase(normalPath(path) ?? '');
	if (other !== undefined && os === 'windows') return other;
	const hint = other === undefined ? '' : `; ${quoted(other)} is, which differs in case`;
	return finding('script-missing', place, `${quoted(location)} is not in the bundle${hint}`);
}

async function searchSecrets(
	reader: BundleReader,
	tree: BundleTree,
): Promise<Pick<LintResult, 'findings' | 'notChecked'>> {
	const { files, left } = filesToSearch(tree);
	const limit = pLimit(concurrency);
	const found = await Promise.all(
		files.map(([path, entry]) => limit(async () => secretsIn(path, await reader.read(entry, entry.size)))),
	);
	const notChecked =
		left === 0 ? [] : [`${left} large ${left === 1 ? 'file was' : 'files were'} not searched for secrets`];
	return { findings: found.flat(), notChecked };
}
