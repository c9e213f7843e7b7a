import { cat } from './cat.ts';
import { detach } from './detach.ts';
import { embed } from './embed.ts';
import { expand } from './expand.ts';
import { reshape } from './reshape.ts';
import { slice } from './slice.ts';
import { transpose } from './transpose.ts';

export const shape = { cat, detach, embed, expand, reshape, slice, transpose };
