/** What the terminal around the screen may be told. `auto`: where it is known to understand it. */
export type Notifications = {
	/** The bell, on failure, stall, Ready and end. */
	readonly bell: boolean;
	/** The title of the window or pane. */
	readonly title: boolean;
	/** Progress in the task bar or tab (OSC 9;4). */
	readonly progress: boolean | 'auto';
	/** Notifications of the desktop (OSC 9). */
	readonly desktop: boolean | 'auto';
};

export const defaultNotifications: Notifications = {
	bell: true,
	title: true,
	progress: 'auto',
	desktop: 'auto',
};
