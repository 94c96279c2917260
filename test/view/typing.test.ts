import { expect, test } from 'vitest';
import { initialUi } from '../../src/monitor/ui-state.ts';
import { typedOrTold } from '../../src/view/notice-line.ts';

/** The line of a pane of 40 columns in which `text` has been typed. */
function typed(text: string, problem?: string): string {
	const prompt = { purpose: 'filter', text, before: '', ...(problem !== undefined && { problem }) } as const;
	const told = typedOrTold({ ...initialUi, size: { columns: 40, rows: 10 }, prompt }, 0);
	return told?.segments.map(part => part.text).join('') ?? '';
}

test('a short text has its keys beside it', () => {
	expect(typed('status:failed')).toMatch(/^ filter {2}status:failed│ {2}\S+ apply/);
});

test('of a long one the end stays in sight, where letters come and go', () => {
	expect(typed(`${'a'.repeat(80)}xyz`)).toMatch(/^ filter {2}…a+xyz│$/);
	expect(typed(`${'古'.repeat(80)}池`)).toMatch(/^ filter {2}…古+池│/);
});

test('what is wrong with it is told beside it', () => {
	expect(typed('a'.repeat(80), 'no such field')).toMatch(/^ filter {2}…a+│ {2}no such field$/);
});
