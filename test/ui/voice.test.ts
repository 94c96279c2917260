import { expect, test } from 'vitest';
import { createVoice } from '../../src/ui/voice.ts';
import { Screen } from '../support/screen.ts';

function open(spell = (text: string) => text) {
	const screen = new Screen({ columns: 30, rows: 12, convertEol: true });
	let written = '';
	const voice = createVoice({
		write(text) {
			written += text;
			void screen.write(text);
		},
		columns: () => 30,
		spell,
	});
	const rows = async () => {
		await screen.write('');
		return screen.text().filter(row => row !== '');
	};
	return { voice, rows, written: () => written };
}

test('lines follow each other, wrapped between words', async () => {
	const { voice, rows, written } = open();
	voice.say({ lines: ['one', 'a line that is longer than the terminal is wide'] });
	expect(await rows()).toEqual(['one', 'a line that is longer than the', 'terminal is wide']);
	expect(written()).not.toContain('\x1b');
});

test('what is typed is echoed character by character, and news do not disturb it', async () => {
	const { voice, rows, written } = open();
	const type = (text: string, lines: readonly string[] = []) =>
		voice.say({ lines, typing: { label: 'filter: ', text } });
	type('');
	type('w');
	type('web');
	expect(written()).toBe('filter: web');
	type('we');
	expect(written()).toBe('filter: web\b \b');
	type('we', ['news']);
	type('');
	type('古');
	type('');
	type('other');
	voice.say({ lines: ['done'] });
	expect(await rows()).toEqual(['filter: we', 'news', 'filter: other', 'done']);
});

test('what happens while somebody else has the terminal is said afterwards', async () => {
	const { voice, rows } = open(text => text.replace('✗', 'F'));
	voice.say({ lines: [], typing: { label: 'filter: ', text: 'w' } });
	voice.pause();
	voice.say({ lines: ['✗ failed'], typing: { label: 'filter: ', text: 'w' } });
	expect(await rows()).toEqual(['filter: w']);
	voice.resume();
	expect(await rows()).toEqual(['filter: w', 'F failed', 'filter: w']);
});
