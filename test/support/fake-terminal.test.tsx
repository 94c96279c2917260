import { Box, render, Text, useInput, usePaste, useWindowSize } from 'ink';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { FakeTerminal } from './fake-terminal.ts';

function Echo() {
	const [keys, setKeys] = useState('');
	const [pasted, setPasted] = useState('');
	const { columns, rows } = useWindowSize();
	useInput((input, key) => setKeys(before => `${before}[${key.downArrow ? 'down' : input}]`));
	usePaste(setPasted);
	return (
		<Box height={rows} flexDirection="column">
			<Text bold color="green">
				size {columns}x{rows}
			</Text>
			<Text>keys {keys}</Text>
			<Text>pasted {pasted}</Text>
		</Box>
	);
}

async function start() {
	const terminal = new FakeTerminal(40, 6);
	const app = render(<Echo />, {
		stdout: terminal.stdout,
		stdin: terminal.stdin,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		patchConsole: false,
	});
	await terminal.screen.waitFor('keys');
	const end = async () => {
		app.unmount();
		await app.waitUntilExit();
		await terminal.idle();
	};
	return { terminal, end };
}

test('an Ink app draws on it, with styles, and leaves it as it was', async () => {
	const { terminal, end } = await start();
	const { screen } = terminal;
	expect(screen.text()).toEqual(['size 40x6', 'keys', 'pasted', '', '', '']);
	expect(screen.cell(0, 0)).toMatchObject({ text: 's', bold: true });
	expect([screen.isAlternate, screen.cursorVisible, terminal.stdin.isRaw]).toEqual([true, false, true]);
	await end();
	expect([screen.isAlternate, screen.cursorVisible, terminal.stdin.isRaw]).toEqual([false, true, false]);
	expect([screen.isBracketedPaste, terminal.stdin.isReferenced]).toEqual([false, false]);
	expect(screen.text().join('')).toBe('');
});

test('an Ink app gets keys, escape sequences and pastes from it', async () => {
	const { terminal, end } = await start();
	terminal.send('j');
	await terminal.screen.waitFor('keys [j]');
	terminal.send('\x1b[B');
	await terminal.screen.waitFor('keys [j][down]');
	terminal.paste('d-ABC\x1b[A');
	await terminal.screen.waitFor('pasted d-ABC');
	expect(terminal.screen.row('keys')).toBe('keys [j][down]');
	await end();
});

test('an Ink app follows its size', async () => {
	const { terminal, end } = await start();
	for (const [columns, rows] of [
		[60, 10],
		[30, 10],
		[20, 4],
		[100, 30],
	] as const) {
		terminal.resize(columns, rows);
		await terminal.screen.waitFor(`size ${columns}x${rows}`);
		await terminal.idle();
		expect(terminal.screen.text().filter(Boolean)).toEqual([`size ${columns}x${rows}`, 'keys', 'pasted']);
	}
	await end();
});
