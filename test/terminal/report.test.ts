import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { TerminalLab, waitForTheEnd } from './terminal-lab.ts';

test.concurrent('e leaves a report in the state folder', async () => {
	await using lab = new TerminalLab();
	const state = lab.folder();
	const simulator = await lab.serve('hook-failures', 1000);
	const size = { columns: 160, rows: 36 };
	const session = await lab.open(simulator, [], { ...size, env: { XDG_STATE_HOME: state } });
	await waitForTheEnd(session);
	session.send('e');
	await session.waitFor(/report written to \//);
	const folder = path.join(state, 'rollcall/reports');
	const [name = ''] = readdirSync(folder);
	expect(session.screen.row(/report written to/)).toContain(path.join(folder, name));
	expect(name).toMatch(new RegExp(`^${simulator.deploymentId}-\\d{8}T\\d{6}Z\\.md$`));
	expect(readFileSync(path.join(folder, name), 'utf8')).toContain(
		'# Incident report: `checkout-api` / `prod-blue`',
	);
});

test.concurrent('e that cannot write says so, and the screen stays', async () => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('hook-failures', 1000);
	const session = await lab.open(simulator, [], { columns: 160, env: { XDG_STATE_HOME: '/dev/null' } });
	await waitForTheEnd(session);
	session.send('e');
	await session.waitFor(/the report could not be written: ENOTDIR/);
	session.send('q');
	expect(await session.ended()).toBe(6);
});

test.concurrent('e in the demo leaves it among the temporary files', async () => {
	await using lab = new TerminalLab();
	const [temporary, state] = [lab.folder(), lab.folder()];
	const env = { TMPDIR: temporary, XDG_STATE_HOME: state };
	const session = lab.session(['demo', 'healthy'], { columns: 160, env });
	await session.waitFor(/^.. i-/);
	session.send('e');
	await session.waitFor(/report written to/);
	const [folder = ''] = readdirSync(temporary);
	expect(session.screen.row(/report written to/)).toContain(path.join(temporary, folder));
	expect(readdirSync(path.join(temporary, folder))).toHaveLength(1);
	expect(readdirSync(state)).toEqual([]);
});
