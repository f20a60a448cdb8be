/** Branded ids: a text that has been through the parser of its room. Each `toX` is the one cast; call it on parsed text only. */
type Branded<Name extends string> = string & { readonly __id: Name };

export type FlowId = Branded<"FlowId">;
export type StepId = Branded<"StepId">;
export type SystemId = Branded<"SystemId">;
export type SourceId = Branded<"SourceId">;
export type KeyType = Branded<"KeyType">;

export const toFlowId = (text: string): FlowId => text as FlowId;
export const toStepId = (text: string): StepId => text as StepId;
export const toSystemId = (text: string): SystemId => text as SystemId;
export const toSourceId = (text: string): SourceId => text as SourceId;
export const toKeyType = (text: string): KeyType => text as KeyType;
