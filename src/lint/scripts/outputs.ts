import type { PipelineNode, Redirection, Statement } from 'unbash';

/** Outputs that stay with whoever runs the script; undefined for none. */
export type Open = 'stdout' | 'stderr' | 'both' | undefined;

/** Which outputs a command leaves as they are, whatever it consists of. */
export function openOutputs(node: Statement['command'] | PipelineNode): Open {
	switch (node.type) {
		case 'Command':
			return isBrief(node.name?.text) ? undefined : openAfter(node.redirects);
		case 'Redirected':
			return openAfter(node.redirects);
		case 'Pipeline':
			return united(
				node.commands.map((command, index): Open => {
					const open = openOutputs(command);
					// What all but the last one write goes to the next.
					const isPiped = index < node.commands.length - 1;
					return isPiped ? (open === 'both' || open === 'stderr' ? 'stderr' : undefined) : open;
				}),
			);
		case 'AndOr':
			return united(node.commands.map(openOutputs));
		case 'Subshell':
		case 'BraceGroup':
			return united(node.body.commands.map(statement => openOutputs(statement.command)));
		default:
			return 'both';
	}
}

/** Nobody waits long for these. */
const isBrief = (name: string | undefined): boolean =>
	['echo', 'true', ':', 'printf', 'kill'].includes(name ?? '');

function united(each: readonly Open[]): Open {
	const stdout = each.some(open => open === 'both' || open === 'stdout');
	const stderr = each.some(open => open === 'both' || open === 'stderr');
	return stdout && stderr ? 'both' : stdout ? 'stdout' : stderr ? 'stderr' : undefined;
}

/** Whether each output still leads to where it led. */
type Outputs = { readonly 1: boolean; readonly 2: boolean };

/** What redirections leave open, done one after the other as the shell does. */
export function openAfter(redirects: readonly Redirection[]): Open {
	const outputs = redirects.reduce<Outputs>(redirected, { 1: true, 2: true });
	return united([outputs[1] ? 'stdout' : undefined, outputs[2] ? 'stderr' : undefined]);
}

function redirected(outputs: Outputs, redirect: Redirection): Outputs {
	if (redirect.type !== 'Redirect') return outputs;
	const { operator, descriptor, target } = redirect;
	if (descriptor && descriptor.type !== 'FileDescriptor') return outputs;
	const from = descriptor?.value ?? 1;
	const to = target?.text ?? '';
	switch (operator) {
		case '&>':
		case '&>>':
			return { 1: false, 2: false };
		case '>':
		case '>>':
		case '>|':
			return withOutput(outputs, from, false);
		case '>&':
			if (!descriptor && !/^[\d-]/.test(to)) return { 1: false, 2: false };
			return withOutput(outputs, from, to === '1' ? outputs[1] : to === '2' ? outputs[2] : false);
		default:
			return outputs;
	}
}

const withOutput = (outputs: Outputs, which: number, open: boolean): Outputs =>
	which === 1 ? { ...outputs, 1: open } : which === 2 ? { ...outputs, 2: open } : outputs;
