import { type SuspendTerminal, useApp, useInput, usePaste } from 'ink';
import { type ReactNode, useEffect } from 'react';
import type { Controller } from './controller.ts';
import { keyNames } from './key-names.ts';

type ListenerProps = {
	readonly controller: Controller;
	/** Told the way to hand the terminal over to another program. */
	readonly onSuspend: (suspend: SuspendTerminal) => void;
};

/** Takes keys and draws nothing: for when everything is said in lines. */
export function Listener({ controller, onSuspend }: ListenerProps): ReactNode {
	const { suspendTerminal } = useApp();
	useEffect(() => onSuspend(suspendTerminal), [onSuspend, suspendTerminal]);
	useInput((input, key) => void controller.press(keyNames(input, key)));
	usePaste(text => controller.paste(text));
	return null;
}
