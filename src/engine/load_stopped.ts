// The end of loads.

/** What becomes of a load that is under way, or comes, when everything stops. */
export class LoadStopped extends Error {
  override readonly name = 'LoadStopped'

  constructor() {
    super('the program is stopping')
  }
}
