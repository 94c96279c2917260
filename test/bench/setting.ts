import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The built program, as users start it. */
export const launcher = path.join(import.meta.dirname, '../../bin/rollcall.js');

/** A home of its own, with a compile cache that stays warm over the rounds, and a configuration. */
export type Setting = Disposable & {
	readonly env: Readonly<Record<string, string>>;
	rollcall(...args: readonly string[]): readonly [string, ...string[]];
};

export function createSetting(config = ''): Setting {
	const home = mkdtempSync(path.join(tmpdir(), 'rollcall-bench-'));
	const file = path.join(home, 'rollcall.yaml');
	if (config !== '') writeFileSync(file, config);
	return {
		env: {
			PATH: process.env.PATH ?? '',
			HOME: home,
			LANG: 'C.UTF-8',
			TERM: 'xterm-256color',
			AWS_ACCESS_KEY_ID: 'bench',
			AWS_SECRET_ACCESS_KEY: 'bench',
			AWS_REGION: 'eu-west-1',
			AWS_EC2_METADATA_DISABLED: 'true',
		},
		rollcall: (...args) => [
			process.execPath,
			launcher,
			...args,
			...(config === '' ? [] : ['--config', file]),
		],
		[Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
	};
}

/** Asks as often and as fast as the program can be told to: what is measured is the program, not its manners. */
export const eagerConfig = `cadence:
  turn: 1
  largeTurn: 1
  quietTurn: 1
budget:
  burst: 200
  perSecond: 20
  concurrency: 8
`;
