// Backpropagation itself. The forward pass computes u₁ … u₇ in order. The backward pass fills a table of gradients:
//   grad_table[u₇] = 1, and then, from the last node to the first, for each uᵢ and each of its inputs uⱼ
//   grad_table[uⱼ] += grad_table[uᵢ] · ∂uᵢ/∂uⱼ.
// When a node's turn comes, everything that it leads to has had its own: its entry is complete.
import { model, param } from 'retrograd';

const u1 = param(1.5);
const u2 = param(-0.5);

export const table = model(() => {
  const u3 = u1.mul(u2);
  const u4 = u1.sin();
  const u5 = u2.exp();
  const u6 = u3.add(u4);
  const u7 = u6.mul(u5);
  return u7;
});

// The same by hand, in plain numbers.
const v1 = 1.5;
const v2 = -0.5;
const v3 = v1 * v2;
const v4 = Math.sin(v1);
const v5 = Math.exp(v2);
const v6 = v3 + v4;
const edges: [of: string, by: string, local: number][] = [
  ['u7', 'u6', v5],
  ['u7', 'u5', v6],
  ['u6', 'u3', 1],
  ['u6', 'u4', 1],
  ['u5', 'u2', v5],
  ['u4', 'u1', Math.cos(v1)],
  ['u3', 'u1', v2],
  ['u3', 'u2', v1],
];
const gradTable: Record<string, number> = { u7: 1 };
for (const [of, by, local] of edges) {
  gradTable[by] = (gradTable[by] ?? 0) + gradTable[of]! * local;
  console.log(`grad_table[${by}] += grad_table[${of}] · ∂${of}/∂${by}: ${gradTable[by].toFixed(4)}`);
}
