// Opens every chapter of an EPUB in foliate-js in Chromium, as small screens show it.
// Called with a job as JSON: {book, foliate, browser, screen, looks, shots}; prints JSON:
// {chapters: how many were opened, findings: [{chapter, look, what}]}.
const fs = require("fs")
const http = require("http")
const path = require("path")
const puppeteer = require("puppeteer-core")

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update", "--hide-scrollbars"]
const TYPES = { ".js": "text/javascript", ".html": "text/html", ".epub": "application/epub+zip" }
const job = JSON.parse(process.argv[2])

function serve() {
  const own = name => path.join(__dirname, name)
  const files = { "/": own("page.html"), "/look.js": own("look.js"), "/book.epub": job.book }
  const server = http.createServer((asked, answer) => {
    const name = new URL(asked.url, "http://local").pathname
    const inFoliate = name.startsWith("/foliate/") && path.join(job.foliate, path.normalize(name.slice(8)))
    const file = files[name] || inFoliate
    if (!file || !fs.existsSync(file)) return answer.writeHead(name === "/favicon.ico" ? 204 : 404).end()
    answer.writeHead(200, { "content-type": TYPES[path.extname(file)] || "application/octet-stream" })
    fs.createReadStream(file).pipe(answer)
  })
  return new Promise(done => server.listen(0, "127.0.0.1", () => done(server)))
}

async function dress(page, look) {
  const scheme = look.scheme || "light"
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }])
  await page.evaluate(css => window.view.renderer.setStyles(css), look.css)
}

async function readChapter(page, index, heard, findings) {
  const chapter = await page.evaluate(number => window.sections[number], index)
  // The reader takes the ground of its page from what is set when a chapter opens.
  await dress(page, job.looks[0])
  await page.evaluate(number => window.view.goTo(number), index)
  for (const look of job.looks) {
    await dress(page, look)
    const seen = await page.evaluate(async ({ number, ground }) => {
      const shown = window.view.renderer.getContents()
      const doc = shown.find(each => each.index === number)?.doc
      if (!doc?.body?.childElementCount) return ["the chapter does not open"]
      await doc.fonts.ready
      await Promise.all([...doc.images].map(image => image.decode().catch(() => {})))
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
      return look(doc, ground)
    }, { number: index, ground: look.ground })
    for (const what of [...seen, ...heard.splice(0)]) findings.push({ chapter, look: look.name, what })
    if (job.shots) {
      const name = `${path.basename(chapter)}-${look.name.replaceAll(" ", "-")}.png`
      await page.screenshot({ path: path.join(job.shots, name) })
    }
  }
}

async function main() {
  const server = await serve()
  const browser = await puppeteer.launch({ executablePath: job.browser, headless: true, args: FLAGS })
  try {
    const page = await browser.newPage()
    const heard = [], findings = []
    page.on("console", said => ["error", "assert"].includes(said.type()) && heard.push(`console: ${said.text()}`))
    page.on("pageerror", error => heard.push(`page error: ${error}`))
    page.on("requestfailed", asked => heard.push(`not loaded: ${asked.url()}`))
    await page.setViewport({ ...job.screen, deviceScaleFactor: 1 })
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    await page.waitForFunction("window.sections", { timeout: 60000 })
    const count = await page.evaluate("window.sections.length")
    for (let index = 0; index < count; index++) await readChapter(page, index, heard, findings)
    console.log(JSON.stringify({ chapters: count, findings }))
  } finally {
    await browser.close()
    server.close()
  }
}

main().catch(error => { console.error(error); process.exit(1) })
