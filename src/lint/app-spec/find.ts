import { type Finding, finding } from '../finding.ts';
import type { BundleTree } from '../tree.ts';
import { fieldOf, type SpecDocument, type SpecValue, textOf } from './document.ts';
import { fieldNamed } from './shapes.ts';

/** What an AppSpec deploys to. */
export type Platform = 'server' | 'ecs' | 'lambda';

/** Names that an AppSpec may have, the agent's own first. */
const names = ['appspec.yml', 'appspec.yaml', 'appspec.json'];

/** The AppSpec at the root of a bundle, whatever it is for; undefined without one. */
export const findAppSpec = (tree: BundleTree): string | undefined =>
	names.find(name => tree.entries.has(name) && !tree.isFolder(name));

/** What to say when there is none: where there is something like one. */
export function missingAppSpec(tree: BundleTree): Finding {
	const candidates = [...tree.entries.keys()].filter(path =>
		/(?:^|\/)app[-_]?spec\.(?:ya?ml|json)$/i.test(path),
	);
	const [nearest] = candidates.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
	const hint = nearest === undefined ? '' : `; there is ${nearest}`;
	return finding(
		'appspec-missing',
		{ file: 'appspec.yml' },
		`the bundle has no appspec.yml at its root${hint}`,
	);
}

/** Tells by what is in it; undefined when that says nothing. */
export function platformOf({ root }: SpecDocument): Platform | undefined {
	if (root?.type !== 'map') return undefined;
	if (['os', 'files', 'permissions'].some(key => fieldOf(root, key))) return 'server';
	const resources = fieldNamed(root, 'Resources')?.value;
	if (!resources) return fieldOf(root, 'hooks')?.value.type === 'map' ? 'server' : undefined;
	const items = resources.type === 'list' ? resources.items : [];
	const named = items.flatMap(item => (item.type === 'map' ? item.fields : []));
	for (const { value } of named) {
		const platform = platformOfResource(value);
		if (platform) return platform;
	}
	return 'ecs';
}

function platformOfResource(resource: SpecValue): Platform | undefined {
	const type = textOf(fieldNamed(resource, 'Type')?.value) ?? '';
	if (/lambda/i.test(type)) return 'lambda';
	if (/ecs/i.test(type)) return 'ecs';
	const properties = fieldNamed(resource, 'Properties')?.value;
	if (fieldNamed(properties, 'TaskDefinition')) return 'ecs';
	return fieldNamed(properties, 'Alias') ? 'lambda' : undefined;
}
