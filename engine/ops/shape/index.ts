import { cat } from './cat.ts';
import { detach } from './detach.ts';
import { embed } from './embed.ts';
import { expand } from './expand.ts';
import { flip } from './flip.ts';
import { pad } from './pad.ts';
import { permute } from './permute.ts';
import { reshape } from './reshape.ts';
import { roll } from './roll.ts';
import { slice } from './slice.ts';
import { transpose } from './transpose.ts';

export const shape = { cat, detach, embed, expand, flip, pad, permute, reshape, roll, slice, transpose };
