import { rules } from '../rules.ts';
import type { LintReport } from './report.ts';

/** The version of `rollcall lint --json`. */
export const lintSchema = 'rollcall/lint/v1';

/** What `rollcall lint --json` prints: schemas/lint.schema.json describes it, and scripts depend on it. */
export type LintDocument = {
	readonly schema: typeof lintSchema;
	readonly bundle: {
		readonly location: string;
		readonly kind: string;
		readonly files: number;
		readonly bytes: number;
	};
	readonly platform: 'server' | 'ecs' | 'lambda' | null;
	readonly appSpec: string | null;
	readonly summary: { readonly errors: number; readonly warnings: number };
	/** Errors first. */
	readonly findings: readonly {
		readonly rule: string;
		readonly severity: 'error' | 'warning';
		/** From the root of the bundle. */
		readonly file: string;
		readonly line: number | null;
		readonly column: number | null;
		readonly what: string;
		readonly why: string;
		readonly fix: string;
	}[];
	readonly fixed: readonly { readonly file: string; readonly what: string }[];
	readonly notChecked: readonly string[];
	readonly localCommand: string | null;
};

export function lintDocument({ location, result, fixed, localCommand }: LintReport): LintDocument {
	const { kind, files, size, platform, appSpec, findings, notChecked } = result;
	const errors = findings.filter(({ severity }) => severity === 'error').length;
	return {
		schema: lintSchema,
		bundle: { location, kind, files, bytes: size },
		platform: platform ?? null,
		appSpec: appSpec ?? null,
		summary: { errors, warnings: findings.length - errors },
		findings: findings.map(({ rule, severity, file, line, column, what }) => ({
			rule,
			severity,
			file,
			line: line ?? null,
			column: column ?? null,
			what,
			why: rules[rule].why,
			fix: rules[rule].fix,
		})),
		fixed,
		notChecked,
		localCommand: localCommand ?? null,
	};
}
