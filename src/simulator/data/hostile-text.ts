import type { Diagnostics } from '../world/target.ts';

/** Text that tries to do something to the terminal it is shown on, or to the layout around it. */

const esc = '\x1b';
const csi = `${esc}[`;
const osc = `${esc}]`;
const bel = '\x07';

/** Each of the hosts of the scenario reports one of these. */
export const hostileDiagnostics: readonly Diagnostics[] = [
	hostile(
		'CSI: moves, erases, colours',
		`${csi}2J${csi}H${csi}31;5mALL GOOD${csi}0m${csi}999C${csi}?1049l${csi}?25l`,
	),
	hostile('OSC: title, hyperlink, clipboard', [
		`${osc}0;pwned title${bel}`,
		`${osc}8;;https://evil.example/${bel}click me${osc}8;;${bel}`,
		`${osc}52;c;cm0gLXJmIC8K${bel}`,
		`${osc}52;c;unterminated`,
	]),
	hostile('DCS, APC, PM, SOS', [
		`${esc}P+q544e${esc}\\`,
		`${esc}_apc${esc}\\`,
		`${esc}^pm${esc}\\`,
		`${esc}Xsos${esc}\\`,
	]),
	hostile('C1 controls, 8 bit', '\x9b31mred \x9d0;title\x9c \x90dcs\x9c \x85next line \x84index'),
	hostile(
		'bidi: the name that is not',
		'deploy_\u202egpj.sh\u202c \u2066isolated\u2069 \u200fright to left\u200e',
	),
	hostile(
		'zero width and tags',
		'a\u200bd\u200dm\u2060i\ufeffn \u{e0041}\u{e0042} e\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
	),
	hostile('tabs, carriage returns, backspaces', [
		'one\ttwo\t\tthree',
		'10 %\r20 %\r100 %\rdone',
		'secret\b\b\b\b\b\bpublic',
		'bell\x07 null\x00 vertical\x0btab form\x0cfeed',
	]),
	hostile('emoji and wide', '🚀 déploiement 👩‍👩‍👧‍👦 🏳️‍🌈 日本語テキスト ｆｕｌｌ 🇨🇭'),
	hostile('not well-formed', 'lone high \ud83d lone low \ude80 reversed \ude80\ud83d noncharacter \uffff'),
	hostile('one line of 2 KB', 'x'.repeat(1900)),
	hostile('a dialog that is not one', [
		'┌────────────────────────────────┐',
		'│ Stop d-000000000 and roll back? │',
		'│        [y] yes    [n] no        │',
		'└────────────────────────────────┘',
	]),
	hostile('line and paragraph separators', 'one\u2028two\u2029three\u0085four'),
];

export const hostileNames = {
	description: `Fixes ${csi}31mthings${csi}0m ${osc}0;pwned${bel}\u202etxt.exe\u202c 🚀`,
	key: `releases/checkout-api/build-${csi}7m4711${csi}0m\u200b.zip`,
	/** A tag cannot hold control characters: EC2 sends it in XML. */
	host: 'web-\u202e10\u202c\u200b 🚀',
	alarm: `checkout-${csi}5m5xx${csi}0m\u202e`,
	alarmDescription: `first line\nsecond line ${osc}52;c;cm0gLXJmIC8K${bel}`,
} as const;

/** As the agent reports a hook that printed these lines and exited with 1. */
function hostile(name: string, text: string | readonly string[]): Diagnostics {
	const scriptName = `scripts/${name.split(':')[0]?.replaceAll(/[, ]+/g, '_')}${csi}1m.sh`;
	const lines = typeof text === 'string' ? [text] : text;
	return {
		errorCode: 'ScriptFailed',
		scriptName,
		message: `Script at specified location: ${scriptName} failed with exit code 1${csi}2K`,
		logTail: [
			'LifecycleEvent - ApplicationStart',
			`Script - ${scriptName}`,
			...lines.map(line => `[stderr]${line}`),
		]
			.map(line => `${line}\n`)
			.join(''),
	};
}
