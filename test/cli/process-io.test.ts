import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { processIo } from '../../src/cli/process-io.ts';

/** A process whose standard streams are pipes. */
function pipedProcess() {
	const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
	const process = Object.assign(new EventEmitter(), streams, { env: {} });
	return { ...streams, process: process as unknown as NodeJS.Process };
}

test('whatever is told on standard error is told without secrets, whoever tells it', () => {
	const { process, stderr } = pipedProcess();
	processIo(process).io.err('rollcall: it said password=hunter2\n');
	expect(String(stderr.read())).toBe('rollcall: it said password=[redacted]\n');
});
