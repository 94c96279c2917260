/** Whether it is an error of the operating system, or of Node.js, which have a code. */
export const isSystemError = (error: unknown): error is Error & { readonly code: string } =>
	error instanceof Error && 'code' in error && typeof error.code === 'string';
