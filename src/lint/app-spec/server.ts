import { nearest } from '../../lib/nearest.ts';
import { type Finding, finding, type Place, perhaps, quoted } from '../finding.ts';
import type { BundleTree } from '../tree.ts';
import { type Field, fieldOf, kindOf, type SpecDocument, type SpecValue, textOf } from './document.ts';
import { lintFiles } from './files.ts';
import { type HookScript, lintHooks } from './hooks.ts';
import { duplicateKeys } from './keys.ts';
import { lintPermissions } from './permissions.ts';

const sections = ['version', 'os', 'files', 'permissions', 'hooks', 'file_exists_behavior'] as const;
/** Without them whole parts of the deployment would be left out in silence. */
const work: readonly string[] = ['files', 'permissions', 'hooks', 'file_exists_behavior'];

export type ServerSpec = {
	readonly os: 'linux' | 'windows';
	readonly findings: readonly Finding[];
	/** In the order in which they are written. */
	readonly scripts: readonly HookScript[];
};

/** AWS: AppSpec file structure for EC2/On-Premises, as the agent takes it. */
export function lintServerSpec(document: SpecDocument, tree: BundleTree): ServerSpec {
	const { root, file } = document;
	const nothing = { os: 'linux', scripts: [] } as const;
	if (!root) return { ...nothing, findings: document.findings };
	if (root.type === 'null') {
		return {
			...nothing,
			findings: [...document.findings, finding('appspec-empty', { file }, 'the AppSpec is empty')],
		};
	}
	if (root.type !== 'map') {
		const what = `the AppSpec is ${kindOf(root)} where a mapping with version and os is expected`;
		return { ...nothing, findings: [finding('appspec-structure', root.place, what)] };
	}
	const os = textOf(fieldOf(root, 'os')?.value)?.toLowerCase() === 'windows' ? 'windows' : 'linux';
	const hooks = lintHooks(fieldOf(root, 'hooks'), { file }, os);
	const files = lintFiles(root, tree, os);
	return {
		os,
		scripts: hooks.scripts,
		findings: [
			...document.findings,
			...lintVersion(fieldOf(root, 'version'), root.place),
			...lintOs(fieldOf(root, 'os'), root.place),
			...lintSections(root),
			...duplicateKeys(root, 'the AppSpec'),
			...lintFileExists(fieldOf(root, 'file_exists_behavior')),
			...files,
			...lintPermissions(root, tree, os),
			...hooks.findings,
		],
	};
}

/** AWS: only 0.0, and the agent compares numbers. */
function lintVersion(field: Field | undefined, place: Place): readonly Finding[] {
	if (!field) return [finding('appspec-version', place, 'the AppSpec has no version')];
	const { value } = field;
	if (value.type === 'scalar' && value.value === 0) return [];
	const isText = value.type === 'scalar' && Number(value.value) === 0 && typeof value.value === 'string';
	const what = isText
		? `version is the text "${value.source}", not the number 0.0`
		: `version is ${kindOf(value)}`;
	return [finding('appspec-version', value.place, what)];
}

function lintOs(field: Field | undefined, place: Place): readonly Finding[] {
	if (!field) return [finding('appspec-os', place, 'the AppSpec has no os')];
	const { value } = field;
	if (value.type === 'scalar' && (value.value === 'linux' || value.value === 'windows')) return [];
	return [finding('appspec-os', value.place, `os is ${kindOf(value)}`)];
}

function lintSections(root: SpecValue): readonly Finding[] {
	if (root.type !== 'map') return [];
	return root.fields
		.filter(({ key }) => !sections.some(known => known === key))
		.map(({ key, place }) => {
			const guess = nearest(key, sections);
			const rule = guess !== undefined && work.includes(guess) ? 'appspec-section' : 'appspec-unknown-key';
			return finding(rule, place, `the AppSpec has no section ${quoted(key)}${perhaps(guess)}`);
		});
}

function lintFileExists(field: Field | undefined): readonly Finding[] {
	if (!field || field.value.type === 'null') return [];
	const { value } = field;
	if (value.type === 'scalar' && ['DISALLOW', 'OVERWRITE', 'RETAIN'].includes(String(value.value))) return [];
	return [finding('appspec-file-exists-value', value.place, `file_exists_behavior is ${kindOf(value)}`)];
}
