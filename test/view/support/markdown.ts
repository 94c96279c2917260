/**
 * What Markdown makes markup of: the text without its fenced blocks and code spans, as CommonMark finds them. Reading it
 * anew, instead of trusting the writer's own rules, is the point of it.
 */
export function outsideCode(markdown: string): string {
	const outside: string[] = [];
	let fence: string | undefined;
	let paragraph: string[] = [];
	const endParagraph = () => {
		// A code span may not leave its block: each of our blocks is one line, or a list of lines that are blocks.
		outside.push(...paragraph.map(withoutSpans));
		paragraph = [];
	};
	for (const line of markdown.split('\n')) {
		if (fence !== undefined) {
			const end = /^ {0,3}(`{3,})\s*$/.exec(line)?.[1];
			if (end !== undefined && end.length >= fence.length) fence = undefined;
			continue;
		}
		const start = /^ {0,3}(`{3,})[^`]*$/.exec(line)?.[1];
		if (start === undefined) paragraph.push(line);
		else {
			endParagraph();
			fence = start;
		}
	}
	endParagraph();
	if (fence !== undefined) throw new Error('a fenced block that never ends');
	return outside.join('\n');
}

function withoutSpans(line: string): string {
	let rest = line;
	let outside = '';
	for (;;) {
		const open = /(?<!`)`+/.exec(rest);
		if (!open) return outside + rest;
		outside += rest.slice(0, open.index);
		const after = rest.slice(open.index + open[0].length);
		const close = [...after.matchAll(/`+/g)].find(run => run[0].length === open[0].length);
		if (!close) throw new Error(`a code span that never ends: ${line}`);
		outside += '·';
		rest = after.slice(close.index + close[0].length);
	}
}
