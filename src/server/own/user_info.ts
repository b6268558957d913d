// URLs without user and password, which are not shown even where no secret is known by value.

const ofUrl = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i

export function withoutUserInfo(url: string): string {
  return url.replace(ofUrl, '$1')
}

const within = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'`]*@/gi

/** A text that may repeat URLs, such as the error of a request. */
export function textWithoutUserInfo(text: string): string {
  return text.replace(within, '$1')
}
