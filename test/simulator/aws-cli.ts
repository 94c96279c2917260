import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const searchPath = process.env.PATH ?? '';
/** Whether there is an AWS CLI on this machine. */
export const hasCli = searchPath.split(path.delimiter).some(folder => existsSync(path.join(folder, 'aws')));

/** Starting the CLI several times takes long on a machine that is busy. */
export const slowestMs = 60_000;

/** `aws …` against the simulator; each start of the CLI costs half a second. */
export function createCli(url: string) {
	const env = {
		PATH: searchPath,
		AWS_ACCESS_KEY_ID: 'x',
		AWS_SECRET_ACCESS_KEY: 'x',
		AWS_REGION: 'eu-west-1',
		// Version 1 knows only this name; version 2 would open a pager.
		AWS_DEFAULT_REGION: 'eu-west-1',
		AWS_PAGER: '',
		AWS_MAX_ATTEMPTS: '1',
		AWS_CONFIG_FILE: '/dev/null',
		AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
	};
	return async (...args: string[]): Promise<unknown> => {
		const { stdout } = await run('aws', ['--endpoint-url', url, '--output', 'json', ...args], { env });
		return stdout === '' ? undefined : JSON.parse(stdout);
	};
}
