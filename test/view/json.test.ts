import { expect, test } from 'vitest';
import { jsonLine, jsonText } from '../../src/view/json.ts';

const document = { id: 'd-ABC123DEF', lines: ['login with password=hunter2', 'done'], count: 2 };
const safe = { ...document, lines: ['login with password=[redacted]', 'done'] };

test('JSON is without the secrets of its texts, and else as it was', () => {
	expect(JSON.parse(jsonText(document))).toEqual(safe);
	expect(JSON.parse(jsonLine(document))).toEqual(safe);
	expect(jsonText(document).split('\n').length).toBeGreaterThan(1);
	expect(jsonLine(document)).not.toContain('\n');
});
