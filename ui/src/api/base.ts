/** Where the UI is served: `/`, or `/alloy/`. The server fills it into `<base>`. */
export const basePath = new URL(document.baseURI).pathname

export const ownApi = 'api/alloyts/v1/'
export const webApi = 'api/v0/web/'

/** An id with slashes keeps them; everything else that a path may not hold is escaped. */
export function pathOf(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/')
}
