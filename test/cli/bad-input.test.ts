import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { credentials, type Environment, Lab, optionsFor } from './lab.ts';

type Case = readonly [args: readonly string[], sentence: RegExp, env?: Environment];

const id = 'd-ABC123DEF';
const somewhere = ['--region', 'eu-west-1', '--endpoint-url', 'http://127.0.0.1:9'];

const cases: readonly Case[] = [
	[[], /Region is missing: expected a region such as eu-west-1 from --region/],
	[['watch'], /Region is missing: expected a region such as eu-west-1/],
	[['watch', '--group', 'prod'], /expected --application too: a group is known by its application/],
	[['watch', 'd-short'], /no deployment id in “d-short”: expected .*d-ABC123DEF/],
	[['watch', id, 'd-ABC123DEG'], /expected exactly one deployment id, not d-ABC123DEF and d-ABC123DEG/],
	[
		['stopp', id],
		/there is no command “stopp”: expected watch, status, wait, .*, simulate or a deployment id; try/,
	],
	[['stauts', id], /there is no command “stauts”: .*; did you mean status\?/],
	[['--bogus', id], /unknown option '--bogus'; try rollcall --help/],
	[['status', id, '--width', '0'], /expected a whole number above 0; try rollcall status --help/],
	[['demo', '--lst'], /unknown option '--lst' \(Did you mean --list\?\); try/],
	[
		[id, '--theme', 'drak'],
		/option '--theme <name>' argument 'drak' is invalid; allowed choices are auto, dark/,
	],
	[['help', 'stauts'], /there is no command “stauts”: .* did you mean status\?; try rollcall --help/],
	[['config'], /expected show, check, keys or path after config; try rollcall help config/],
	[['config', 'shwo'], /unknown command 'shwo' \(Did you mean show\?\); try/],
	[['completion', 'csh'], /'csh' is invalid for argument 'shell'; allowed choices are bash, zsh, fish/],
	[
		['demo', 'relase'],
		/there is no scenario “relase”: rollcall demo --list names them; did you mean release/,
	],
	[['demo', 'release', 'healthy'], /too many arguments for 'demo'; expected 1 argument but got 2/],
	[['simulate', '--port', '65536'], /'--port <number>' argument '65536' is invalid; expected a port/],
	[['simulate', '--port', '-1'], /expected a port from 0 to 65535/],
	[['simulate', '--speed', '0'], /expected a number above 0/],
	[['simulate', '--speed'], /'--speed <factor>' argument missing/],
	[[id, '--endpoint-url', 'localhost:4566'], /expected a URL such as http:/],
	[[id, '--region', 'eu west'], /expected a region such as eu-west-1/],
	[[id, '--region', ''], /expected a region such as eu-west-1/],
	[
		[id, '--log-group', 'agent'],
		/argument 'agent' is invalid; expected scripts, agent, deployments, an equals/,
	],
	[[id, '--profile', ''], /expected the name of a profile/],
	[
		[id],
		/Region is missing: .* from --region, AWS_REGION, AWS_DEFAULT_REGION or the profile, or --context with a context/,
	],
	[[id], /is not a valid hostname component: expected a region such as/, { AWS_REGION: 'eu_west' }],
	[
		[id, ...somewhere, '--profile', 'nope'],
		/--profile: there is no profile “nope” .*: they name none; try aws/,
	],
	[[id, ...somewhere], /AWS_PROFILE: there is no profile “nope”/, { AWS_PROFILE: 'nope' }],
	[
		[id, '--region', 'eu-west-1'],
		/the endpoint is not a URL: .*AWS_ENDPOINT_URL/,
		{ ...credentials, AWS_ENDPOINT_URL: 'nowhere' },
	],
	[
		[id, '--region', 'eu-west-1'],
		/^rollcall: AWS_CA_BUNDLE: \/nowhere cannot be read \(ENOENT\): expected a file of PEM certificates$/m,
		{ ...credentials, AWS_CA_BUNDLE: '/nowhere' },
	],
	[
		['protect', id, '--auto-rollback', 'failure', '--no-auto-rollback'],
		/--auto-rollback and --no-auto-rollback: expected one of the two/,
	],
	[
		['protect', id, '--no-auto-rollback', '--auto-rollback', 'failure'],
		/--auto-rollback and --no-auto-rollback: expected one of the two/,
	],
	[['watch', 'no\x1b[31m id\n\x1b]0;title\x07'], /no deployment id in “no id/],
];

test.concurrent.for(cases)('%j is refused in one line', async ([args, sentence, env]) => {
	await using lab = new Lab();
	const { exitCode, stdout, stderr } = await lab.run(args, env);
	expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
	expect(stderr).toMatch(/^rollcall: [^\n\x1b]+\n$/);
	expect(stderr).toMatch(sentence);
});

test('a deployment that does not exist is told from one that cannot be read', async () => {
	await using lab = new Lab();
	const simulator = await lab.serve('release');
	expect(await lab.run(['d-NOSUCHONE', ...optionsFor(simulator)], credentials)).toEqual({
		exitCode: 2,
		stdout: '',
		stderr:
			'rollcall: there is no deployment d-NOSUCHONE in eu-west-1: check the id, --region and --profile\n',
	});
});

describe('a profile', () => {
	test.each(['config', 'credentials'])('is found in ~/.aws/%s, and the known ones are named', async file => {
		await using lab = new Lab();
		const simulator = await lab.serve('release');
		const home = homeWith(lab, file);
		const watch = (profile: string) =>
			lab.run(['d-NOSUCHONE', '--profile', profile, ...optionsFor(simulator)], { HOME: home });
		const [known, unknown] = await Promise.all([watch('team.one'), watch('team')]);
		expect(known.stderr).toContain('there is no deployment d-NOSUCHONE in eu-west-1 with profile team.one');
		expect(unknown).toMatchObject({ exitCode: 2 });
		expect(unknown.stderr).toMatch(/no profile “team” in the shared AWS files: expected .*team\.one/);
	});
});

function homeWith(lab: Lab, file: string): string {
	const home = lab.folder();
	mkdirSync(path.join(home, '.aws'));
	const keys = 'aws_access_key_id = test\naws_secret_access_key = test\n';
	const section = file === 'config' ? 'profile team.one' : 'team.one';
	const text = `[default]\nregion = eu-west-1\n\n[${section}]\n${keys}\n[sso-session team]\nsso_region = eu-west-1\n`;
	writeFileSync(path.join(home, '.aws', file), text);
	return home;
}

test('a port that is taken is told from a defect', async () => {
	await using lab = new Lab();
	const { url } = await lab.serve('release');
	const { port } = new URL(url);
	const { exitCode, stderr } = await lab.run(['simulate', '--port', port]);
	expect({ exitCode, stderr }).toEqual({
		exitCode: 2,
		stderr: `rollcall: the simulator cannot listen on port ${port}: EADDRINUSE; try another --port\n`,
	});
});
