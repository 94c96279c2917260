import { describe, expect, test } from 'vitest';
import { type Files, findingsIn } from './bundles.ts';

const good = '#!/bin/bash\nset -e\ncurl -fsS http://localhost/health\n';
const others: Files = { 'scripts/run.sh': good, 'web/index.html': '<p>', 'web/css/site.css': 'p{}' };

/** An AppSpec of lines, with what every good one has. */
const spec = (...lines: readonly string[]): string => `version: 0.0\nos: linux\n${lines.join('\n')}\n`;
const validate = 'hooks:\n  ValidateService:\n    - location: scripts/run.sh';

type Case = readonly [what: string, appSpec: string, ...findings: readonly string[]];

const at = (finding: string): string => finding.replace(' ', ' appspec.yml:');

async function findings(appSpec: string): Promise<readonly string[]> {
	return findingsIn({ ...others, 'appspec.yml': appSpec });
}

describe('an AppSpec for servers', () => {
	test.each<Case>([
		['with everything right', spec('files:', '  - source: web', '    destination: /srv/shop', validate)],
		['with version 0, which is the same number', `version: 0\nos: linux\n${validate}\n`],
		['with a quoted version', `version: "0.0"\nos: linux\n${validate}\n`, 'appspec-version 1:10'],
		['without version and os', `${validate}\n`, 'appspec-version 1:1', 'appspec-os 1:1'],
		['that is a list', '- a\n', 'appspec-structure 1:1'],
		[
			'with the hooks misspelt',
			spec('hook:', '  ValidateService: []'),
			'appspec-section 3:1',
			'hook-validate-missing',
		],
		['with something of its own', spec('owner: me', validate), 'appspec-unknown-key 3:1'],
		['with a section twice', spec('hooks: {}', validate), 'appspec-duplicate-key 4:1'],
		[
			'with another behavior',
			spec('file_exists_behavior: overwrite', validate),
			'appspec-file-exists-value 3:23',
		],
		[
			'with an alias',
			spec('x: &a [web]', `y: *a`, validate),
			'appspec-unknown-key 3:1',
			'appspec-unknown-key 4:1',
			'appspec-alias 4:4',
		],
		[
			'with aliases that explode',
			`a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
				.split('')
				.map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join()}]`)
				.join('\n')}\n`,
			'appspec-alias-limit',
		],
		['with a value that holds itself', spec('x: &a [*a]', validate), 'appspec-alias-limit'],
	])('%s', async (_, appSpec, ...expected) => {
		const found = await findings(appSpec);
		expect(found.map(each => each.replace(/ appspec.yml$/, ''))).toEqual(
			expected.map(each => (each.includes(' ') ? at(each) : each)),
		);
	});

	test('nested beyond all measure', async () => {
		expect((await findings('['.repeat(20_000))).map(each => each.split(' ')[0])).toEqual(['appspec-yaml']);
	});

	test.each<Case>([
		['a source that is not there', '- {source: dist, destination: /srv/x}', 'files-source-missing 4:14'],
		['a source in another case', '- {source: Web, destination: /srv/x}', 'files-source-missing 4:14'],
		['a wildcard', '- {source: "web/*", destination: /srv/x}', 'files-source-missing 4:14'],
		['a source outside', '- {source: ../web, destination: /srv/x}', 'files-source-missing 4:14'],
		['the whole bundle', '- {source: /, destination: /srv/x}'],
		['no source', '- {destination: /srv/x}', 'files-incomplete 4:5'],
		['no text', '- {source: 5, destination: /srv/x}', 'appspec-structure 4:14'],
		['no mapping', '- web', 'appspec-structure 4:5'],
		['a relative destination', '- {source: web, destination: srv}', 'files-destination-relative 4:32'],
		[
			'the name of the file as destination',
			'- {source: web/index.html, destination: /srv/index.html}',
			'files-destination-is-folder 4:43',
		],
		[
			'what people expect there',
			'- {source: web, destination: /srv/x, overwrite: true, permissions: []}',
			'appspec-unknown-key 4:40',
			'appspec-unknown-key 4:57',
		],
		[
			'a file twice, once within its folder',
			'- {source: web, destination: /srv/x}\n  - {source: web/css/site.css, destination: /srv/x/css/}',
			'files-duplicate-destination 5:14',
		],
		['a folder where others write', '- {source: web, destination: /var/www/html/}', 'files-exist-trap 3:1'],
		['a folder of its own', '- {source: web, destination: /etc/salt/shop}'],
		['units of systemd', '- {source: web, destination: /lib/systemd/system/}', 'files-exist-trap 3:1'],
		['drop-ins', '- {source: web, destination: /etc/nginx/conf.d}', 'files-exist-trap 3:1'],
	])('with files: %s', async (_, files, ...expected) => {
		expect(await findings(spec('files:', `  ${files}`, validate))).toEqual(expected.map(at));
	});

	test.each<Case>([
		['all of it', 'object: /srv/x, pattern: "**", owner: web, mode: 755, type: [file], acls: ["u:web:rw"]'],
		['no object', 'mode: 644', 'permissions-object-missing 7:5'],
		['a wildcard', 'object: /srv/x/*.sh', 'permissions-glob 7:14'],
		['an octal mode that becomes another one', 'object: /srv/x, mode: 0644', 'permissions-mode-octal 7:28'],
		['an octal mode that is refused', 'object: /srv/x, mode: 0755', 'permissions-mode 7:28'],
		['a mode in quotes', 'object: /srv/x, mode: "0755"'],
		['a mode in letters', 'object: /srv/x, mode: u+x', 'permissions-mode 7:28'],
		['another type', 'object: /srv/x, type: [files]', 'permissions-type 7:29'],
		['a type that is no list', 'object: /srv/x, type: file', 'appspec-structure 7:28'],
		['an ACL that the mode is for', 'object: /srv/x, acls: ["u::rw"]', 'permissions-acl 7:29'],
		['an odd ACL', 'object: /srv/x, acls: ["web"]', 'permissions-acl 7:29'],
		['a context without type', 'object: /srv/x, context: {name: u}', 'permissions-context 7:22'],
		['a pattern for a file', 'object: /srv/x/index.html, pattern: "*.html"', 'permissions-pattern 7:14'],
		['something unknown', 'object: /srv/x, modes: 644', 'appspec-unknown-key 7:22'],
	])('with permissions: %s', async (_, permission, ...expected) => {
		const files = ['files:', '  - source: web', '    destination: /srv/x', 'permissions:'];
		expect(await findings(spec(...files, `  - {${permission}}`, validate))).toEqual(expected.map(at));
	});

	test.each<Case>([
		['a space in the name', 'Before Install: [{location: scripts/run.sh}]', 'hook-unknown-event 4:3'],
		['small letters', 'beforeInstall: [{location: scripts/run.sh}]', 'hook-unknown-event 4:3'],
		['an event of CodeDeploy', 'Install: [{location: scripts/run.sh}]', 'hook-reserved-event 4:3'],
		['nothing', 'AfterInstall:', 'hook-empty 4:3'],
		['the same event again', 'ValidateService: [{location: scripts/run.sh}]', 'appspec-duplicate-key 5:3'],
		['a name only', 'AfterInstall: [scripts/run.sh]', 'appspec-structure 4:18'],
		['a script that is missing', 'AfterInstall: [{location: scripts/go.sh}]', 'script-missing 4:29'],
		['a script in another case', 'AfterInstall: [{location: Scripts/run.sh}]', 'script-missing 4:29'],
		['a folder', 'AfterInstall: [{location: scripts}]', 'script-is-folder 4:29'],
		['a slash at its beginning', 'AfterInstall: [{location: /scripts/run.sh}]'],
		['no time', 'AfterInstall: [{location: scripts/run.sh, timeout: -1}]', 'hook-timeout 4:54'],
		['time in words', 'AfterInstall: [{location: scripts/run.sh, timeout: ten}]', 'hook-timeout 4:54'],
		['time with a unit', 'AfterInstall: [{location: scripts/run.sh, timeout: 5m}]', 'hook-timeout-unit 4:54'],
		[
			'more than an hour in all',
			'AfterInstall: [{location: scripts/run.sh, timeout: 3000}, {location: scripts/run.sh, timeout: "601"}]',
			'hook-timeout-sum 4:3',
		],
		[
			'a misspelt timeout',
			'AfterInstall: [{location: scripts/run.sh, timout: 60}]',
			'appspec-unknown-key 4:45',
		],
	])('with hooks: %s', async (_, hook, ...expected) => {
		const lines = ['hooks:', `  ${hook}`, '  ValidateService: [{location: scripts/run.sh}]'];
		expect(await findings(spec(...lines))).toEqual(expected.map(at));
	});

	test('for Windows has paths of both kinds, no permissions, and scripts of its own', async () => {
		const appSpec = `version: 0.0
os: windows
files:
  - source: \\web
    destination: C:\\shop
permissions:
  - object: x
hooks:
  ValidateService:
    - location: \\Scripts\\check.ps1
      runas: me
`;
		expect(
			await findingsIn({ 'appspec.yml': appSpec, 'web/a': 'a', 'scripts/check.ps1': 'exit 0\r\n' }),
		).toEqual(['permissions-on-windows appspec.yml:6:1', 'hook-runas-windows appspec.yml:11:7']);
	});
});

describe('where the AppSpec is', () => {
	const appSpec = spec(validate);

	test.each<readonly [what: string, files: Files, finding: string]>([
		['in a folder of the folder', { 'shop/appspec.yml': appSpec }, 'appspec-missing appspec.yml'],
		['by another name', { 'AppSpec.yml': appSpec, ...others }, 'appspec-missing appspec.yml'],
		['by its other name', { 'appspec.yaml': appSpec, ...others }, 'appspec-name appspec.yaml'],
	])('%s', async (_, files, expected) => {
		expect(await findingsIn(files)).toEqual([expected]);
	});

	test('the single top folder of an archive is left out, as the agent does', async () => {
		const inside = { 'shop/appspec.yml': appSpec, 'shop/scripts/run.sh': good };
		expect(await findingsIn(inside, 'zip')).toEqual([]);
		expect(await findingsIn({ ...inside, '__MACOSX/shop/._a': 'x' }, 'zip')).toEqual([
			'appspec-missing appspec.yml',
			'bundle-macos-leftovers __MACOSX/shop/._a',
		]);
	});

	test('a huge one is not read', async () => {
		expect(await findingsIn({ 'appspec.yml': { text: '', size: 2 ** 40 } })).toEqual([
			'appspec-too-large appspec.yml',
			'bundle-large-file appspec.yml',
		]);
	});
});
