import type { SyntaxNode } from 'unbash';

/** Syntax that bash and its like know, and POSIX does not. */
const names: Readonly<Partial<Record<SyntaxNode['type'], string>>> = {
	TestCommand: '[[ … ]]',
	ArrayValue: 'an array',
	ProcessSubstitution: 'a process substitution',
	ArithmeticFor: 'for (( … ))',
	ArithmeticCommand: '(( … ))',
	Select: 'select',
	Coproc: 'coproc',
	HereString: '<<<',
	Replace: 'a replacement in a variable',
	Slice: 'a slice of a variable',
	CaseModification: 'a change of case in a variable',
	Transform: 'a transformation of a variable',
};

/** The name of the syntax if only bash and its like know it. `source` is the text that its positions are in. */
export function bashism(node: SyntaxNode, source: string): string | undefined {
	switch (node.type) {
		case 'Function':
			return /^function\s/.test(source.slice(node.pos, node.pos + 9)) ? 'the word function' : undefined;
		case 'Redirect':
			return node.operator === '&>' || node.operator === '&>>' ? node.operator : undefined;
		case 'Pipeline':
			return node.operators.includes('|&') ? '|&' : undefined;
		case 'CaseItem':
			return node.terminator === ';&' || node.terminator === ';;&' ? node.terminator : undefined;
		case 'Assignment':
			return node.append ? '+=' : undefined;
		case 'Command': {
			const name = node.name?.text;
			if (name === 'source') return name;
			return name === 'set' && node.args.some(({ text }) => text === 'pipefail')
				? 'set -o pipefail'
				: undefined;
		}
		default:
			return names[node.type];
	}
}
