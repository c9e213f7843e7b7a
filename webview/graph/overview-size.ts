import type { Size } from '../../engine/picture/size.ts';

/** Pixels that it is wide and high at least: of a chain there would be a hair. */
const least = 28;
/** Between it and the corner of the panel, and its frame. */
const around = { width: 24, height: 20 } as const;

/** Of the picture of the whole: as large as a corner of the panel allows, in the graph's own proportions as far as these can be seen. */
export function pictureSize(content: Size, view: Size): Size {
  const most = { width: Math.min(104, view.width * 0.18), height: Math.min(220, view.height * 0.4) };
  const scale = Math.min(most.width / content.width, most.height / content.height);
  return {
    width: Math.round(Math.max(least, content.width * scale)),
    height: Math.round(Math.max(least, content.height * scale)),
  };
}

/** What it takes of the upper right corner, with what is around it. */
export function overviewSize(content: Size, view: Size): Size {
  const { width, height } = pictureSize(content, view);
  return { width: width + around.width, height: height + around.height };
}
