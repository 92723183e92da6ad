// Looks at a dashboard as a desktop by day and as a phone by night, and prints what it saw as JSON.
// usage: node dashboard.mjs FOLDER_OF_PACKAGES ADDRESS FOLDER_OF_SCREENSHOTS [SECONDS]
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [packages, address, screenshots, seconds = "0"] = process.argv.slice(2);
// The browser's package brings the libraries of the browser only where it takes the machine for one without them.
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x";
const find = createRequire(join(packages, "node_modules", "here.js")).resolve;
const chromium = (await import(pathToFileURL(find("@sparticuz/chromium")))).default;
const puppeteer = (await import(pathToFileURL(find("puppeteer-core")))).default;

const browser = await puppeteer.launch({
    executablePath: await chromium.executablePath(),
    args: puppeteer.defaultArgs({ args: chromium.args, headless: "shell" }),
    headless: "shell",
});
try {
    const seen = { errors: [], addresses: new Set() };
    const page = await browser.newPage();
    page.on("pageerror", error => seen.errors.push(String(error)));
    page.on("console", message => message.type() === "error" && seen.errors.push(message.text()));
    page.on("request", request => seen.addresses.add(request.url()));
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const put = text => page.waitForFunction(before =>
        document.querySelector("#mirrors h2") && document.body.innerText.match(/Put\n([\d,]+)/)?.[1] !== before, {}, text);

    await page.setViewport({ width: 1000, height: 480 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    await page.goto(address);
    await put(null);
    const first = await page.evaluate(() => document.body.innerText.match(/Put\n([\d,]+)/)?.[1]);
    await put(first);
    await new Promise(done => setTimeout(done, Number(seconds) * 1000));
    seen.text = await page.evaluate(() => document.body.innerText);
    seen.images = await page.evaluate(() => document.images.length);
    seen.day = await background();
    await page.screenshot({ path: join(screenshots, "dashboard.png"), fullPage: true });

    await page.setViewport({ width: 390, height: 500, isMobile: true, deviceScaleFactor: 2 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    // Becoming a phone loads the page again.
    await put(null);
    seen.night = await background();
    seen.tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    seen.phone = await page.evaluate(() => document.body.innerText);
    await page.screenshot({ path: join(screenshots, "dashboard-phone.png"), fullPage: true });
    console.log(JSON.stringify({ ...seen, addresses: [...seen.addresses] }));
} finally {
    await browser.close();
}
