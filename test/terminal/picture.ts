import type { Cell, Screen } from '../support/screen.ts';

/** The screen with its looks, row by row: `[1/32] 60 [90]/60`. Two pictures are equal if a person sees no difference. */
export function pictureOf(screen: Screen): string[] {
	return Array.from({ length: screen.rows }, (_, y) => rowOf(screen, y));
}

function rowOf(screen: Screen, y: number): string {
	let row = '';
	let current = '';
	for (let x = 0; x < screen.columns; x++) {
		const cell = screen.cell(x, y);
		const look = lookOf(cell);
		if (look !== current) row += `[${look}]`;
		current = look;
		row += cell.text === '' ? ' ' : cell.text;
	}
	return row.trimEnd();
}

function lookOf({ text, foreground, background, bold, dim, inverse, underline }: Cell): string {
	const isBlank = text.trim() === '';
	const looks = [
		!isBlank && bold && 'bold',
		!isBlank && dim && 'dim',
		inverse && 'inverse',
		underline && 'underline',
		(inverse || !isBlank) && foreground !== undefined && `fg ${foreground}`,
		background !== undefined && `bg ${background}`,
	];
	return looks.filter(look => look !== false).join(' ');
}

/** The number of the row under the cursor: the one that is set off from edge to edge. */
export function cursorRow(screen: Screen): number {
	return Array.from({ length: screen.rows }, (_, y) => y).findIndex(y =>
		[0, screen.columns - 1].every(x => {
			const { background, inverse } = screen.cell(x, y);
			return background !== undefined || inverse;
		}),
	);
}
