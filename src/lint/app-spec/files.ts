import path from 'node:path';
import { type Finding, finding, type Place, quoted } from '../finding.ts';
import { locate } from '../locate.ts';
import { type BundleTree, normalPath } from '../tree.ts';
import { fieldOf, kindOf, type SpecValue, textOf } from './document.ts';
import { unknownKeys } from './keys.ts';

type Os = 'linux' | 'windows';

/** One entry that says all that it must. */
type FileMapping = {
	readonly source: string;
	readonly destination: string;
	readonly place: Place;
	readonly sourcePlace: Place;
	readonly destinationPlace: Place;
};

/** What `files` says, against what is in the bundle. */
export function lintFiles(root: SpecValue, tree: BundleTree, os: Os): readonly Finding[] {
	const field = fieldOf(root, 'files');
	if (!field || field.value.type === 'null') return [];
	const { value } = field;
	if (value.type !== 'list') {
		return [finding('appspec-structure', value.place, `files is ${kindOf(value)} where a list is expected`)];
	}
	const findings: Finding[] = [];
	const mappings = value.items.flatMap(item => {
		const mapping = readMapping(item);
		if ('rule' in mapping) findings.push(mapping);
		findings.push(...misplacedKeys(item));
		return 'rule' in mapping ? [] : [mapping];
	});
	for (const mapping of mappings) findings.push(...lintMapping(mapping, tree, os));
	return [
		...findings,
		...duplicateDestinations(mappings, tree),
		...fileExistsTrap(root, mappings, field.place),
	];
}

function readMapping(item: SpecValue): FileMapping | Finding {
	if (item.type !== 'map') {
		const what = `an entry of files is ${kindOf(item)} where source and destination are expected`;
		return finding('appspec-structure', item.place, what);
	}
	const source = fieldOf(item, 'source')?.value;
	const destination = fieldOf(item, 'destination')?.value;
	for (const [name, value] of Object.entries({ source, destination })) {
		if (!value || value.type === 'null')
			return finding('files-incomplete', item.place, `the entry has no ${name}`);
		if (value.type !== 'scalar' || typeof value.value !== 'string') {
			return finding(
				'appspec-structure',
				value.place,
				`${name} is ${kindOf(value)} where a text is expected`,
			);
		}
	}
	return {
		source: textOf(source) ?? '',
		destination: textOf(destination) ?? '',
		place: item.place,
		sourcePlace: source?.place ?? item.place,
		destinationPlace: destination?.place ?? item.place,
	};
}

/** People expect these to belong to an entry. */
const elsewhere: Readonly<Record<string, string>> = {
	overwrite: 'there is no such setting: file_exists_behavior at the top of the file is meant',
	file_exists_behavior: 'it counts only at the top of the file',
	permissions: 'it counts only at the top of the file',
};

function misplacedKeys(item: SpecValue): readonly Finding[] {
	if (item.type !== 'map') return [];
	const misplaced = item.fields.flatMap(({ key, place }) => {
		const hint = Object.hasOwn(elsewhere, key) ? elsewhere[key] : undefined;
		return hint
			? [finding('appspec-unknown-key', place, `an entry of files has no ${quoted(key)}: ${hint}`)]
			: [];
	});
	const known = ['source', 'destination', ...Object.keys(elsewhere)];
	return [...misplaced, ...unknownKeys(item, known, 'an entry of files')];
}

function lintMapping(mapping: FileMapping, tree: BundleTree, os: Os): readonly Finding[] {
	const { source, destination, sourcePlace, destinationPlace } = mapping;
	const findings: Finding[] = [];
	const located = locate(tree, source);
	const other = tree.otherCase(normalPath(source) ?? '');
	if (located.type === 'missing' && !(os === 'windows' && other !== undefined)) {
		const hint = other === undefined ? '' : `; ${quoted(other)} is, which differs in case`;
		findings.push(
			finding('files-source-missing', sourcePlace, `${quoted(source)} is not in the bundle${hint}`),
		);
	} else if (located.type === 'inside' && !located.isFolder && isItsName(source, destination)) {
		const what = `${quoted(destination)} becomes a folder with ${quoted(nameOf(source))} in it`;
		findings.push(finding('files-destination-is-folder', destinationPlace, what));
	}
	const isAbsolute = os === 'windows' ? /^([A-Za-z]:)?[\\/]/ : /^\//;
	if (!isAbsolute.test(destination)) {
		const what = `the destination ${quoted(destination)} is no absolute path`;
		findings.push(finding('files-destination-relative', destinationPlace, what));
	}
	return findings;
}

const nameOf = (file: string): string => path.posix.basename(file.replaceAll('\\', '/'));

const isItsName = (source: string, destination: string): boolean => nameOf(source) === nameOf(destination);

/** Where each file is copied to: to the same place twice is refused. One entry for each pair of entries is told. */
function duplicateDestinations(mappings: readonly FileMapping[], tree: BundleTree): readonly Finding[] {
	const owners = new Map<string, FileMapping>();
	const told = new Set<string>();
	const findings: Finding[] = [];
	for (const mapping of mappings) {
		for (const target of targetsOf(mapping, tree)) {
			const owner = owners.get(target);
			if (!owner) owners.set(target, mapping);
			else if (owner !== mapping) {
				const pair = `${owner.place.line} ${mapping.place.line} ${mapping.place.column}`;
				if (told.has(pair)) continue;
				told.add(pair);
				const what = `${quoted(target)} is written from ${quoted(owner.source)} (line ${owner.place.line ?? 1}) and from ${quoted(mapping.source)}`;
				findings.push(finding('files-duplicate-destination', mapping.sourcePlace, what));
			}
		}
	}
	return findings;
}

/** Where the agent copies the files of an entry to. */
export function* targetsOf(
	{ source, destination }: Pick<FileMapping, 'source' | 'destination'>,
	tree: BundleTree,
): Generator<string> {
	const located = locate(tree, source);
	if (located.type !== 'inside') return;
	const folder = path.posix.normalize(destination.replaceAll('\\', '/'));
	if (!located.isFolder) {
		yield path.posix.join(folder, nameOf(source));
		return;
	}
	const start = located.path === '' ? 0 : located.path.length + 1;
	for (const file of tree.filesUnder(located.path)) yield path.posix.join(folder, file.slice(start));
}

/** Folders that packages, other programs or people write to. */
const shared = new RegExp(
	`^(?:${[
		'/|/(?:etc|bin|sbin|lib|lib64|tmp|root|opt|srv|home|var)',
		'/etc/(?:nginx|httpd|apache2|.*\\.d)|/(?:etc|(?:usr/)?lib)/systemd/system',
		'/usr(?:/[^/]+){0,2}|/usr/share/nginx/html',
		'/var/www(?:/html)?|/var/lib/[^/]+|/home/[^/]+',
		'[A-Za-z]:[\\\\/]?|[A-Za-z]:[\\\\/]inetpub[\\\\/]wwwroot',
	].join('|')})[\\\\/]?$`,
	'i',
);

function fileExistsTrap(root: SpecValue, mappings: readonly FileMapping[], place: Place): readonly Finding[] {
	const behavior = textOf(fieldOf(root, 'file_exists_behavior')?.value);
	if (behavior !== undefined && behavior !== 'DISALLOW') return [];
	const trapped = mappings.find(({ destination }) => shared.test(destination));
	if (!trapped) return [];
	const what = `files go to ${quoted(trapped.destination)}, where others write too, and file_exists_behavior is ${behavior ?? 'not set'}`;
	return [finding('files-exist-trap', place, what)];
}
