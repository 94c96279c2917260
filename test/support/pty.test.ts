import { expect, test } from 'vitest';
import { spawnInPty } from './pty.ts';

const echo = `
	process.stdin.setRawMode(true);
	const size = () => process.stdout.write('\\x1b[2J\\x1b[H' + process.stdout.columns + 'x' + process.stdout.rows);
	process.stdout.on('resize', size);
	process.stdin.on('data', keys => process.stdout.write('\\r\\n' + JSON.stringify(String(keys))));
	size();
`;

test('a program runs in a terminal: its size, keys, resizing, signals', async () => {
	await using program = spawnInPty(process.execPath, ['-e', echo], { columns: 50, rows: 7 });
	await program.waitFor('50x7');
	program.send('\x1b[A');
	await program.waitFor('"\\u001b[A"');
	program.resize(90, 12);
	await program.waitFor('90x12');
	program.kill('SIGTERM');
	expect(await program.exited).toEqual({ exitCode: 0, signal: 'SIGTERM' });
});

test('its last words are on the screen when it has exited, and waiting for others fails at once', async () => {
	await using program = spawnInPty('sh', ['-c', 'printf "ci=%s tty=%s" "$CI" "$EXTRA"; exit 3'], {
		env: { EXTRA: 'yes' },
	});
	expect(await program.exited).toEqual({ exitCode: 3, signal: undefined });
	expect(program.screen.text()[0]).toBe('ci= tty=yes');
	await expect(program.waitFor('more')).rejects.toThrow(/^the program ended while waiting for more/);
});

test('a program that is left running is ended with its test', async () => {
	let pid = 0;
	{
		await using program = spawnInPty('sh', [
			'-c',
			'trap "" HUP TERM; echo started; while :; do read line; done',
		]);
		await program.waitFor('started');
		pid = program.pid;
	}
	expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
