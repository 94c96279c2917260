import type { Cadence } from '../settings.ts';
import { described, type Field } from './field.ts';
import { mapping, numberFrom } from './fields.ts';

type Rhythm = {
	readonly step: keyof Cadence & `${string}Ms`;
	readonly help: string;
	/** Seconds. AWS throttles who asks more often, and less often is no monitor. */
	readonly from: number;
	readonly to: number;
};

/** What the rhythms are called in the file, and which step of the plan each is. */
export const rhythms = {
	turn: { step: 'turnMs', from: 1, to: 120, help: 'the deployment and its targets, while things move' },
	largeTurn: { step: 'largeTurnMs', from: 1, to: 120, help: 'the same above 100 targets' },
	quietTurn: {
		step: 'quietTurnMs',
		from: 1,
		to: 600,
		help: 'the same at the longest, while nothing changes',
	},
	sweep: { step: 'sweepMs', from: 2, to: 600, help: 'the deployments of a context, on the fleet screen' },
	targetList: { step: 'relistMs', from: 10, to: 3600, help: 'the list of targets' },
	group: { step: 'groupMs', from: 5, to: 3600, help: 'the deployment group' },
	alarms: { step: 'alarmsMs', from: 5, to: 600, help: 'the states of the alarms' },
	hosts: { step: 'hostsMs', from: 10, to: 3600, help: 'hosts that have failed or are stuck' },
	logs: { step: 'logMs', from: 2, to: 600, help: 'a log that is on the screen' },
} as const satisfies Readonly<Record<string, Rhythm>>;

type RhythmName = keyof typeof rhythms;

const rhythmNames = Object.keys(rhythms) as readonly RhythmName[];

/** The names and seconds of the rhythms that a plan tells. */
export const secondsOf = (plan: Cadence): readonly (readonly [RhythmName, number])[] =>
	rhythmNames.flatMap(name => {
		const ms = plan[rhythms[name].step];
		return ms === undefined ? [] : [[name, ms / 1000] as const];
	});

const fieldOf = ({ from, to, help }: Rhythm): Field<number> =>
	described(`${help}, in seconds`, numberFrom('seconds', from, to));

const inSeconds = mapping(
	Object.fromEntries(rhythmNames.map(name => [name, fieldOf(rhythms[name])])) as Record<
		RhythmName,
		Field<number>
	>,
);

/** How often AWS is asked about what, in seconds. */
export const cadenceField: Field<Cadence> = {
	schema: inSeconds.schema,
	read(value, path, reading) {
		const seconds = inSeconds.read(value, path, reading);
		if (seconds === undefined) return undefined;
		return Object.fromEntries(
			rhythmNames.flatMap(name => {
				const told = seconds[name];
				return told === undefined ? [] : [[rhythms[name].step, told * 1000] as const];
			}),
		);
	},
};
