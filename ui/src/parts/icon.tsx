const shapes = {
  overview: 'M2.5 9.5 8 3l5.5 6.5M4 8v5h8V8',
  graph: 'M3 3.5h4v3H3zM9 9.5h4v3H9zM5 6.5v4.5h4',
  components: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  targets: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  debug: 'M2 8h2.5L6 4l3 8 1.5-4H14',
  logs: 'M3 3.5h7M3 6.5h10M3 9.5h6M3 12.5h9',
  config: 'M4 2.5h5.5L12 5v8.5H4zM6 7.5h4M6 10h4',
  modules: 'M8 2.5 13 5v6l-5 2.5L3 11V5zM3 5l5 2.5L13 5M8 7.5v6',
  clustering:
    'M8 3.2a1.7 1.7 0 1 0 .01 0M3.7 10a1.7 1.7 0 1 0 .01 0M12.3 10a1.7 1.7 0 1 0 .01 0' +
    'M7 6.4l-2.4 3.8M9 6.4l2.4 3.8M5.6 11.6h5',
  remotecfg:
    'M4.5 12a2.8 2.8 0 0 1-.3-5.6 4 4 0 0 1 7.7.9A2.4 2.4 0 0 1 11.6 12z' +
    'M8 7.5V11M6.6 9.4 8 11l1.4-1.6',
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 10l3.5 3.5',
  copy: 'M6 5.5h7v8H6zM3 10.5v-8h7',
  check: 'M3 8.5 6.5 12 13 4.5',
  close: 'M4 4l8 8M12 4l-8 8',
  reload: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5V5h-2.6',
  play: 'M5 3.5v9l7.5-4.5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  download: 'M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M3 13.5h10',
  clear: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.7 9h5.6l.7-9',
  sun:
    'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3' +
    'M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z',
  system: 'M2.5 3.5h11v7.5h-11zM6 13.5h4M8 11v2.5',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  external: 'M9.5 3H13v3.5M13 3 7.5 8.5M11 9.5V13H3V5h3.5',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  back: 'M10 3.5 5.5 8l4.5 4.5',
} as const

export type IconName = keyof typeof shapes

/** Decoration: what it stands for is said beside it or in the label of its button. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}
