/** What is in use after so many steps. Run with `--expose-gc`. */
export interface Sample {
  readonly step: number;
  /** Bytes of JavaScript objects, of the numbers in tensors and of WebAssembly's memories. */
  readonly used: number;
  /** Bytes of the whole process. */
  readonly resident: number;
}

const { gc: collect } = globalThis as unknown as { readonly gc: () => void };

/** The numbers of tensors are given back a turn after the tensors. */
export async function sample(step: number): Promise<Sample> {
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return { step, used: heapUsed + external, resident: process.memoryUsage.rss() };
}

export const isSampled = (step: number): boolean => step % 2500 === 0 || step === 500;
