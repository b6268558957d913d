import { AlloyClient } from '../../../src/client/client.ts'

/** Where the UI is served: `/`, or `/alloy/`. The server fills it into `<base>`. */
export const basePath = new URL(document.baseURI).pathname

/** Of the server that the page came from. */
export const client = new AlloyClient({ baseUrl: new URL(basePath, document.baseURI).href })
