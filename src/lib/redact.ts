import { redactAssignments, redacted } from './redact-assignments.ts';
import { keyBlock, secretShapes } from './secret-shapes.ts';

/**
 * Takes secrets out of text that leaves the screen for a file or a ticket, and puts `[redacted]` in their place. What has
 * the shape of a secret goes, and what a name introduces (`password=`): rather a word too many after such a name than a
 * password. Words that nothing introduces stay. Doing it twice changes nothing. Takes time in proportion to the text.
 */
export function redact(text: string): string {
	let before = text;
	let safe = redactOnce(text);
	// What has been taken out may have hidden where the next secret begins.
	for (let pass = 1; safe !== before && pass < passLimit; pass++) {
		before = safe;
		safe = redactOnce(safe);
	}
	return safe;
}

const passLimit = 8;

function redactOnce(text: string): string {
	let safe = withoutEndOfKey(text.replace(keyBlock, redacted));
	for (const [pattern, replacement] of introduced) safe = safe.replace(pattern, replacement);
	safe = redactAssignments(safe);
	for (const { pattern } of secretShapes) safe = safe.replace(pattern, redacted);
	return safe.replace(opaque, run => (isRandom(run) ? redacted : run));
}

/** A log's tail may begin within a key. Every line of it is base64, whatever a logger has put before it. */
function withoutEndOfKey(text: string): string {
	if (!/-----END [A-Z0-9 ]{0,40}PRIVATE KEY/.test(text)) return text;
	const lines = text.split('\n');
	for (const [end, line] of lines.entries()) {
		if (!/-----END [A-Z0-9 ]{0,40}PRIVATE KEY/.test(line)) continue;
		for (let at = end; at >= 0 && (at === end || isBase64(lines[at] ?? '')); at--) lines[at] = redacted;
	}
	return lines.join('\n');
}

const isBase64 = (line: string): boolean =>
	/(?:^|\s|[\]|:])[A-Za-z0-9+/]{16,}={0,2}\s{0,4}$/.test(line.slice(-120));

/** The name of a header, its colon, and the quote before its value. */
const header = (name: string): string => `\\b${name}\\\\?["']?[ \\t]{0,4}[:=][ \\t]{0,4}\\\\?["']?`;
const authorization = header('authorization');

/** Secrets by what stands before them, which stays. */
const introduced: readonly (readonly [pattern: RegExp, replacement: string])[] = [
	[new RegExp(`(${authorization})(?:digest|aws4-hmac-sha256|hawk|oauth)\\b[^\\n]*`, 'gi'), `$1${redacted}`],
	[
		new RegExp(
			`(${authorization}(?:basic|bearer|negotiate|ntlm|token|apikey|aws)[ \\t]{1,4})[^\\s"']+`,
			'gi',
		),
		`$1${redacted}`,
	],
	[new RegExp(`(${authorization})[^\\s"']{16,}`, 'gi'), `$1${redacted}`],
	[new RegExp(`(${header('(?:set-)?cookie')})[^\\s"'=]{1,100}=[^\\n"']*`, 'gi'), `$1${redacted}`],
	// A word such as “certificate” may follow, too: a token has a digit, or is long.
	[/(\bbearer[ \t]{1,4})(?:(?=[\w.~+/-]{0,400}\d)[\w.~+/-]{8,}=*|[\w.~+/-]{24,}=*)/gi, `$1${redacted}`],
	// The user of a URL stays.
	[/(:\/\/[^\s/?#@:]{0,256}:)[^\s/?#]{1,1024}@/g, `$1${redacted}@`],
	[
		/(\b(?:X-Amz-(?:Signature|Credential|Security-Token)|AWSAccessKeyId|Credential|Signature)(?:=|%3D))[^\s&"'<>,]+/gi,
		`$1${redacted}`,
	],
	[/([?&](?:sig|signature|policy|code)=)[^\s&"'<>]+/gi, `$1${redacted}`],
	[
		/(\bcurl\b[^\n]{0,400}?\s(?:-u|--user|--proxy-user)[ =]?["']?[^\s:"'-][^\s:"']{0,64}:)[^\s"']+/g,
		`$1${redacted}`,
	],
	[/(\bmysql(?:dump|admin)?\b[^\n]{0,400}?\s-p)[^\s"']+/g, `$1${redacted}`],
	[
		/(\b(?:sshpass|docker login|redis-cli)\b[^\n]{0,400}?\s-[pa][ =]?["']?)[^\s"'-][^\s"']*/g,
		`$1${redacted}`,
	],
];

/** AWS's secret keys have 40 characters, the lines of a key in PEM 64, and nothing says what they are. */
const opaque = /(?<![A-Za-z0-9/+])(?:[A-Za-z0-9/+]{40}|[A-Za-z0-9/+]{64})(?![A-Za-z0-9/+])/g;

/** Neither a hash (hexadecimal), nor a path, nor a long name put together from words. */
function isRandom(run: string): boolean {
	const mixed = /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
	return mixed && !/[a-z]{9}/.test(run) && run.split('/').length <= 5;
}
