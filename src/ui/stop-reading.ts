/**
 * Ink only stops listening: Node would go on reading, and take keys from whoever has the terminal. A stream pauses only
 * when it has noticed, a tick later, that nobody listens any more; and stops to read another tick later, which must not
 * be after somebody listens again.
 */
export async function stopReading(stdin: { pause(): unknown }): Promise<void> {
	await nextTick();
	stdin.pause();
	await nextTick();
}

const nextTick = () => new Promise<void>(resolve => process.nextTick(resolve));
