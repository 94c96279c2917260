/** How the program stops itself as ctrl-z does, and hears of being stopped and continued from outside. */
export type JobControl = {
	/**
	 * Stops the whole job, so that the shell notices whatever stands between it and this program. Without a shell that
	 * could continue it the system leaves it running, and this returns at once.
	 */
	stop(): void;
	/** `stopped` is called instead of stopping when somebody asks for a stop (SIGTSTP). Returns the way to stop listening. */
	listen(listener: { readonly stopAsked: () => void; readonly continued: () => void }): () => void;
};

/** Of the real process; undefined where there is no job control. */
export function jobControlOf(process: NodeJS.Process): JobControl | undefined {
	if (process.platform === 'win32') return undefined;
	let stopAsked: (() => void) | undefined;
	return {
		stop() {
			// Who listens is not stopped.
			if (stopAsked) process.off('SIGTSTP', stopAsked);
			process.kill(0, 'SIGTSTP');
			if (stopAsked) process.on('SIGTSTP', stopAsked);
		},
		listen(listener) {
			const continued = () => {
				// A terminal tells its size to the program in the foreground only, and Node asks for it at no other time.
				process.emit('SIGWINCH', 'SIGWINCH');
				listener.continued();
			};
			stopAsked = listener.stopAsked;
			process.on('SIGTSTP', stopAsked);
			process.on('SIGCONT', continued);
			return () => {
				if (stopAsked) process.off('SIGTSTP', stopAsked);
				stopAsked = undefined;
				process.off('SIGCONT', continued);
			};
		},
	};
}
