import { type RefObject, useCallback, useEffect, useImperativeHandle, useRef } from 'react'
import { onThemeChange } from '../state/theme.ts'
import { coloursOf } from './colours.ts'
import { type Gestures, listenToGestures } from './gestures.ts'
import { Painter, type Picture } from './painter.ts'
import type { Rates } from './rates.ts'
import type { Scene, SceneNode } from './scene.ts'
import { centredOn, firstView, fitted, panned, revealing, type View, zoomed } from './view.ts'

export interface GraphHandle {
  fit(): void
  zoom(factor: number): void
  pan(dx: number, dy: number): void
  /** Moves no further than needed to show it. */
  reveal(id: string): void
  centre(id: string): void
}

interface GraphCanvasProps {
  readonly scene: Scene
  readonly rates: Rates
  readonly selected: string | undefined
  readonly matches: ReadonlySet<string> | undefined
  /** What the picture is of: another one is shown from its beginning. */
  readonly subject: string
  readonly handle: RefObject<GraphHandle | null>
  readonly label: string
  select(id: string | undefined): void
  open(node: SceneNode): void
  onKey(event: React.KeyboardEvent): void
}

/** Draws the scene, and hears what pointer and keys want. */
export function GraphCanvas(props: GraphCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const stage = useStage(canvas, props)
  const { scene, subject, handle } = props
  useImperativeHandle(handle, () => ({
    fit: () => stage.setView((_, window) => fitted(window, stage.scene())),
    zoom: (factor) => {
      stage.setView((view, { width, height }) => zoomed(view, factor, width / 2, height / 2))
    },
    pan: (dx, dy) => stage.setView((view) => panned(view, dx, dy)),
    reveal: (id) => {
      const box = stage.scene().byId.get(id)
      if (box !== undefined) stage.setView((view, window) => revealing(view, window, box))
    },
    centre: (id) => {
      const box = stage.scene().byId.get(id)
      if (box === undefined) return
      stage.setView((view, window) => centredOn(window, box, Math.max(view.scale, 0.8)))
    },
  }))
  const shown = useRef('')
  useEffect(() => {
    if (shown.current === subject || scene.nodes.length === 0) return
    shown.current = subject
    const sick = scene.nodes.find(({ component }) => component.health.state === 'unhealthy')
    stage.setView((_, window) => firstView(window, scene, sick))
  }, [subject, scene, stage])
  return (
    <div
      className="graph-view"
      role="application"
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application hears keys.
      tabIndex={0}
      onKeyDown={props.onKey}
    >
      <canvas ref={canvas} className="graph-canvas" />
    </div>
  )
}

interface Stage {
  scene(): Scene
  setView(change: (view: View, window: Window) => View): void
}

interface Window {
  readonly width: number
  readonly height: number
}

/** The view and the painting, outside React: panning must not render anything but the canvas. */
function useStage(canvas: RefObject<HTMLCanvasElement | null>, props: GraphCanvasProps): Stage {
  const latest = useRef(props)
  latest.current = props
  const stage = useRef<{ view: View; window: Window; due: number; paint: () => void }>({
    view: { x: 0, y: 0, scale: 1 },
    window: { width: 1, height: 1 },
    due: 0,
    paint: () => undefined,
  })
  const ask = useCallback(() => {
    const { current } = stage
    if (current.due !== 0) return
    current.due = requestAnimationFrame(() => {
      current.due = 0
      current.paint()
    })
  }, [])
  const setView = useCallback(
    (change: (view: View, window: Window) => View) => {
      stage.current.view = change(stage.current.view, stage.current.window)
      ask()
    },
    [ask],
  )
  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    const painter = new Painter(element)
    let colours = coloursOf(document.body)
    const { current } = stage
    current.paint = () => {
      const { scene, rates, selected, matches } = latest.current
      const picture: Picture = { scene, rates, selected, matches, colours }
      painter.paint(picture, current.view, current.window, devicePixelRatio)
    }
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      current.window = { width, height }
      element.width = Math.round(width * devicePixelRatio)
      element.height = Math.round(height * devicePixelRatio)
      current.paint()
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    const forgetTheme = onThemeChange(() => {
      colours = coloursOf(document.body)
      ask()
    })
    const gestures: Gestures = {
      pan: (dx, dy) => setView((view) => panned(view, dx, dy)),
      zoom: (factor, x, y) => setView((view) => zoomed(view, factor, x, y)),
      press: (x, y) => latest.current.select(nodeAt(latest.current.scene, current.view, x, y)?.id),
      open: (x, y) => {
        const node = nodeAt(latest.current.scene, current.view, x, y)
        if (node !== undefined) latest.current.open(node)
      },
      hover: (x, y) => {
        const isOver = nodeAt(latest.current.scene, current.view, x, y) !== undefined
        element.classList.toggle('is-over', isOver)
      },
    }
    const forgetGestures = listenToGestures(element, gestures)
    return () => {
      observer.disconnect()
      forgetTheme()
      forgetGestures()
      cancelAnimationFrame(current.due)
      current.due = 0
      current.paint = () => undefined
    }
  }, [canvas, ask, setView])
  // Whatever is rendered anew may look different.
  useEffect(ask)
  return useRef<Stage>({ scene: () => latest.current.scene, setView }).current
}

/** The innermost one: frames come first. */
function nodeAt({ nodes }: Scene, view: View, px: number, py: number): SceneNode | undefined {
  const x = view.x + px / view.scale
  const y = view.y + py / view.scale
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i]!
    if (x >= node.x && x <= node.x + node.width && y >= node.y && y <= node.y + node.height) {
      return node
    }
  }
  return undefined
}
