import type { BundleEntry, BundleReader } from '../bundle.ts';
import { type Finding, finding, quoted } from '../finding.ts';
import { isAbsolute, parentOf } from '../locate.ts';
import { type BundleTree, normalPath } from '../tree.ts';

/** How many of one kind are told; the rest is counted. */
const most = 5;

/** Bytes beyond which a file is worth a word. */
const largeFile = 100 * 1024 * 1024;

/** What the names, the kinds and the sizes of what is in the bundle tell. */
export function lintPaths(
	{ kind, entries }: Pick<BundleReader, 'kind' | 'entries'>,
	tree: BundleTree,
): Finding[] {
	return [
		...lintParents(kind, entries),
		...lintAbsolute(entries),
		...few(linksOutside(tree)),
		...few(duplicates(entries)),
		...few(caseClashes(tree)),
		...leftovers(tree),
		...few(largeFiles(tree)),
	];
}

/** The first ones, and how many there are. */
function few(findings: readonly Finding[]): readonly Finding[] {
	const rest = findings.length - most;
	if (rest <= 0) return findings;
	return findings
		.slice(0, most)
		.map((each, index) =>
			index === most - 1 ? { ...each, what: `${each.what}, and ${rest} more in the bundle` } : each,
		);
}

function lintParents(kind: BundleReader['kind'], entries: readonly BundleEntry[]): readonly Finding[] {
	const leaving = entries.filter(({ path }) => normalPath(path) === undefined);
	// AWS: where unzip fails the agent unpacks by itself, and leaves such entries out.
	const severity = kind === 'zip' ? (['warning'] as const) : [];
	return few(
		leaving.map(({ path }) =>
			finding('bundle-parent-path', { file: path }, `${quoted(path)} leads out of the bundle`, ...severity),
		),
	);
}

const lintAbsolute = (entries: readonly BundleEntry[]): readonly Finding[] =>
	few(
		entries
			.filter(({ path }) => /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path))
			.map(({ path }) =>
				finding('bundle-absolute-path', { file: path }, `${quoted(path)} is an absolute path`),
			),
	);

function linksOutside(tree: BundleTree): readonly Finding[] {
	return [...tree.entries].flatMap(([path, { type, target }]) => {
		if (type !== 'symlink' || target === undefined) return [];
		const isInside = !isAbsolute(target) && normalPath(`${parentOf(path)}/${target}`) !== undefined;
		if (isInside) return [];
		return [
			finding(
				'bundle-link-outside',
				{ file: path },
				`it is a link to ${quoted(target)}, outside of the bundle`,
			),
		];
	});
}

function duplicates(entries: readonly BundleEntry[]): readonly Finding[] {
	const seen = new Set<string>();
	return entries.flatMap(({ path, type }) => {
		if (type === 'folder') return [];
		const normal = normalPath(path);
		if (normal === undefined || !seen.has(normal)) {
			if (normal !== undefined) seen.add(normal);
			return [];
		}
		return [finding('bundle-duplicate-entry', { file: path }, `${quoted(path)} is in the bundle again`)];
	});
}

function caseClashes(tree: BundleTree): readonly Finding[] {
	const seen = new Map<string, string>();
	return [...tree.entries.keys()].flatMap(path => {
		const lowered = path.toLowerCase();
		const other = seen.get(lowered);
		seen.set(lowered, path);
		return other === undefined
			? []
			: [
					finding(
						'bundle-case-clash',
						{ file: path },
						`${quoted(path)} and ${quoted(other)} are in the bundle`,
					),
				];
	});
}

function leftovers(tree: BundleTree): readonly Finding[] {
	const found: Finding[] = [];
	const first = (pattern: RegExp) => [...tree.entries.keys()].find(path => pattern.test(path));
	const macos = first(/^__MACOSX(?:\/|$)/) ?? first(/(?:^|\/)\.DS_Store$/);
	if (macos !== undefined) {
		found.push(finding('bundle-macos-leftovers', { file: macos }, 'the bundle has what macOS leaves behind'));
	}
	if (tree.has('.git'))
		found.push(finding('bundle-version-control', { file: '.git' }, 'the bundle has a .git folder'));
	return found;
}

function largeFiles(tree: BundleTree): readonly Finding[] {
	return [...tree.entries]
		.filter(([, { size }]) => size > largeFile)
		.map(([path, { size }]) => {
			const megabytes = Math.round(size / 1024 / 1024).toLocaleString('en');
			return finding('bundle-large-file', { file: path }, `the file has ${megabytes} MiB`);
		});
}
