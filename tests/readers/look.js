// What a reader would see of a chapter, looked at in the page itself: `look(doc, ground)` returns
// a sentence for each thing that is not well. `ground` is the colour of the reader's page.

const LEAST_CONTRAST = 4.5 // WCAG 2.1, 1.4.3
const SLACK = 1.5 // pixels by which browsers round
const EXACT = 0.001 // so that a whole number does not count as less

function look(doc, ground) {
  return [lookAtImages(doc), lookAtEdges(doc), lookAtWords(doc), lookAtColours(doc, ground)].flatMap(found => [...found])
}

function* lookAtImages(doc) {
  for (const image of doc.querySelectorAll("img"))
    if (!image.complete || !image.naturalWidth)
      yield `missing image: ${image.getAttribute("src").slice(0, 60)}`
}

// Each page is a column of the document: nothing may reach beyond the column that it begins in.
function* lookAtEdges(doc) {
  const page = pageOf(doc)
  const seen = new Set()
  for (const [node, element] of thingsShown(doc)) {
    if (seen.has(element)) continue
    const boxes = boxesOf(node)
    const excess = Math.max(0, ...boxes.map(box => beyond(box, page)))
    if (excess > SLACK) {
      seen.add(element)
      yield `reaches ${Math.round(excess)} px beyond the page: ${named(element)}`
    } else if (isImage(node) && boxes[0].height > page.height + SLACK) {
      yield `higher than the page: ${named(element)}`
    }
  }
  // A formula takes the room that it is given, and what is in it may still be wider.
  for (const formula of doc.querySelectorAll("math"))
    if (formula.scrollWidth > formula.clientWidth + SLACK)
      yield `reaches ${formula.scrollWidth - formula.clientWidth} px beyond its place: ${named(formula)}`
  for (const element of doc.body.querySelectorAll("*"))
    if (element.scrollWidth > element.clientWidth + SLACK && scrolls(element))
      yield `would have to be scrolled: ${named(element)}`
}

// The reader makes the document as wide as all its pages, half a gap at each side of a page, and
// asks for columns of whole pixels: the browser makes as many as there is room for, and widens them.
function pageOf(doc) {
  const root = doc.documentElement, style = styleOf(root)
  const gap = parseFloat(style.columnGap)
  const pages = Math.floor(root.clientWidth / (parseFloat(style.columnWidth) + gap) + EXACT)
  return { step: root.clientWidth / pages, gap, height: root.clientHeight }
}

function beyond(box, { step, gap }) {
  const left = Math.floor(box.left / step) * step + gap / 2
  return Math.max(box.right - left - (step - gap), left - box.left)
}

// In titles and tables, where nothing is hyphenated, a word stands on one line.
function* lookAtWords(doc) {
  for (const [node, element] of thingsShown(doc)) {
    if (node.nodeType !== Node.TEXT_NODE || !element.closest("h1, h2, h3, th, td")) continue
    if (element.closest("code, a") || styleOf(element).hyphens === "auto") continue
    for (const { index, 0: word } of node.data.matchAll(/\p{Script=Latin}+/gu))
      if (boxesBetween(node, index, index + word.length).length > 1)
        yield `broken word "${word}": ${named(element)}`
  }
}

function* lookAtColours(doc, ground) {
  const seen = new Set()
  for (const [node, element] of thingsShown(doc)) {
    if (node.nodeType !== Node.TEXT_NODE || seen.has(element) || element.closest("svg")) continue
    seen.add(element)
    const behind = groundOf(element, ground)
    const colour = over(coloured(styleOf(element).color, opacityOf(element)), behind)
    const found = contrast(colour, behind)
    if (found < LEAST_CONTRAST)
      yield `contrast ${found.toFixed(2)} of ${rgb(colour)} on ${rgb(behind)}: ${named(element)}`
  }
}

// Texts and images that are to be seen, each with the element that it is in.
function* thingsShown(doc) {
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node
    const isText = node.nodeType === Node.TEXT_NODE && node.data.trim()
    if ((isText || isImage(node)) && isShown(element)) yield [node, element]
  }
}

function isImage(node) {
  return node.nodeType === Node.ELEMENT_NODE && ["img", "svg", "math"].includes(node.localName)
}

function isShown(element) {
  const style = styleOf(element)
  if (style.visibility !== "visible" || !element.getClientRects().length) return false
  for (let each = element; each; each = each.parentElement) {
    const own = styleOf(each)
    if (own.clip !== "auto" && own.position === "absolute") return false // for the ear alone
  }
  return !(element.closest("svg") && element.localName !== "svg")
}

// Of a text, the boxes of its words: spaces may hang over the end of a line.
function boxesOf(node) {
  if (node.nodeType === Node.ELEMENT_NODE) return [...node.getClientRects()]
  return [...node.data.matchAll(/\S+/g)].flatMap(({ index, 0: word }) =>
    boxesBetween(node, index, index + word.length))
}

function boxesBetween(text, start, end) {
  const range = text.ownerDocument.createRange()
  range.setStart(text, start)
  range.setEnd(text, end)
  return [...range.getClientRects()].filter(box => box.width && box.height)
}

function scrolls(element) {
  const style = styleOf(element)
  return ["auto", "scroll", "hidden"].includes(style.overflowX) && style.clip === "auto"
}

// The colour behind a text: the grounds of all that it stands in, one over the other.
function groundOf(element, ground) {
  const layers = []
  for (let each = element; each; each = each.parentElement)
    layers.unshift(coloured(styleOf(each).backgroundColor, 1))
  return layers.reduce((behind, layer) => over(layer, behind), ground)
}

function opacityOf(element) {
  let opacity = 1
  for (let each = element; each; each = each.parentElement)
    opacity *= parseFloat(styleOf(each).opacity)
  return opacity
}

function coloured(text, opacity) {
  const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number)
  return [red, green, blue, alpha * opacity]
}

function over([red, green, blue, alpha], behind) {
  return [red, green, blue].map((part, index) => part * alpha + behind[index] * (1 - alpha))
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour) {
  const [red, green, blue] = colour.map(part => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function rgb(colour) { return `rgb(${colour.slice(0, 3).map(Math.round).join(" ")})` }
function styleOf(element) { return element.ownerDocument.defaultView.getComputedStyle(element) }

function named(element) {
  const classes = element.getAttribute("class")
  const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 50)
  return `<${element.localName}${classes ? ` class="${classes}"` : ""}> ${words}`
}
