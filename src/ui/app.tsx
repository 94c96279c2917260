import { Box, type SuspendTerminal, Text, useApp, useInput, usePaste } from 'ink';
import { memo, type ReactNode, useEffect, useSyncExternalStore } from 'react';
import type { Store } from '../monitor/store.ts';
import { selectFrame } from '../view/frame.ts';
import type { Controller } from './controller.ts';
import { keyNames } from './key-names.ts';
import type { Painter } from './paint.ts';

type AppProps = {
	readonly store: Store;
	readonly controller: Controller;
	readonly paint: Painter;
	/** Told the way to hand the terminal over to another program. */
	readonly onSuspend: (suspend: SuspendTerminal) => void;
};

/**
 * The whole screen: one `<Text>` per terminal row, painted again only when its text has changed. The root has no
 * width: Ink leaves garbage behind after a shrink when it has one. What is on the screen is decided in the view.
 */
export function App({ store, controller, paint, onSuspend }: AppProps): ReactNode {
	const state = useSyncExternalStore(store.subscribe, store.getSnapshot);
	const { suspendTerminal } = useApp();
	useEffect(() => onSuspend(suspendTerminal), [onSuspend, suspendTerminal]);
	useInput((input, key) => controller.press(keyNames(input, key)));
	usePaste(text => controller.paste(text));
	const { columns, rows } = state.ui.size;
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			{selectFrame(state).map((line, row) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a row of the terminal is its position
				<Row key={row} text={paint(line, columns)} />
			))}
		</Box>
	);
}

const Row = memo(function Row({ text }: { readonly text: string }): ReactNode {
	// An empty <Text> takes no height in Ink; a space does.
	return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});
