import type { Page } from 'playwright-core';

/** Until what is drawn has stood still for three frames: layout, camera and list follow one another. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let [before, same] = ['', 0]; same < 3;) {
      await new Promise((done) => requestAnimationFrame(done));
      const places = [...document.querySelectorAll('[data-x]')];
      const now = places.map((one) => `${one.getAttribute('data-x')} ${one.getAttribute('data-y')}`).join();
      same = now === before ? same + 1 : 0;
      before = now;
    }
  });
}

/** All of the graph, however small. */
export async function showWhole(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Fit the graph into view' }).click();
  await settled(page);
}

/** How strongly a node is drawn, of 255: what is not lit steps back. */
export async function strengthOf(page: Page, name: string): Promise<number> {
  await settled(page);
  return page.evaluate((wanted) => {
    const item = document.querySelector(`[data-node-name="${wanted}"]`)!;
    const canvas = document.querySelector<HTMLCanvasElement>('.graph > canvas')!;
    const { left, top, width } = canvas.getBoundingClientRect();
    const ratio = canvas.width / width;
    const x = (Number(item.getAttribute('data-x')) - left) * ratio;
    const y = (Number(item.getAttribute('data-y')) - top) * ratio;
    const { data } = canvas.getContext('2d')!.getImageData(x - 12, y - 6, 24, 12);
    let total = 0;
    for (let i = 3; i < data.length; i += 4) total += data[i]!;
    return total / (data.length / 4);
  }, name);
}

/**
 * How much of one colour there is in the picture of the graph, in pixels.
 *
 * @param name the custom property that holds it
 * @param apart by how much the three channels may differ together: thin lines are mixed with what is behind them
 */
export async function pixelsOf(page: Page, name: string, apart: number): Promise<number> {
  await settled(page);
  return page.evaluate(
    ([variable, most]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.graph > canvas')!;
      const context = canvas.getContext('2d')!;
      context.fillStyle = getComputedStyle(document.querySelector('.graph')!).getPropertyValue(variable).trim();
      const wanted = [1, 3, 5].map((at) => parseInt((context.fillStyle as string).slice(at, at + 2), 16));
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        const difference = wanted.reduce((sum, one, k) => sum + Math.abs(one - data[i + k]!), 0);
        if (data[i + 3]! > 80 && difference < most) count++;
      }
      return count;
    },
    [name, apart] as const,
  );
}
