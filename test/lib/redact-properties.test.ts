import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../src/lib/redact.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';

const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('whatever the text', () => {
	test('ordinary words are never taken for one, the words for secrets neither', () => {
		const words = fc.oneof(
			fc.stringMatching(/^[a-z]{1,12}$/),
			fc.constantFrom(
				'password',
				'token',
				'Secret',
				'api key',
				'bearer',
				'authorization',
				'cookie',
				'private',
			),
			fc.stringMatching(/^[0-9]{1,6}$/),
		);
		const sentence = fc.array(words, { maxLength: 12 }).map(parts => parts.join(' '));
		const ends = fc.constantFrom('. ', ', ', '\n', '; ', '? ', ' - ');
		fc.assert(
			fc.property(fc.array(fc.tuple(sentence, ends)), parts => {
				const text = parts.flat().join('');
				fc.pre(!/bearer \d{6}|bearer \w{24}/.test(text));
				expect(redact(text)).toBe(text);
			}),
			thoroughly,
		);
	});

	const names = fc.constantFrom(
		'password',
		'DB_PASSWORD',
		'clientSecret',
		'api-key',
		'access_token',
		'passwd',
		'X-Api-Key',
		'AWS_SECRET_ACCESS_KEY',
	);
	const ways = fc.constantFrom<(name: string, value: string) => string>(
		(name, value) => `${name}=${value}`,
		(name, value) => `${name}: ${value}`,
		(name, value) => `"${name}": "${value}"`,
		(name, value) => `{"${name}":"${value}","x":1}`,
		(name, value) => `--${name} ${value} --next`,
		(name, value) => `--${name}='${value}'`,
		(name, value) => `https://x.example/?${name}=${value}&x=1`,
		(name, value) => `:${name} => '${value}',`,
	);
	// Long and odd enough not to turn up in the surroundings by chance.
	const values = fc.stringMatching(/^Zq[A-Za-z0-9+/!@$%^*_~.-]{6,60}$/);

	test('an assigned secret is gone', () => {
		fc.assert(
			fc.property(hostileText, names, ways, values, hostileText, (before, name, write, value, after) => {
				expect(redact(`${before}\n${write(name, value)}\n${after}`)).not.toContain(value);
			}),
			thoroughly,
		);
	});

	test('doing it twice changes nothing', () => {
		const pieces = fc.oneof(
			hostileText,
			fc.tuple(names, ways, values).map(([name, write, value]) => write(name, value)),
			fc.constantFrom(
				'"',
				"'",
				'\\"',
				':',
				'=',
				' ',
				'[redacted]',
				'Bearer ',
				'Authorization: ',
				'://a:',
				'@',
				secretKey,
				'-----BEGIN PRIVATE KEY-----',
				'-----END PRIVATE KEY-----',
				'\n',
			),
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 12 }), parts => {
				const once = redact(parts.join(''));
				expect(redact(once)).toBe(once);
			}),
			thoroughly,
		);
	});

	const megabyte = (piece: string): string => piece.repeat(Math.ceil(1_000_000 / piece.length));

	test.each([
		...[
			'a',
			'A1b',
			'password',
			'password=',
			'password="',
			"secret='",
			'token: ',
			'--token ',
			'\\"key\\":\\"',
			'"',
			"'",
			'\\',
		],
		...[
			'://a:',
			'://',
			'a:b@',
			'Bearer ',
			'Bearer',
			'Authorization: ',
			'authorization:"',
			'cookie: ',
			'?sig=',
			'curl -u ',
			'curl ',
		],
		...[
			'mysql -',
			'eyJaaaaaaaa.',
			'AKIA',
			'AQoDYXdz',
			'ghp_',
			'xoxb-',
			'-----BEGIN PRIVATE KEY-----',
			'-----END PRIVATE KEY-----\n',
			'-----BEGIN ',
		],
		...['A/', 'aA1/', '-', '.', '=', ' ', '\n', 'secret.', 'token_', 'pass-word-'],
	])('a megabyte of %j takes no time', piece => {
		const started = performance.now();
		expect(typeof redact(megabyte(piece))).toBe('string');
		// Quadratic would be minutes.
		expect(performance.now() - started).toBeLessThan(4_000);
	});
});
