// Windows of images as the columns of a matrix, and back. One axis of a convolution is told by: size, kernel, out, stride,
// padding, dilation; places of the window that hang over the edge are zeros.

/** The first output along an axis for which a place of the window is inside the image. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function firstInside(offset: i32, stride: i32): i32 {
  return offset >= 0 ? 0 : (-offset + stride - 1) / stride;
}

/** One past the last. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function endInside(offset: i32, stride: i32, size: i32, out: i32): i32 {
  const last = size - 1 - offset;
  return last < 0 ? 0 : min(out, last / stride + 1);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function copyRow(to: usize, from: usize, count: i32, stride: i32): void {
  if (stride == 1) {
    const whole = count & ~3;
    for (let i: i32 = 0; i < whole; i += 4) v128.store(to + (<usize>i << 2), v128.load(from + (<usize>i << 2)));
    for (let i = whole; i < count; i++) store<f32>(to + (<usize>i << 2), load<f32>(from + (<usize>i << 2)));
    return;
  }
  for (let i: i32 = 0; i < count; i++) store<f32>(to + (<usize>i << 2), load<f32>(from + (<usize>(i * stride) << 2)));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function addRow(to: usize, from: usize, count: i32, stride: i32): void {
  if (stride == 1) {
    const whole = count & ~3;
    for (let i: i32 = 0; i < whole; i += 4) {
      const at = <usize>i << 2;
      v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
    }
    for (let i = whole; i < count; i++) {
      const at = <usize>i << 2;
      store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
    }
    return;
  }
  for (let i: i32 = 0; i < count; i++) {
    const at = to + (<usize>(i * stride) << 2);
    store<f32>(at, load<f32>(at) + load<f32>(from + (<usize>i << 2)));
  }
}

/** One image [channels, height, width] and its columns [channels · kernel, out]: read into them, or, `back`, added from them. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function move(
  x: usize, columns: usize, rowStride: i32, channels: i32,
  height: i32, width: i32, kernelHeight: i32, kernelWidth: i32, outHeight: i32, outWidth: i32,
  strideDown: i32, strideAcross: i32, paddingDown: i32, paddingAcross: i32, dilationDown: i32, dilationAcross: i32,
  back: bool,
): void {
  for (let c: i32 = 0; c < channels; c++) {
    for (let p: i32 = 0; p < kernelHeight; p++) {
      const down = p * dilationDown - paddingDown;
      const top = firstInside(down, strideDown);
      const bottom = endInside(down, strideDown, height, outHeight);
      for (let q: i32 = 0; q < kernelWidth; q++) {
        const across = q * dilationAcross - paddingAcross;
        const left = firstInside(across, strideAcross);
        const right = endInside(across, strideAcross, width, outWidth);
        const inner = right - left;
        if (!back && (top > 0 || bottom < outHeight || left > 0 || right < outWidth))
          memory.fill(columns, 0, <usize>(outHeight * outWidth) << 2);
        if (inner > 0) {
          for (let i = top; i < bottom; i++) {
            const image = x + (<usize>((i * strideDown + down) * width + left * strideAcross + across) << 2);
            const column = columns + (<usize>(i * outWidth + left) << 2);
            if (back) addRow(image, column, inner, strideAcross);
            else copyRow(column, image, inner, strideAcross);
          }
        }
        columns += <usize>rowStride << 2;
      }
    }
    x += <usize>(height * width) << 2;
  }
}

export function im2col(
  x: usize, columns: usize, rowStride: i32, channels: i32,
  height: i32, width: i32, kernelHeight: i32, kernelWidth: i32, outHeight: i32, outWidth: i32,
  strideDown: i32, strideAcross: i32, paddingDown: i32, paddingAcross: i32, dilationDown: i32, dilationAcross: i32,
): void {
  move(
    x, columns, rowStride, channels, height, width, kernelHeight, kernelWidth, outHeight, outWidth,
    strideDown, strideAcross, paddingDown, paddingAcross, dilationDown, dilationAcross, false,
  );
}

export function col2im(
  x: usize, columns: usize, rowStride: i32, channels: i32,
  height: i32, width: i32, kernelHeight: i32, kernelWidth: i32, outHeight: i32, outWidth: i32,
  strideDown: i32, strideAcross: i32, paddingDown: i32, paddingAcross: i32, dilationDown: i32, dilationAcross: i32,
): void {
  move(
    x, columns, rowStride, channels, height, width, kernelHeight, kernelWidth, outHeight, outWidth,
    strideDown, strideAcross, paddingDown, paddingAcross, dilationDown, dilationAcross, true,
  );
}
