import type { TrackRecord } from '../../domain/track-record.ts';
import { asFailure } from '../calls.ts';
import type { RecordOptions } from './read-record.ts';
import type { RecordGap, RecordReading } from './reading.ts';

/** The names of flaky hosts, where EC2 knows them; `miss` is told why it does not answer. */
export async function readNames(
	{ flaky }: TrackRecord,
	{ ask, signal }: Pick<RecordOptions, 'ask' | 'signal'>,
	miss: (gap: RecordGap) => void,
): Promise<RecordReading['hostNames']> {
	const ids = flaky.hosts.map(({ id }) => id);
	if (ids.length === 0) return new Map();
	try {
		const found = await ask(
			'DescribeInstances',
			({ hosts }, inner) => hosts.describeInstances(ids, inner),
			signal,
		);
		const names = new Map<string, string | undefined>(found.map(({ id, name }) => [id, name]));
		return new Map(
			ids.flatMap(id => {
				const name = names.get(id);
				return name === undefined ? [] : [[id, name] as const];
			}),
		);
	} catch (error) {
		signal.throwIfAborted();
		miss({ what: 'names of hosts', failure: asFailure(error, 'DescribeInstances') });
		return new Map();
	}
}
