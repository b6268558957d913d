// Which part of the picture is to be seen, and how large.

export interface View {
  /** Of the picture, at the upper left corner of the window. */
  readonly x: number
  readonly y: number
  readonly scale: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Box extends Size {
  readonly x: number
  readonly y: number
}

const scaleMin = 0.03
const scaleMax = 2

/** Smaller, nothing can be read, and a part of the picture tells more than all of it. */
const legibleScale = 0.34
const startScale = 0.72
const margin = 28

export function fitted(window: Size, picture: Size): View {
  const scale = Math.min(
    1,
    (window.width - 2 * margin) / Math.max(1, picture.width),
    (window.height - 2 * margin) / Math.max(1, picture.height),
  )
  return centred(window, Math.max(scaleMin, scale), picture.width / 2, picture.height / 2)
}

/** All of it if that can be read; else as much as can, around `box`. */
export function firstView(window: Size, picture: Size, box: Box | undefined): View {
  const all = fitted(window, picture)
  if (all.scale >= legibleScale) return all
  const scale = window.width < 600 ? 0.6 : startScale
  if (box !== undefined) return centredOn(window, box, scale)
  return { x: -margin / scale, y: -margin / scale, scale }
}

export function centredOn(window: Size, box: Box, scale: number): View {
  return centred(window, scale, box.x + box.width / 2, box.y + box.height / 2)
}

function centred({ width, height }: Size, scale: number, x: number, y: number): View {
  return { x: x - width / scale / 2, y: y - height / scale / 2, scale }
}

/** `x` and `y` are of the window: what is there stays there. */
export function zoomed(view: View, factor: number, x: number, y: number): View {
  const scale = Math.min(scaleMax, Math.max(scaleMin, view.scale * factor))
  return {
    x: view.x + x / view.scale - x / scale,
    y: view.y + y / view.scale - y / scale,
    scale,
  }
}

export function panned(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale }
}

/** Moves no further than needed to have the box in the window. */
export function revealing(view: View, { width, height }: Size, box: Box): View {
  const scale = Math.max(view.scale, legibleScale)
  const space = margin / scale
  const left = box.x - space
  const right = box.x + box.width + space - width / scale
  const top = box.y - space
  const bottom = box.y + box.height + space - height / scale
  return {
    x: Math.min(left, Math.max(right, view.x)),
    y: Math.min(top, Math.max(bottom, view.y)),
    scale,
  }
}
