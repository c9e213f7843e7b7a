/**
 * How the data of `examples/house-prices.ts` was made: 120 houses that do not exist, in a town that does not either. Free of
 * anybody's rights, and its truth is known: ln price is linear in the columns, plus noise.
 */

/** Uniform numbers in [0, 1), the same on every machine (mulberry32, by T. Ettinger, public domain). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const kinds = ['flat', 'terraced', 'detached'] as const;
const heatings = ['gas', 'district', 'heat pump'] as const;
const houses = 120;

/** Spread of what the columns do not explain: a price is off by a factor of e^±noise. */
export const noise = 0.08;

export function houseCsv(): string {
  const random = generator(20);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const lines = Array.from({ length: houses }, () => {
    const kind = Math.floor(random() * 3);
    const heating = Math.floor(random() * 3);
    const area = Math.round(45 + 30 * kind + 60 * random());
    const rooms = Math.max(1, Math.round(area / 28 + normal() * 0.7));
    const year = Math.round(1900 + 122 * Math.sqrt(random()));
    const distance = Math.round(10 * (0.3 + 14 * random() ** 1.5)) / 10;
    const garden = kind === 0 ? 0 : Math.round(40 + 180 * kind * random());
    const logPrice =
      11.2 +
      0.008 * area +
      0.03 * rooms +
      0.003 * (year - 1960) -
      0.045 * distance +
      0.0006 * garden +
      [0, 0.05, 0.18][kind]! +
      [0, 0.02, 0.07][heating]! +
      noise * normal();
    const price = Math.round(Math.exp(logPrice) / 100) * 100;
    // What sellers leave out: now and then the year, more often the garden.
    const [saysYear, saysGarden] = [random() > 0.08, random() > 0.15];
    return [
      area,
      rooms,
      saysYear ? year : '',
      distance,
      saysGarden ? garden : '',
      kinds[kind],
      heatings[heating],
      price,
    ].join(',');
  });
  return `${['area,rooms,year,distance,garden,kind,heating,price', ...lines].join('\n')}\n`;
}

/** The same as a module: the sandbox reads programs, and no other files. */
export const houseModule = (csv: string): string =>
  `/** house-prices.csv as a module, because models read no files. Written by test/examples/house-prices.test.ts. */\nexport const csv = \`${csv}\`;\n`;
