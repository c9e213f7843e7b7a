/** What a host hears of a thread. */
export interface Listener<From> {
  readonly heard: (message: From) => void;
  /** It failed, or ended of its own accord: nothing more comes from it. */
  readonly ended: (why: string) => void;
}

/** A thread as its host sees it: a worker thread of Node, a Worker of a browser. */
export interface Thread<To> {
  post(message: To): void;
  /** Whether the process has to stay for it. A thread begins held. */
  hold(wanted: boolean): void;
  /** At any moment, whatever it is at. */
  terminate(): void;
}

/** Starts threads of one kind. */
export type StartThread<Start, To, From> = (start: Start, listener: Listener<From>) => Thread<To>;

/** The other end, inside of the thread. What comes before somebody listens is kept. */
export interface Port<To, From> {
  post(message: From): void;
  listen(heard: (message: To) => void): void;
}
