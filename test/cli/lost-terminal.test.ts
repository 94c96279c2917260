import { closeSync, fstatSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { expect, test } from 'vitest';
import { letGoOfLostTerminal } from '../../src/cli/lost-terminal.ts';

test('what is no terminal any more is closed, and what never was one stays open', () => {
	const [lost, file] = [openSync(devNull, 'r'), openSync(devNull, 'r')];
	const never = { isTTY: false, fd: file };
	letGoOfLostTerminal({ stdin: { isTTY: true, fd: lost }, stdout: never, stderr: { fd: file } });
	expect(() => fstatSync(lost)).toThrow('EBADF');
	expect(fstatSync(file).isCharacterDevice()).toBe(true);
	closeSync(file);
});
