import type { DebugProtocol } from '@vscode/debugprotocol';

/** Events that a session tells its client of, each with what goes with it. */
export interface Events {
  readonly initialized: undefined;
  readonly stopped: DebugProtocol.StoppedEvent['body'];
  readonly continued: DebugProtocol.ContinuedEvent['body'];
  readonly exited: DebugProtocol.ExitedEvent['body'];
  readonly terminated: undefined;
  readonly output: DebugProtocol.OutputEvent['body'];
  readonly breakpoint: DebugProtocol.BreakpointEvent['body'];
  readonly invalidated: DebugProtocol.InvalidatedEvent['body'];
  readonly memory: DebugProtocol.MemoryEvent['body'];
  readonly progressStart: DebugProtocol.ProgressStartEvent['body'];
  readonly progressEnd: DebugProtocol.ProgressEndEvent['body'];
}

/** What a client said it understands, besides what all do. */
export interface Understood {
  readonly invalidatedEvent: boolean;
  readonly memoryEvent: boolean;
  readonly memoryReferences: boolean;
  readonly progress: boolean;
  readonly variableType: boolean;
}

/** The client, as a session sees it. */
export interface Connection {
  readonly understands: Understood;
  /** What the client counts lines and columns from, 0 or 1. Told once, at the beginning. */
  readonly linesFrom: number;
  readonly columnsFrom: number;
  /** What it counts the places of completions from: not all do as the protocol says. */
  readonly completionsFrom: number;
  readonly event: <Name extends keyof Events>(name: Name, body: Events[Name]) => void;
  /** For those who follow without the protocol: numbers are others, whether or not the client is told. */
  readonly changed: () => void;
}
