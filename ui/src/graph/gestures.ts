// What a pointer, or two fingers, do on the canvas.

export interface Gestures {
  pan(dx: number, dy: number): void
  zoom(factor: number, x: number, y: number): void
  press(x: number, y: number): void
  open(x: number, y: number): void
  hover(x: number, y: number): void
}

/** A press that moves further is a drag. In pixels. */
const pressReach = 4

/** Returns what ends it. */
export function listenToGestures(element: HTMLElement, gestures: Gestures): () => void {
  const control = new AbortController()
  const { signal } = control
  const fingers = new Map<number, { x: number; y: number }>()
  let moved = 0
  const place = (event: MouseEvent) => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const down = (event: PointerEvent) => {
    if (fingers.size === 0) moved = 0
    fingers.set(event.pointerId, place(event))
    element.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    const last = fingers.get(event.pointerId)
    const now = place(event)
    if (last === undefined) return gestures.hover(now.x, now.y)
    fingers.set(event.pointerId, now)
    moved += Math.abs(now.x - last.x) + Math.abs(now.y - last.y)
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
    if (other !== undefined) {
      const factor = distance(now, other) / Math.max(1, distance(last, other))
      gestures.zoom(factor, (now.x + other.x) / 2, (now.y + other.y) / 2)
    } else if (moved > pressReach) gestures.pan(now.x - last.x, now.y - last.y)
  }
  const up = (event: PointerEvent) => {
    const wasDown = fingers.delete(event.pointerId)
    const { x, y } = place(event)
    if (wasDown && moved <= pressReach && event.type === 'pointerup') gestures.press(x, y)
  }
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    const { x, y } = place(event)
    if (event.shiftKey) gestures.pan(-event.deltaY - event.deltaX, 0)
    else gestures.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.04 : 0.0016)), x, y)
  }
  const twice = (event: MouseEvent) => {
    const { x, y } = place(event)
    gestures.open(x, y)
  }
  element.addEventListener('pointerdown', down, { signal })
  element.addEventListener('pointermove', move, { signal })
  element.addEventListener('pointerup', up, { signal })
  element.addEventListener('pointercancel', up, { signal })
  element.addEventListener('wheel', wheel, { signal, passive: false })
  element.addEventListener('dblclick', twice, { signal })
  return () => control.abort()
}

interface Place {
  readonly x: number
  readonly y: number
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
