import { arePlaces } from '../../tensor/kernels/indexing.ts';
import type { LogLine } from '../../trace/format.ts';
import { type HostFunctions, longestLogLine } from '../stream.ts';
import { answerDifferentiate, answerOneHot } from './at-once.ts';
import { RunStopped } from './limits.ts';
import { placeInStack, startOf } from './problems.ts';
import type { Program } from './program.ts';
import type { Replay } from './replay.ts';

interface Reached {
  readonly program: Program;
  readonly replay: Replay;
  readonly log: LogLine[];
  readonly logLines: number;
  /** Told after each stretch of the stream. */
  readonly flushed: () => void;
  /** Does what was asked for within the limits of the run. */
  readonly limited: <Result>(body: () => Result) => Result;
}

/** All that the guest can ask of the host. */
export function hostFunctions({ program, replay, log, logLines, flushed, limited }: Reached): HostFunctions {
  const { tape, texts, contents } = replay;
  const logged = (level: string, text: string, stack: string): void => {
    if (log.length >= logLines) return;
    if (text.length > longestLogLine) throw new RunStopped('internal', 'A line of the log is too long.');
    const place = placeInStack(stack, program) ?? startOf(program.entry);
    log.push({ level: level === 'warn' || level === 'error' ? level : 'log', text, ...place });
  };
  return {
    flush: (stream, count) =>
      limited(() => {
        replay.run(stream, count);
        flushed();
      }),
    intern: (text) => limited(() => texts.intern(text)),
    content: (bytes) => limited(() => contents.add(bytes)),
    read: (tensor) => limited(() => copyOf(tape.tensor(tensor).data)),
    arePlaces: (tensor, size) => limited(() => arePlaces(tape.tensor(tensor).data, size)),
    oneHot: (question) => limited(() => answerOneHot(replay, question)),
    batches: (size, of, seed) => limited(() => tape.batches.add(size, of, seed)),
    gradient: (tensor) => limited(() => tape.gradient(tensor)),
    differentiate: (question) => limited(() => answerDifferentiate(replay, question)),
    nameOf: (site) => limited(() => program.site(site)?.name ?? ''),
    log: (level, text, stack) => limited(() => logged(level, text, stack)),
  };
}

const copyOf = (data: ArrayBufferView): ArrayBuffer =>
  data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
