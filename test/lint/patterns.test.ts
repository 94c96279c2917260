import { expect, test } from 'vitest';
import { type Files, findingsIn } from './bundles.ts';

/** How people really write bundles, good and bad, and what is to be said of each. */

const start = '#!/usr/bin/env bash\nset -euo pipefail\nsystemctl restart shop\n';
const validate =
	'#!/bin/bash\nset -e\nfor i in 1 2 3; do curl -fsS localhost:8080 && exit 0; sleep 5; done\nexit 1\n';

type Pattern = readonly [what: string, files: Files, ...findings: string[]];

const patterns: readonly Pattern[] = [
	[
		'a web application in Java, one file to one folder',
		{
			'appspec.yml': `version: 0.0
os: linux
files:
  - source: target/shop.war
    destination: /usr/share/tomcat/webapps
file_exists_behavior: OVERWRITE
permissions:
  - object: /usr/share/tomcat/webapps/shop.war
    owner: tomcat
    group: tomcat
    mode: 644
    type:
      - file
hooks:
  ApplicationStop:
    - location: deploy/start.sh
      timeout: 60
      runas: root
  ApplicationStart:
    - location: deploy/start.sh
      timeout: 60
  ValidateService:
    - location: deploy/validate.sh
      timeout: 120
`,
			'target/shop.war': 'PK',
			'deploy/start.sh': start,
			'deploy/validate.sh': validate,
		},
	],
	[
		'the whole project to the home of the user, with settings that do not exist',
		{
			'appspec.yml': `version: 0.0
os: linux
files:
  - source: /
    destination: /home/ubuntu
    overwrite: true
hooks:
  BeforeInstall:
    - location: scripts/install.sh
      timeout: 300
      runas: root
`,
			'scripts/install.sh': '#!/bin/bash\napt-get update\napt-get install -y nginx\n',
			'.env': 'DB=1',
		},
		'bundle-secret-file .env',
		'files-exist-trap appspec.yml:3:1',
		'appspec-unknown-key appspec.yml:6:5',
		'hook-validate-missing appspec.yml:7:1',
		'script-no-errexit scripts/install.sh:1',
	],
	[
		'events in words, and permissions within files',
		{
			'appspec.yml': `version: 0.0
os: linux
files:
  - source: app
    destination: /srv/shop
    permissions:
      - object: /srv/shop
        owner: shop
hooks:
  After Install:
    - location: scripts/start.sh
  Validate Service:
    - location: scripts/validate.sh
`,
			'app/index.js': '1',
			'scripts/start.sh': start,
			'scripts/validate.sh': validate,
		},
		'hook-unknown-event appspec.yml:10:3',
		'hook-unknown-event appspec.yml:12:3',
		'appspec-unknown-key appspec.yml:6:5',
		'hook-validate-missing appspec.yml:9:1',
	],
	[
		'wildcards where paths are expected, and a server that stays in the foreground of nobody',
		{
			'appspec.yml': `version: 0.0
os: linux
files:
  - source: dist/*
    destination: /srv/api
permissions:
  - object: /srv/api/*.sh
    mode: 0755
hooks:
  ApplicationStart:
    - location: scripts/up.sh
  ValidateService:
    - location: scripts/validate.sh
`,
			'dist/server.js': '1',
			'scripts/up.sh': '#!/bin/bash\nset -e\ncd /srv/api\nnohup node server.js &\n',
			'scripts/validate.sh': validate,
		},
		'files-source-missing appspec.yml:4:13',
		'permissions-mode appspec.yml:8:11',
		'permissions-glob appspec.yml:7:13',
		'script-background-output scripts/up.sh:4:1',
	],
	[
		'an AppSpec and scripts from Windows',
		{
			'appspec.yml':
				'version: 0.0\r\nos: linux\r\nhooks:\r\n  ValidateService:\r\n    - location: scripts/validate.sh\r\n',
			'scripts/validate.sh': validate.replaceAll('\n', '\r\n'),
		},
		'script-crlf-shebang scripts/validate.sh:1',
		'script-syntax scripts/validate.sh:5:1',
	],
];

test.each(patterns.map(([what, files, ...findings]) => ({ what, files, findings })))(
	'$what',
	async ({ files, findings }) => {
		expect(await findingsIn(files)).toEqual(findings);
	},
);
