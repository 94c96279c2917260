import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { redact } from '../../src/lib/redact.ts';

const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const pem = [
	'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
	'MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu',
];
const jwt =
	'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

describe('a secret goes, and what introduces it stays', () => {
	test.each([
		['an access key id', 'key AKIAIOSFODNN7EXAMPLE used', 'key [redacted] used'],
		['a temporary one', 'ASIAIOSFODNN7EXAMPLE', '[redacted]'],
		['a secret key that nothing introduces', `AKIAIOSFODNN7EXAMPLE ${secretKey}`, '[redacted] [redacted]'],
		['credentials in a file', `aws_secret_access_key = ${secretKey}`, 'aws_secret_access_key = [redacted]'],
		[
			'credentials in an environment',
			`AWS_SECRET_ACCESS_KEY=${secretKey}`,
			'AWS_SECRET_ACCESS_KEY=[redacted]',
		],
		[
			'a session token',
			'AWS_SESSION_TOKEN=IQoJb3JpZ2luX2VjEJr//////////wEaCWV1',
			'AWS_SESSION_TOKEN=[redacted]',
		],
		['one that nothing introduces', 'got FwoGZXIvYXdzEBYaDHq+/x== then', 'got [redacted] then'],
		[
			'a presigned URL',
			'GET https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261123&X-Amz-Date=20261123T120000Z&X-Amz-Security-Token=IQoJb3J%2F&X-Amz-Signature=fe5f80 200',
			'GET https://b.s3.amazonaws.com/k?X-Amz-Credential=[redacted]&X-Amz-Date=20261123T120000Z&X-Amz-Security-Token=[redacted]&X-Amz-Signature=[redacted] 200',
		],
		[
			'an old presigned URL',
			'/k?AWSAccessKeyId=AKx&Expires=1&Signature=vjb%3D',
			'/k?AWSAccessKeyId=[redacted]&Expires=1&Signature=[redacted]',
		],
		['a header', 'Authorization: Basic dXNlcjpwdw==', 'Authorization: Basic [redacted]'],
		[
			'a header of curl',
			"curl -H 'Authorization: Bearer abc' https://x.example",
			"curl -H 'Authorization: Bearer [redacted]' https://x.example",
		],
		['a header in JSON', '{"authorization":"Token 12","a":1}', '{"authorization":"Token [redacted]","a":1}'],
		[
			'a header with a digest',
			'Authorization: Digest username="m", response="6629fae4"',
			'Authorization: [redacted]',
		],
		[
			'a signed header',
			'authorization: AWS4-HMAC-SHA256 Credential=x/20261123, SignedHeaders=host, Signature=fe5f',
			'authorization: [redacted]',
		],
		['cookies', 'Set-Cookie: sid=31d4d96e407aad42; Path=/', 'Set-Cookie: [redacted]'],
		['a bearer token', 'sent Bearer abc.def-0123 to it', 'sent Bearer [redacted] to it'],
		['a JSON web token', `got ${jwt}!`, 'got [redacted]!'],
		['a GitHub token', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a', '[redacted]'],
		['a fine-grained one', 'github_pat_11ABCDEFG0aBcDeFgHiJkL_more', '[redacted]'],
		['a Slack token', 'xoxb-17653672481-19874698323', '[redacted]'],
		['a Slack hook', 'https://hooks.slack.com/services/T0/B0/XXXX', 'https://[redacted]'],
		['a user in a URL', 'postgres://app:hunter2@db:5432/x', 'postgres://app:[redacted]@db:5432/x'],
		['a password with @', 'redis://:p@ss@cache:6379', 'redis://:[redacted]@cache:6379'],
		['a short name', 'DB_PASS=hunter2 smtp_pass: hunter2', 'DB_PASS=[redacted] smtp_pass: [redacted]'],
		['a shorter one', 'MYSQL_PWD=abc', 'MYSQL_PWD=[redacted]'],
		['an option', 'login --pass hunter2', 'login --pass [redacted]'],
		[
			'a password in a shell',
			"export DB_PASSWORD='correct horse' PORT=80",
			"export DB_PASSWORD='[redacted]' PORT=80",
		],
		['a password in YAML', '  password: hunter2', '  password: [redacted]'],
		['a phrase in YAML', 'passphrase: correct horse battery', 'passphrase: [redacted]'],
		[
			'a password in JSON',
			'{"password": "hun\\"ter2", "user": "x"}',
			'{"password": "[redacted]", "user": "x"}',
		],
		['a number in JSON', '{"token":12345,"next":"x"}', '{"token":[redacted],"next":"x"}'],
		[
			'JSON within JSON',
			'"{\\"api_key\\":\\"abc\\",\\"a\\":1}"',
			'"{\\"api_key\\":\\"[redacted]\\",\\"a\\":1}"',
		],
		['a hash of Ruby', ':password => "hunter2",', ':password => "[redacted]",'],
		['an option', 'mysql --user root --password hunter2 db', 'mysql --user root --password [redacted] db'],
		['an option with =', 'x --db-password=hunter2', 'x --db-password=[redacted]'],
		['an option of one letter', 'mysqldump -u root -phunter2 db', 'mysqldump -u root -p[redacted] db'],
		[
			'a user of curl',
			'curl -fsS -u admin:hunter2 http://localhost',
			'curl -fsS -u admin:[redacted] http://localhost',
		],
		['a query', 'GET /x?user=a&api_key=abc&b=1', 'GET /x?user=a&api_key=[redacted]&b=1'],
		['a value with an ampersand', 'DB_PASSWORD=a&b3 rest', 'DB_PASSWORD=[redacted] rest'],
		['a connection string', 'Server=db;Pwd=hunter2', 'Server=db;Pwd=[redacted]'],
		[
			'camel case',
			'clientSecret: "abc", accessToken=def',
			'clientSecret: "[redacted]", accessToken=[redacted]',
		],
		['an endless quote', 'secret="abc def', 'secret="[redacted]'],
		[
			'several in one line',
			'secret=a token=b passwd=c',
			'secret=[redacted] token=[redacted] passwd=[redacted]',
		],
	])('%s', (_what, text, safe) => {
		expect(redact(text)).toBe(safe);
	});

	test.each(['RSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED ', ''])('a private key (%s)', kind => {
		const block = [`-----BEGIN ${kind}PRIVATE KEY-----`, ...pem, `-----END ${kind}PRIVATE KEY-----`];
		expect(redact(['before', ...block, 'after'].join('\n'))).toBe('before\n[redacted]\nafter');
		expect(redact(['before', ...block.slice(0, 2)].join('\n'))).toBe('before\n[redacted]');
		const end = redact(['before it', ...block.slice(1), 'after'].join('\n'));
		expect(end).toBe(['before it', '[redacted]', '[redacted]', '[redacted]', 'after'].join('\n'));
		const logged = redact(
			block
				.slice(2)
				.map(line => `[stdout]${line}`)
				.join('\n'),
		);
		expect(logged).not.toContain('MzEf');
		expect(redact(JSON.stringify({ key: block.join('\n') }))).toBe('{"key":"[redacted]"}');
	});

	test('the public part of a key stays', () => {
		const text = '-----BEGIN CERTIFICATE-----\nMIIDXTCCAkWgAwIBAgIJAJC1\n-----END CERTIFICATE-----';
		expect(redact(text)).toBe(text);
	});
});

describe('what is no secret stays', () => {
	test.each([
		"Access denied for user 'root'@'localhost' (using password: YES)",
		'the password is wrong, and the token has expired',
		'ExpiredToken: The security token included in the request is expired',
		'/etc/passwd: No such file or directory',
		'cat: /run/secrets/db_password: Permission denied',
		'password_file=/run/secrets/db token_type=bearer max_tokens=4096 SECRET_ARN=arn:aws:secretsmanager:x',
		'com.example.TokenService: started in 3 s',
		'    at verify (/app/lib/token.js:12:5)',
		'secretsmanager:GetSecretValue: not allowed',
		'passwordless: true, tokenizer: fast, secretary=Bob',
		'PWD=/opt/codedeploy-agent OLDPWD=/root',
		'http://localhost:8080/users/me@example.com',
		'ssh://git@github.com/acme/checkout.git and git@github.com:acme/checkout.git',
		'bearer certificate missing, Authorization: required',
		'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
		'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
		'arn:aws:iam::123456789012:role/CodeDeployServiceRole i-0db27af8628206ab0 d-9FG52BI40',
		's3://acme-artifacts/releases/checkout-api/build-4711.zip?versionId=3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY',
		'PersistenceExceptionTranslationInterceptor2 AbstractSingletonProxyFactoryBean',
		'Enter password:',
		'password=******** password="" token: }',
	])('%s', text => {
		expect(redact(text)).toBe(text);
	});

	test('nothing in the logs of the agent is taken for one', () => {
		const folder = path.join(import.meta.dirname, '../fixtures/agent-output');
		const logs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
			/\.(?:log|json)$/.test(name),
		);
		expect(logs.length).toBeGreaterThan(150);
		for (const name of logs) {
			const text = readFileSync(path.join(folder, name), 'utf8');
			expect(redact(text), name).toBe(text);
		}
	});
});
