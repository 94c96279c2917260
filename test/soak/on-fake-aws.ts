import { createGroupLife, type GroupLife, minuteMs, releaseMinutes } from './group-life.ts';
import { countAbortListeners, heapAfterGc, openResources, type Sample } from './sample.ts';

export type SoakOptions = {
	readonly hours: number;
	/** Virtual minutes from one sample to the next. */
	readonly everyMinutes: number;
	/** Told each sample. */
	tell(sample: Sample): void;
};

/** Then the way back is as long as it gets. */
const releasesUntilFull = 12;
/** Then a page of the list is full of launches. */
const minutesUntilFull = 240;

/** A followed group on the fake AWS that is released to again and again: the engine, its turns and the state. */
export async function soakReleases(options: SoakOptions): Promise<readonly Sample[]> {
	const life = createGroupLife();
	await life.live(releasesUntilFull * releaseMinutes);
	return soak(life, options);
}

/** The same when nothing is released, and Auto Scaling launches machines all the time. */
export async function soakLaunches(options: SoakOptions): Promise<readonly Sample[]> {
	const life = createGroupLife();
	await life.live(releaseMinutes);
	life.rest();
	await life.live(minutesUntilFull);
	return soak(life, options);
}

async function soak(life: GroupLife, { hours, everyMinutes, tell }: SoakOptions): Promise<readonly Sample[]> {
	const signals = countAbortListeners();
	const { stage } = life;
	const startedAt = stage.clock.now();
	const samples: Sample[] = [];
	for (let passed = 0; passed < hours * 60; passed += everyMinutes) {
		await life.live(everyMinutes);
		const sample = {
			hour: (stage.clock.now() - startedAt) / (60 * minuteMs),
			heapBytes: await heapAfterGc(),
			sleeping: stage.clock.sleeping(),
			storeListeners: stage.store.listenerCount(),
			abortListeners: signals.count(),
			...openResources(),
			rollouts: stage.store.getState().rollouts.size,
		};
		samples.push(sample);
		tell(sample);
	}
	await stage.stop();
	signals.stop();
	return samples;
}
