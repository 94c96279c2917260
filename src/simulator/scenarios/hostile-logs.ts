import { hostileDiagnostics, hostileNames } from '../data/hostile-text.ts';
import type { Revision } from '../world/revision.ts';
import { build, checkoutGroup, fleetOf, quietDays } from './cast.ts';
import { checkout5xx } from './checkout-alarms.ts';
import type { Scenario } from './scenario.ts';

const bundle: Revision = {
	revisionType: 'S3',
	s3Location: { bucket: 'acme-artifacts', key: hostileNames.key, bundleType: 'zip' },
};

export const hostileLogs: Scenario = {
	name: 'hostile-logs',
	title: 'Scripts print what a terminal must not be shown',
	group: {
		...checkoutGroup,
		deploysTo: fleetOf(16),
		configName: 'CodeDeployDefault.HalfAtATime',
		alarms: [hostileNames.alarm],
	},
	alarms: [
		{
			alarm: { ...checkout5xx.alarm, name: hostileNames.alarm, description: hostileNames.alarmDescription },
			metric: checkout5xx.metric,
		},
	],
	hosts: [{ hosts: [0, 1], unlike: { name: hostileNames.host } }],
	history: quietDays,
	rollout: {
		revision: bundle,
		description: hostileNames.description,
		configName: 'CodeDeployDefault.AllAtOnce',
	},
	revisions: [
		{
			revision: bundle,
			script: {
				pace: 1.8,
				mishaps: hostileDiagnostics.map((diagnostics, host) => ({
					hosts: [host],
					event: 'ApplicationStart',
					failure: { type: 'authored', diagnostics },
				})),
			},
		},
		{ revision: build(4699), script: { pace: 0.5 } },
	],
};
