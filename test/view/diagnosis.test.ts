import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/diagnosis/finding.ts';
import { watchedRollout } from '../../src/monitor/state.ts';
import { selectFindings } from '../../src/view/diagnosis-case.ts';
import { diagnosisDocument, type FindingDocument } from '../../src/view/diagnosis-json.ts';
import { diagnosisLines } from '../../src/view/diagnosis-text.ts';
import { findingRows } from '../../src/view/finding-rows.ts';
import { rosterOf } from '../../src/view/finding-words.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { lineText } from '../../src/view/line.ts';
import { host, hostId, lineEndings } from './support/cast.ts';
import { deployment, fleet, rolledBack, running, strange, tell, watchedId } from './support/stories.ts';
import { inSize, sitDown, type User } from './support/user.ts';

/** The diagnosis of a rollout with three kinds of failure and what they led to. */
function open(columns = 120, rows = 36): User {
	const user = sitDown(inSize(rolledBack(), columns, rows));
	user.press('d');
	return user;
}

/** What `y` has copied, oldest first. */
const copied = (user: User) => user.effects.flatMap(each => (each.type === 'copy' ? [each.text] : []));

/** The rows that are chosen. */
const chosen = ({ state }: User): readonly string[] =>
	selectFrame(state)
		.filter(({ selected }) => selected)
		.map(line => lineText(line).trim());

const findingsOf = (user: User): readonly Finding[] => selectFindings(user.state, watchedRollout(user.state));

describe('the diagnosis', () => {
	test('tells each finding from its title to its document', () => {
		const user = open();
		expect(user.rows[1]).toMatch(/^ Diagnosis {2}d-9FG52BI40 +1 of 4 · top$/);
		expect(user.rows[3]).toBe(' 4 findings: 3 on 5 of 24 hosts, one about the deployment as a whole');
		expect(user.rows[5]).toBe(' 1 ✗ Windows line endings in the script');
		expect(user.rows[6]).toBe('     AfterInstall  scripts/after_install.sh');
		expect(user.rows[7]).toBe(`     3 hosts: ${[1, 3, 5].map(hostId).join(', ')}`);
		expect(user.row('│ env:')).toContain(`(log tail of ${hostId(1)})`);
		for (const text of ['What to do', '1. Look at', 'Commands', 'https://docs.aws.amazon.com/'])
			expect(user.row(text)).toBeDefined();
	});

	test('] and [ go from finding to finding, and say when there is no more', () => {
		const user = open(80, 24);
		user.press(']');
		expect(user.rows[3]).toMatch(/^ 2 ✗ /);
		expect(user.row('Diagnosis')).toContain('2 of 4');
		user.press(']', ']');
		expect(user.row('Diagnosis')).toContain('4 of 4');
		user.press(']');
		expect(user.row('that was the last one')).toBeDefined();
		user.press('[', '[', 'j', 'j', '[');
		expect(user.rows[3]).toMatch(/^ 2 ✗ /);
		user.press('[', '[');
		expect(user.row('that was the first one')).toBeDefined();
		expect(user.rows[3]).toMatch(/^ 1 ✗ /);
	});

	test('Tab chooses command after command, shift-Tab goes back, and y copies the one that is chosen', () => {
		const user = open(60, 15);
		const commands = findingsOf(user).flatMap(({ remedy, docs }) => [...remedy.commands, docs]);
		expect(chosen(user)).toEqual([]);
		user.press('y');
		expect(copied(user)).toEqual([]);
		expect(user.row('no command in sight: tab goes to the next one')).toBeDefined();
		for (const _ of commands) {
			user.press('tab', 'y');
			expect(chosen(user)[0]?.slice(0, 9)).toBe(copied(user).at(-1)?.slice(0, 9));
		}
		expect(copied(user)).toEqual(commands);
		user.press('tab', 'shift-tab', 'y');
		expect(copied(user).at(-1)).toBe(commands.at(-2));
	});

	test('what is chosen follows the window when it is scrolled out of it', () => {
		const user = open(80, 24);
		user.press('tab', 'G', 'y');
		const last = findingsOf(user).at(-1);
		expect([...(last?.remedy.commands ?? []), last?.docs]).toContain(copied(user)[0]);
		user.press('g', 'y');
		expect(copied(user)).toHaveLength(1);
	});

	test('the notice says what is copied', () => {
		const user = open();
		user.press('y');
		expect(user.effects.at(-1)).toMatchObject({ what: findingsOf(user)[0]?.remedy.commands[0] });
	});

	test('l opens the log of the first host of the finding in sight, Enter the host', () => {
		const user = open();
		user.press(']', 'l');
		expect(user.row('Log ')).toContain(findingsOf(user)[1]?.targets[0]);
		user.press('esc', 'enter');
		expect(user.state.ui.screens.at(-1)).toEqual({
			type: 'target',
			targetId: findingsOf(user)[1]?.targets[0],
		});
		user.press('esc', ']', ']', 'l');
		expect(user.row('about the deployment as a whole, not about a host')).toBeDefined();
	});

	test('is searched like every text', () => {
		const user = open(80, 24);
		user.press('/');
		user.type('LOAD BALANCER');
		user.press('enter');
		expect(user.row('Diagnosis')).toMatch(/\d+ hits for “LOAD BALANCER”/);
		const before = user.rows[3];
		user.press('n');
		expect(user.rows[3]).not.toBe(before);
	});

	test('breaks no command so that a copy of it would not run', () => {
		const user = open(60, 40);
		user.press('tab');
		while (!user.screen.includes('aws ssm start-session')) user.press('tab');
		const from = user.rows.findIndex(row => row.includes('aws ssm start-session'));
		const lines = user.rows.slice(from, from + 2).map(row => row.trim());
		expect(lines.join('\n').replace('\\\n', '')).toBe(
			`aws ssm start-session --target ${hostId(1)} --region eu-west-1`,
		);
	});
});

describe('the diagnosis of one target', () => {
	test('tells its findings only, and leads to the others', () => {
		const user = sitDown(inSize(running(), 120, 36));
		user.press('n', 'n', 'enter');
		const [id = ''] = /i-[0-9a-f]+/.exec(user.row(/^ ✗ i-/)) ?? [];
		user.press('d');
		expect(user.row('Diagnosis')).toContain(id);
		expect(user.rows[3]).toMatch(/^ 1 finding on this host/);
		user.press('d');
		expect(user.rows[3]).toMatch(/^ 3 findings on 5 of 24 hosts/);
		user.press('esc');
		expect(user.row(/^ ✗ i-/)).toContain(id);
	});

	test('names that target first, and has commands for it', () => {
		const user = sitDown(inSize(running(), 120, 40));
		user.press('/');
		user.type(hostId(5));
		user.press('enter', 'enter', 'd', 'y');
		expect(user.row('3 hosts')).toContain(`3 hosts: ${hostId(5)}, `);
		while (!copied(user).some(text => text.includes('ssm start-session'))) user.press('tab', 'y');
		expect(copied(user).at(-1)).toContain(`--target ${hostId(5)}`);
	});

	test('that has not failed says so, and where the findings are', () => {
		const user = sitDown(inSize(running(), 120, 36));
		user.press('G', 'enter', 'd');
		expect(user.row('Nothing has failed so far')).toContain('this host is Succeeded');
		expect(user.row('3 findings about the others: d shows them.')).toBeDefined();
	});

	test('that the service role kept from being deployed to is told of the role', () => {
		const silent = host(1, 'Failed', { at: 'Install', status: 'Failed' });
		const error = { code: 'IAM_ROLE_MISSING', message: 'The role is gone' };
		const user = sitDown(
			inSize(tell({ targets: [silent], deployment: { status: 'Failed', error } }), 120, 36),
		);
		user.press('enter', 'd');
		expect(user.rows[3]).toBe(' 1 finding about the deployment as a whole, none on this host alone');
	});
});

describe('what nobody knows, and what has not been read', () => {
	test('a failure that no rule knows is said to be one, with what was seen and the names of the hosts', () => {
		const user = sitDown(inSize(strange(), 120, 36));
		user.press('d');
		expect(user.row('1 ✗ Install: The flux capacitor')).toContain('not recognised');
		expect(user.row('No rule recognises')).toBeDefined();
		expect(user.row('│ The flux capacitor of the host')).toContain(`message of ${hostId(1)}`);
		expect(user.row('5 hosts')).toContain(`${hostId(1)} (web-01), ${hostId(2)} (web-02) and 3 more`);
		expect(user.row('finding on')).toContain('5 of 12 targets read');
		const log = { ...lineEndings, message: '', logTail: '' };
		const mute = host(1, 'Failed', {
			at: 'Install',
			status: 'Failed',
			diagnostics: { ...log, scriptName: '' },
		});
		const silent = sitDown(inSize(tell({ targets: [mute] }), 120, 36));
		silent.press('d');
		expect(silent.row('No rule recognises this failure. The host reported nothing')).toBeDefined();
	});

	test('without a failure it says what would be here', () => {
		const user = sitDown(
			inSize(tell({ targets: fleet.slice(0, 10), deployment: { status: 'Succeeded' } }), 120, 36),
		);
		user.press('d');
		expect(user.rows[3]).toBe(' Nothing has failed  the deployment is Succeeded');
		expect(user.row('When something fails, this is where you read why')).toBeDefined();
		user.press('tab', ']', '[', 'y', 'l', 'enter');
		expect(user.row('no finding leads to a host')).toBeDefined();
		expect(user.effects).toEqual([]);
	});

	test('a failure without a reason is not called none', () => {
		const user = sitDown(inSize(tell({ deployment: { status: 'Failed' } }), 80, 24));
		user.press('d');
		expect(user.rows[3]).toBe(' AWS gives no reason  the deployment is Failed');
	});
});

describe('findings elsewhere', () => {
	const [finding] = selectFindings(running(), watchedRollout(running()));
	if (!finding) throw new Error('nothing was found');

	test('what sets the failed hosts apart has a place of its own', () => {
		const layout = { roster: rosterOf(watchedRollout(running())), columns: 100, airy: false };
		const rows = findingRows(finding, 1, layout, ['all 3 are in eu-west-1a']);
		const texts = rows.map(({ gutter, text }) => [...gutter, ...text].map(part => part.text).join(''));
		const at = texts.indexOf('    What sets them apart');
		expect(texts[at + 1]).toBe('    all 3 are in eu-west-1a');
		expect(texts[at + 2]).toBe('    What to do');
		expect(findingRows(finding, 1, layout)).toHaveLength(rows.length - 2);
	});

	test('as plain lines no command is broken, however long', () => {
		const lines = diagnosisLines(rolledBack(), watchedId);
		expect(lines[0]).toBe('✗ d-9FG52BI40  checkout-api / prod-blue  Failed');
		for (const { remedy, docs } of selectFindings(rolledBack(), watchedRollout(rolledBack())))
			for (const command of [...remedy.commands, docs]) expect(lines).toContain(`    ${command}`);
	});

	test('in a document every field is there', () => {
		const { event: _event, script: _script, ...bare } = finding;
		const without = { ...bare, evidence: [{ source: 'api', text: 'x' }] } as const;
		const { findings } = diagnosisDocument(deployment(), [without]);
		const expected: Partial<FindingDocument> = {
			event: null,
			script: null,
			evidence: [{ source: 'api', where: null, text: 'x' }],
		};
		expect(findings[0]).toMatchObject(expected);
	});
});
