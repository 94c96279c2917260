import { Box, type SuspendTerminal, Text, useApp, useInput, usePaste } from 'ink';
import { memo, type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { keyNames } from './key-names.ts';
import type { Painter } from './paint.ts';
import type { Scene } from './stage.ts';

type AppProps = {
	readonly stage: Scene;
	readonly paint: Painter;
	/** Told the way to hand the terminal over to another program. */
	readonly onSuspend: (suspend: SuspendTerminal) => void;
};

/**
 * The whole screen: one `<Text>` per terminal row, painted again only when its text has changed. The root has no
 * width: Ink leaves garbage behind after a shrink when it has one. What is on the screen is decided in the view.
 */
export function App({ stage, paint, onSuspend }: AppProps): ReactNode {
	const { lines, columns, rows } = useSyncExternalStore(stage.subscribe, stage.picture);
	const { suspendTerminal } = useApp();
	useEffect(() => onSuspend(suspendTerminal), [onSuspend, suspendTerminal]);
	useInput((input, key) => void stage.controller.press(keyNames(input, key)));
	usePaste(text => stage.controller.paste(text));
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			{lines.map((line, row) => (
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
