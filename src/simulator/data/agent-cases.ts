import { agentOwnCases } from './agent-cases/agent-own-cases.ts';
import { crashCases } from './agent-cases/crash-cases.ts';
import { scriptCases } from './agent-cases/script-cases.ts';

export type { AgentCase } from './agent-cases/agent-case.ts';

/** The cases that stories use, by their names in the corpus. */
export const agentCases = { ...agentOwnCases, ...crashCases, ...scriptCases } as const;

export type AgentCaseName = keyof typeof agentCases;
