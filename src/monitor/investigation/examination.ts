import type { HostKnowledge, Knowledge } from '../../diagnosis/knowledge.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { AppEvent } from '../events.ts';
import type { Watch } from '../watch.ts';
import { type Inquire, inquiring } from './inquiry.ts';

/** One run of the checklist, as its parts see it. Nothing that they tell is applied once it is over. */
export type Examination = {
	readonly watch: Watch;
	readonly signal: AbortSignal;
	/** Found out about the account. */
	learn(knowledge: Partial<Omit<Knowledge, 'hosts'>>): void;
	/** Found out about one host. */
	examined(targetId: TargetId, knowledge: HostKnowledge): void;
	tell(event: AppEvent): void;
	readonly ask: Inquire;
};

export function createExamination(
	watch: Watch,
	signal: AbortSignal,
	/** Whether it is still this run that is wanted. */
	isCurrent: () => boolean,
): Examination {
	const { id, clock } = watch;
	const tell = (event: AppEvent) => {
		if (!signal.aborted && isCurrent()) watch.tell(event);
	};
	return {
		watch,
		signal,
		tell,
		learn: knowledge => tell({ type: 'knowledge.gained', id, knowledge, at: clock.now() }),
		examined: (targetId, knowledge) =>
			tell({ type: 'host.examined', id, targetId, knowledge, at: clock.now() }),
		ask: inquiring(watch.probe, signal),
	};
}
