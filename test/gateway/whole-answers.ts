import { isRecord } from './mangled.ts';
import { type Field, type Model, modelOf, toXml, type Wire } from './schema-answers.ts';

/** Answers made from the SDK's own model of an operation with every field filled in, as a decent service would. */

/** Where a text stands in an answer. */
export type Path = readonly (string | number)[];

export type WholeAnswer = {
	readonly value: unknown;
	/** All texts but for the tokens of pages, which are sent back and never shown. */
	readonly texts: readonly Path[];
};

const known: readonly (readonly [name: RegExp, text: string])[] = [
	[/^instanceid$|^targetid$/i, 'i-00251908fcdce4b31'],
	[/deploymentid$|^deploymentslist$/i, 'd-75I7MBT7C'],
	[/arn$/i, 'arn:aws:iam::123456789012:role/web'],
	[/^deploymenttargettype$/i, 'InstanceTarget'],
	[/^historydata$/i, '{"oldState":{"stateValue":"OK"},"newState":{"stateValue":"ALARM"}}'],
	[/^assumerolepolicydocument$/i, '%7B%22Statement%22%3A%5B%5D%7D'],
	[/^platformdetails$/i, 'Linux/UNIX'],
	[/^evalactionname$/i, 's3:GetObject'],
	[/^eval.*decision$/i, 'allowed'],
	[/^evalresourcename$/i, '*'],
];

/** `without`: fields that are left out, for others to be read in their place. */
export function wholeAnswer(
	operation: readonly unknown[],
	wire: Wire,
	without: readonly string[] = [],
): WholeAnswer {
	const texts: Path[] = [];
	const value = fill(modelOf(operation[5]), '', { wire, without, path: [], texts });
	return { value, texts };
}

type Place = {
	readonly wire: Wire;
	readonly without: readonly string[];
	readonly path: Path;
	readonly texts: Path[];
};

function fill(model: Model, name: string, place: Place): unknown {
	const { wire, without, path, texts } = place;
	const at = (step: string | number): Place => ({ ...place, path: [...path, step] });
	if (path.length > 12) return null;
	switch (model.kind) {
		case 'list':
			return [fill(model.of.model(), name, at(0))];
		case 'structure':
			return Object.fromEntries(
				model.fields
					.filter(field => isTold(field) && !without.includes(field.name))
					.map(field => [field.name, fill(field.model(), field.name, at(field.name))]),
			);
		case 'simple':
			if (model.code === 1) return 1;
			if (model.code === 2) return true;
			if (model.code >= 4 && model.code <= 7) return wire === 'json' ? 1_700_000_000 : '2026-11-23T12:00:00Z';
			texts.push(path);
			return known.find(([pattern]) => pattern.test(name))?.[1] ?? 'web';
	}
}

/** There is one page of everything. */
const isTold = ({ name }: Field): boolean => !/token$|^marker$|^istruncated$/i.test(name);

/** The answer with another text in one place. */
export function withText(value: unknown, [step, ...rest]: Path, text: string | null): unknown {
	if (step === undefined) return text;
	if (Array.isArray(value)) {
		return value.map((each, index) => (index === step ? withText(each, rest, text) : each));
	}
	if (!isRecord(value)) return value;
	return { ...value, [step]: withText(value[step], rest, text) };
}

/** As the service would write it. */
export function written(operation: readonly unknown[], value: unknown, wire: Wire): string {
	return wire === 'json'
		? JSON.stringify(value)
		: toXml(String(operation[2]), modelOf(operation[5]), value, wire);
}
