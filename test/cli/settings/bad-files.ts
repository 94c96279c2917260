/**
 * Files that are refused: the text, and what is said of each thing that is wrong with it. `schemaAccepts`: what is
 * wrong is beyond JSON Schema.
 */
export type BadFile = {
	readonly text: string;
	readonly says: readonly string[];
	readonly schemaAccepts?: true;
};

const bad = (text: string, ...says: readonly string[]): BadFile => ({ text, says });
const beyondSchema = (text: string, ...says: readonly string[]): BadFile => ({
	text,
	says,
	schemaAccepts: true,
});

const places: readonly BadFile[] = [
	bad('contexts: prod', '1:11: contexts is “prod”: expected a list of contexts'),
	bad('contexts: {label: prod}', '1:11: contexts is a mapping: expected a list of contexts'),
	bad('contexts:\n  - prod', '2:5: contexts[0] is “prod”: expected a mapping with label, profile, region,'),
	bad('contexts:\n  - profile: dev', '2:5: contexts[0] has no label: expected one'),
	bad('contexts:\n  - label: a, b', '2:12: contexts[0].label is “a, b”: expected a name of at most 40'),
	bad('contexts:\n  - label: 42', 'contexts[0].label is “42”: expected a name', ', in quotes: "42"'),
	bad(
		'contexts:\n  - label: a\n    region: Ireland',
		'3:13: contexts[0].region is “Ireland”: expected a region such as eu-west-1',
	),
	bad(
		'contexts:\n  - label: a\n    region: eu-west-1\n    regions: [us-east-1]',
		'4:5: contexts[0] has region and regions: expected one of them',
	),
	bad(
		'contexts:\n  - label: a\n    regions: []',
		'contexts[0].regions is an empty list: expected at least one region',
	),
	bad(
		'contexts:\n  - label: a\n    regions: [eu-west-1, us-east-1, eu-west-1]',
		'expected each region once, not eu-west-1 twice',
	),
	bad(
		'contexts:\n  - label: a\n    colour: gren',
		'colour is “gren”: expected red, green, yellow, blue, magenta, cyan, white or grey; did you mean green?',
	),
	bad(
		'contexts:\n  - label: a\n    color: green',
		'3:5: there is no setting “contexts[0].color”',
		'; did you mean colour?',
	),
	bad('contexts:\n  - label: a\n    endpointUrl: localhost', 'expected a URL such as http://127.0.0.1:4566'),
	beyondSchema(
		'contexts:\n  - label: prod\n  - label: dev\n  - label: prod',
		'4:5: contexts[2].label: “prod” is the label of the context on line 2 too: expected another',
	),
];

const values: readonly BadFile[] = [
	bad('just words', '1:1: the file is “just words”: expected a mapping with contexts, cadence,'),
	bad('- a', '1:1: the file is a list: expected a mapping'),
	bad('teme: dark', '1:1: there is no setting “teme”: expected contexts,', '; did you mean theme?'),
	bad('xyzzyplugh: 1', '1:1: there is no setting “xyzzyplugh”'),
	bad('readOnly: yes', '1:11: readOnly is “yes”: expected true or false'),
	bad('readOnly:', 'readOnly is empty: expected true or false'),
	bad('ascii: "true"', 'ascii is “true”: expected true or false, without quotes'),
	bad('theme: drak', 'theme is “drak”: expected auto, dark, light, high-contrast', '; did you mean dark?'),
	bad('protected: "*prod*"', 'expected a list of patterns such as "*prod*"'),
	bad('protected: [""]', 'protected[0] is an empty text: expected a name'),
	bad('cadence:\n  turn: 0.5', '2:9: cadence.turn is “0.5”: expected seconds from 1 to 120'),
	bad('cadence:\n  turn: 3s', 'cadence.turn is “3s”: expected seconds from 1 to 120'),
	bad('cadence:\n  turns: 3', 'there is no setting “cadence.turns”', '; did you mean turn?'),
	bad('budget:\n  burst: 1000', 'budget.burst is “1000”: expected a whole number of calls from 5 to 200'),
	bad(
		'budget:\n  concurrency: 2.5',
		'budget.concurrency is “2.5”: expected a whole number of calls from 1 to 20',
	),
	bad('budget:\n  perSecond: .inf', 'budget.perSecond is “.inf”: expected calls from 0.2 to 20'),
	bad(
		'notifications: off',
		'notifications is “off”: expected a mapping with bell, title, progress or desktop',
	),
	bad('notifications:\n  bell: auto', 'notifications.bell is “auto”: expected true or false'),
	bad('notifications:\n  desktop: maybe', 'notifications.desktop is “maybe”: expected true, false or auto'),
	bad('logGroups:\n  agents: /x', 'there is no setting “logGroups.agents”', '; did you mean agent?'),
	bad('logGroups:\n  agent: [a b]', 'logGroups.agent[0] is “a b”: expected the name of a log group'),
	bad(
		'readOnly: 1\nteme: dark\ncadence:\n  turn: 0',
		'1:11: readOnly is “1”',
		'2:1: there is no setting “teme”',
		'4:9: cadence.turn is “0”',
	),
];

const keys: readonly BadFile[] = [
	bad('keys: [a]', 'keys is a list: expected a mapping of what a key does to keys'),
	bad(
		'keys:\n  stopp: S',
		'2:3: keys: no key does “stopp”: expected a name that rollcall config keys lists; did you mean stop?',
	),
	bad('keys:\n  targets:\n    stop: S', '2:3: keys: there is no screen “targets”', '; did you mean target?'),
	bad(
		'keys:\n  stop: ctl-x',
		'keys.stop: “ctl-x” is no key: expected a character, or one of',
		'did you mean ctrl-x?',
	),
	bad('keys:\n  stop: [S, XX]', '2:13: keys.stop[1]: “XX” is no key'),
	bad('keys:\n  stop: 5', 'keys.stop is “5”: expected a character', ', in quotes: "5"'),
	bad('keys:\n  stop: ""', 'keys.stop is an empty text: expected a character'),
	bad('keys:\n  stop:', 'keys.stop is empty: expected a character'),
	bad('keys:\n  stop: ctrl-i', 'keys.stop: “ctrl-i” is Tab to a terminal: expected tab'),
	bad(
		'keys:\n  help:\n    stop: S',
		'keys.help.stop: there is no stop in help: expected it in fleet, deployment, target',
	),
	beyondSchema('keys:\n  stop: ctrl-c', 'keys.stop: “ctrl-c” always quits: expected another key'),
	beyondSchema('keys:\n  quit: []', 'keys.quit: quit has no key: expected at least one'),
	beyondSchema('keys:\n  confirm:\n    cancel: []', 'keys.confirm.cancel: cancel has no key'),
	beyondSchema(
		'keys:\n  confirm:\n    confirm: enter\n    cancel: esc',
		'keys.confirm.confirm: “enter” cancels in a question: expected another key',
	),
	beyondSchema(
		'keys:\n  prompt:\n    submit: x',
		'keys.prompt.submit: “x” is text in prompt: expected a key that',
	),
	beyondSchema(
		'keys:\n  stop: S\n  shell: S',
		'3:3: keys.shell: “S” would be the key of shell and of stop in deployment, target: expected one of its own for each (keys.stop is on line 2)',
	),
	beyondSchema(
		'keys:\n  stop: q',
		'2:3: keys.stop: “q” would be the key of stop and of quit in fleet, deployment',
	),
	beyondSchema(
		'keys:\n  stop: S\n  target:\n    shell: S',
		'4:5: keys.target.shell: “S” would be the key of shell and of stop in target: expected',
		'(keys.stop is on line 2)',
	),
	beyondSchema(
		'keys:\n  stop: ctrl-z',
		'“ctrl-z” would be the key of stop and of suspend in fleet, deployment',
	),
];

export const badFiles: readonly BadFile[] = [...places, ...values, ...keys];

/** What is no YAML, or none that is read. */
export const noYaml: readonly BadFile[] = [
	bad('theme: [dark', '1:', 'not valid YAML: '),
	bad('theme: dark\n  ascii: true', 'not valid YAML: expected one key and one value on a line'),
	bad(
		'cadence:\n\tturn: 3',
		'2:1: not valid YAML: expected spaces before the first word of a line, not tabs',
	),
	bad('help: ?', 'a value that is a sign, or has a colon in it, needs quotes'),
	bad('theme: @dark', 'expected quotes around a value that begins with @'),
	bad('theme: !dark x', 'expected a value without a tag'),
	bad(
		'theme: dark\n---\ntheme: light',
		'2:1: not valid YAML: expected one document, and a second one begins here',
	),
	bad(
		'theme: dark\nascii: true\ntheme: light',
		'3:1: “theme” stands twice, on line 1 already: expected it once',
	),
	bad('[a]: b', '1:1: expected the name of a setting before the colon'),
	bad('protected: &all [*all]', '1:18: *all: expected the name of an anchor (&all) that ends before it'),
	bad(`protected: ${'['.repeat(50_000)}`, 'it is nested too deeply: expected at most 20 levels'),
	bad(
		[
			'a: &a [x, x, x, x, x, x, x, x]',
			...[...'bcdefghij'].map((name, index) => {
				const before = 'abcdefghij'[index];
				return `${name}: &${name} [${Array.from({ length: 8 }, () => `*${before}`).join(', ')}]`;
			}),
		].join('\n'),
		'1:1: it is too large: expected at most 10,000 values, with all aliases followed',
	),
];
