/** The nested members that a Query request spells out in flat names: `Filter.1.Value.2=i-…`. */
export function expandForm(form: URLSearchParams): Readonly<Record<string, unknown>> {
	const root: Node = new Map();
	for (const [name, value] of form) plant(root, name.split('.'), value);
	return Object.fromEntries([...root].map(([name, node]) => [name, fold(node)]));
}

type Node = Map<string, Node | string>;

function plant(node: Node, [name = '', ...rest]: readonly string[], value: string): void {
	if (rest.length === 0) {
		node.set(name, value);
		return;
	}
	const known = node.get(name);
	const child: Node = known instanceof Map ? known : new Map();
	node.set(name, child);
	plant(child, rest, value);
}

/** Members that are all numbered are a list; IAM puts `member` before the numbers. */
function fold(node: Node | string): unknown {
	if (typeof node === 'string') return node;
	const members = node.get('member');
	if (members instanceof Map && node.size === 1) return fold(members);
	const names = [...node.keys()];
	if (names.every(name => /^\d+$/.test(name))) {
		return names.sort((a, b) => Number(a) - Number(b)).map(name => fold(node.get(name) ?? ''));
	}
	return Object.fromEntries([...node].map(([name, child]) => [name, fold(child)]));
}
