import type { Settings } from '../../../src/cli/settings.ts';

/** Files that are read, and what is read from each. */
export const goodFiles: readonly (readonly [text: string, settings: Settings])[] = [
	['', { contexts: [] }],
	['# nothing yet\n', { contexts: [] }],
	['{}', { contexts: [] }],
	['theme: high-contrast\nascii: true', { contexts: [], theme: 'high-contrast', ascii: true }],
	[
		`contexts:
  - label: prod
    profile: live
    regions: [eu-west-1, us-east-1]
    colour: red
    protected: ["*"]
    readOnly: true
  - label: dev
    region: eu-west-1
    endpointUrl: http://127.0.0.1:4566
  - label: here
`,
		{
			contexts: [
				{
					label: 'prod',
					profile: 'live',
					regions: ['eu-west-1', 'us-east-1'],
					colour: 'red',
					protected: ['*'],
					readOnly: true,
				},
				{ label: 'dev', regions: ['eu-west-1'], endpointUrl: 'http://127.0.0.1:4566' },
				{ label: 'here', regions: [] },
			],
		},
	],
	[
		'defaults: &regions [eu-west-1]\n'.replace('defaults', 'protected') +
			'contexts:\n  - {label: a, regions: *regions}',
		{ contexts: [{ label: 'a', regions: ['eu-west-1'] }], protected: ['eu-west-1'] },
	],
	[
		'cadence:\n  turn: 2.5\n  alarms: 60\nbudget: {burst: 40, perSecond: 0.5, concurrency: 8}',
		{
			contexts: [],
			cadence: { turnMs: 2500, alarmsMs: 60_000 },
			budget: { burst: 40, perSecond: 0.5, concurrency: 8 },
		},
	],
	[
		'logGroups:\n  agent: /fleet/agent\n  scripts: [a, b#c]\nreadOnly: false\nprotected: []',
		{
			contexts: [],
			logGroups: { agent: ['/fleet/agent'], scripts: ['a', 'b#c'] },
			readOnly: false,
			protected: [],
		},
	],
	[
		'notifications: {bell: false, title: true, progress: auto, desktop: true}',
		{ contexts: [], notifications: { bell: false, title: true, progress: 'auto', desktop: true } },
	],
	[
		'keys:\n  stop: S\n  logs: [L, ctrl-l]\n  quit: Q\n  report: []\n  logs: {follow: [f], error.next: "]"}'
			.replace('  logs: {', '  target: {stop: X}\n  checklist: {')
			.replace('follow: [f], error.next: "]"', 'error.next: "]"'),
		{
			contexts: [],
			keys: {
				all: { stop: ['S'], logs: ['L', 'ctrl-l'], quit: ['Q'], report: [] },
				target: { stop: ['X'] },
				checklist: { 'error.next': [']'] },
			},
		},
	],
];
