import { expect, test } from 'vitest';
import { unreachable } from '../../src/lib/unreachable.ts';

type Shape = { readonly type: 'circle' } | { readonly type: 'square' };

function corners(shape: Shape): number {
	switch (shape.type) {
		case 'circle':
			return 0;
		case 'square':
			return 4;
		default:
			return unreachable(shape);
	}
}

test('a value that no type foresaw is named in the error', () => {
	expect(corners({ type: 'square' })).toBe(4);
	const unforeseen: Shape = JSON.parse('{"type":"triangle"}');
	expect(() => corners(unforeseen)).toThrow('unexpected value: {"type":"triangle"}');
});
