import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import type { AuditEntry } from '../../src/actions/audit.ts';
import { type Session, type SessionOptions, type TerminalLab, waitForTheEnd } from './terminal-lab.ts';

/** A remote shell as the AWS CLI gives one: the keys of signals are handed on to the host, which has no use for them. */
export const remoteShell = `
trap '' INT QUIT TSTP
printf 'host$ '
while read -r line; do
	[ "$line" = exit ] && exit 0
	echo "got <$line>"
	printf 'host$ '
done
`;

export type Prepared = {
	readonly session: Session;
	/** The host under the cursor. */
	readonly host: string;
	/** What the fake AWS CLI was started with; empty while it was not. */
	started(): string;
	/** The process id of the fake AWS CLI. */
	pid(): number;
	audited(): readonly AuditEntry[];
	calls(): number;
};

type Options = SessionOptions & { readonly args?: readonly string[]; readonly isRunning?: boolean };

/** A deployment that has ended unless it `isRunning`, and an AWS CLI that runs `script`; none without one. */
export async function prepare(
	lab: TerminalLab,
	script: string | undefined,
	{ args = [], isRunning = false, ...options }: Options = {},
): Promise<Prepared> {
	const folder = lab.folder();
	const note = path.join(folder, 'started');
	const file = path.join(folder, 'aws');
	if (script !== undefined) {
		writeFileSync(file, `#!/bin/sh\necho "$$ $*" >"${note}"\n${script}\n`);
		chmodSync(file, 0o755);
	} else {
		for (const name of ['sh', 'stty', 'ps']) symlinkSync(`/bin/${name}`, path.join(folder, name));
	}
	const simulator = await lab.serve(isRunning ? 'healthy' : 'hook-failures', isRunning ? 1 : 1000);
	const config = path.join(folder, 'rollcall.yaml');
	writeFileSync(config, 'cadence: { turn: 1 }\n');
	const session = await lab.open(simulator, [...args, '--config', config], {
		columns: 120,
		rows: 36,
		...options,
		// Without an AWS CLI of its own, the machine's must not be found.
		env: { PATH: script === undefined ? folder : `${folder}:${process.env.PATH}`, XDG_STATE_HOME: folder },
	});
	if (isRunning) {
		await session.waitFor(/^.. i-/);
	} else {
		await waitForTheEnd(session);
		await session.waitFor(/rolled back by .* Succeeded/);
	}
	const audit = path.join(folder, 'rollcall/audit.jsonl');
	const noted = () => (existsSync(note) ? readFileSync(note, 'utf8').trim() : '');
	return {
		session,
		host: / (i-[0-9a-f]{17}) /.exec(session.screen.row(/^.✗ i-/) ?? '')?.[1] ?? '',
		started: () => noted().replace(/^\d+ /, ''),
		pid: () => Number(noted().split(' ')[0]),
		audited: () =>
			existsSync(audit)
				? readFileSync(audit, 'utf8')
						.trimEnd()
						.split('\n')
						.map(line => JSON.parse(line))
				: [],
		calls: () => simulator.callsTo('GetDeployment').length,
	};
}

/** Where nobody collects them, the dead stay in the list as zombies. */
export const isAlive = (pid: number): boolean => {
	const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
	return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
};

/** The keys are the screen's again, from a little after its return. */
export const waitForKeys = (session: Session): Promise<void> =>
	vi.waitFor(
		async () => {
			session.send('?');
			await session.waitFor(/open the target/, 300);
			session.send('\x1b');
			await session.waitFor(/LIFECYCLE/);
		},
		{ timeout: 5_000 },
	);
