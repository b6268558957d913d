// Text in XML documents.

/** Anything that XML 1.0 has no character for, halves of surrogate pairs among it. */
const foreign =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\0-\x08\v\f\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}

/** For attributes, in double quotes. */
export function xmlAttribute(text: string): string {
  return text.replace(foreign, '\ufffd').replace(/[&<>"\n\r\t]/g, (each) => entities[each] ?? each)
}

export function xmlText(text: string): string {
  return text.replace(foreign, '\ufffd').replace(/[&<>\r]/g, (each) => entities[each] ?? each)
}

/** ` name="value"` for each that has a value. */
export function xmlAttributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('')
}
