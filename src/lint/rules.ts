import { appSpecRules } from './rules/app-spec.ts';
import { contentRules } from './rules/contents.ts';
import type { Rule } from './rules/rule.ts';
import { scriptRules } from './rules/scripts.ts';
import { serverlessRules } from './rules/serverless.ts';

const table = { ...contentRules, ...appSpecRules, ...serverlessRules, ...scriptRules };

export type RuleId = keyof typeof table;

/** Everything that is looked for, by the id that people look up. */
export const rules: Readonly<Record<RuleId, Rule>> = table;

export const ruleIds: readonly RuleId[] = Object.keys(table) as readonly RuleId[];
