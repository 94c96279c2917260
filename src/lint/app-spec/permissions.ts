import path from 'node:path';
import { type Finding, finding, type Place, quoted } from '../finding.ts';
import type { BundleTree } from '../tree.ts';
import { type Field, fieldOf, kindOf, type SpecValue, textOf } from './document.ts';
import { targetsOf } from './files.ts';
import { unknownKeys } from './keys.ts';

const keys = ['object', 'pattern', 'except', 'owner', 'group', 'mode', 'acls', 'context', 'type'];

/** What `permissions` says. */
export function lintPermissions(
	root: SpecValue,
	tree: BundleTree,
	os: 'linux' | 'windows',
): readonly Finding[] {
	const field = fieldOf(root, 'permissions');
	if (!field || field.value.type === 'null') return [];
	const { value } = field;
	if (value.type !== 'list') {
		return [
			finding('appspec-structure', value.place, `permissions is ${kindOf(value)} where a list is expected`),
		];
	}
	if (os === 'windows' && value.items.length > 0) {
		return [finding('permissions-on-windows', field.place, 'permissions are set and os is windows')];
	}
	const copied = copiedFiles(root, tree);
	const seen = new Map<string, Place>();
	return value.items.flatMap(item => {
		if (item.type !== 'map') {
			const what = `a permission is ${kindOf(item)} where object is expected`;
			return [finding('appspec-structure', item.place, what)];
		}
		return [...lintObject(item, copied, seen), ...lintSettings(item)];
	});
}

function lintObject(
	item: SpecValue,
	copied: ReadonlySet<string>,
	seen: Map<string, Place>,
): readonly Finding[] {
	const object = fieldOf(item, 'object');
	const name = textOf(object?.value);
	if (!object || name === undefined || name === '') {
		return [finding('permissions-object-missing', item.place, 'a permission has no object')];
	}
	const { place } = object.value;
	if (/[*?]/.test(name))
		return [finding('permissions-glob', place, `the object ${quoted(name)} has a wildcard`)];
	const target = path.posix.normalize(name).replace(/(.)\/$/, '$1');
	const findings: Finding[] = [];
	const isFile = copied.has(target) && typesOf(fieldOf(item, 'type')).includes('file');
	const before = seen.get(target);
	if (isFile && before) {
		const what = `${quoted(name)} has permissions already in line ${before.line ?? 1}`;
		findings.push(finding('permissions-duplicate', place, what));
	}
	seen.set(target, place);
	const pattern = fieldOf(item, 'pattern');
	const except = fieldOf(item, 'except')?.value;
	const hasPattern = pattern && pattern.value.type !== 'null' && textOf(pattern.value) !== '**';
	if (isFile && (hasPattern || (except?.type === 'list' && except.items.length > 0))) {
		const what = `${quoted(name)} is a file of the bundle, and a pattern or an exception is set for it`;
		findings.push(finding('permissions-pattern', place, what));
	}
	return findings;
}

function typesOf(field: Field | undefined): readonly string[] {
	if (!field || field.value.type === 'null') return ['file', 'directory'];
	return field.value.type === 'list' ? field.value.items.map(item => textOf(item) ?? '') : [];
}

function lintSettings(item: SpecValue): readonly Finding[] {
	return [
		...unknownKeys(item, keys, 'a permission'),
		...lintList(fieldOf(item, 'except')),
		...lintType(fieldOf(item, 'type')),
		...lintMode(fieldOf(item, 'mode')),
		...lintAcls(fieldOf(item, 'acls')),
		...lintContext(fieldOf(item, 'context')),
	];
}

function lintList(field: Field | undefined): readonly Finding[] {
	if (!field || field.value.type === 'null' || field.value.type === 'list') return [];
	const what = `${field.key} is ${kindOf(field.value)} where a list is expected`;
	return [finding('appspec-structure', field.value.place, what)];
}

function lintType(field: Field | undefined): readonly Finding[] {
	if (field?.value.type !== 'list') return lintList(field);
	return field.value.items
		.filter(item => !['file', 'directory'].includes(textOf(item) ?? ''))
		.map(item => finding('permissions-type', item.place, `the type is ${kindOf(item)}`));
}

/** AWS: what YAML makes of it, as text: an octal number has become a decimal one by then. */
function lintMode(field: Field | undefined): readonly Finding[] {
	if (!field || field.value.type === 'null') return [];
	const { value } = field;
	const read = value.type === 'scalar' ? String(value.value) : undefined;
	const isOctal =
		value.type === 'scalar' && !value.isQuoted && /^0\d/.test(value.source) && read !== value.source;
	const seen = isOctal ? `${kindOf(value)}, which YAML reads as ${read}` : kindOf(value);
	if (read === undefined || !/^[0-7]{1,4}$/.test(read)) {
		return [finding('permissions-mode', value.place, `the mode is ${seen}`)];
	}
	return isOctal ? [finding('permissions-mode-octal', value.place, `the mode is ${seen}`)] : [];
}

const acl = /^(?:(?:d|default):)?(?:(?:u|user|g|group|m|mask|o|other):)?[^:]*:(?:[0-7]|[rwx-]*)$/;

/** AWS: what the mode says already is refused. */
const baseAcl = /^(?:(?:u|user|g|group|o|other)?:)?:[^:]*$|^(?:o|other):[^:]*$/;

function lintAcls(field: Field | undefined): readonly Finding[] {
	if (field?.value.type !== 'list') return lintList(field);
	return field.value.items
		.filter(item => !acl.test(textOf(item) ?? '') || baseAcl.test(textOf(item) ?? ''))
		.map(item => finding('permissions-acl', item.place, `the entry of acls is ${kindOf(item)}`));
}

function lintContext(field: Field | undefined): readonly Finding[] {
	if (!field || field.value.type === 'null') return [];
	const type = fieldOf(field.value, 'type');
	if (type && type.value.type !== 'null') return [];
	return [finding('permissions-context', field.place, 'the context has no type')];
}

/** Where the single files of `files` go to, and those of its folders. */
function copiedFiles(root: SpecValue, tree: BundleTree): ReadonlySet<string> {
	const files = fieldOf(root, 'files')?.value;
	const copied = new Set<string>();
	for (const item of files?.type === 'list' ? files.items : []) {
		const source = textOf(fieldOf(item, 'source')?.value);
		const destination = textOf(fieldOf(item, 'destination')?.value);
		if (source === undefined || destination === undefined) continue;
		for (const target of targetsOf({ source, destination }, tree)) copied.add(target);
	}
	return copied;
}
