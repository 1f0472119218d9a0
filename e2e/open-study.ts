import type { Page } from "playwright-core";

/** A study of one's own from the text of a protocol, made and opened; the page to add people is on the screen then. */
export async function openFromFile(
  page: Page,
  name: string,
  file: string | { readonly text: string },
): Promise<void> {
  await page.getByRole("link", { name: "New study" }).click();
  await page.getByRole("radio", { name: "A file" }).check();
  const picked =
    typeof file === "string"
      ? file
      : { name: "study.yaml", mimeType: "text/yaml", buffer: Buffer.from(file.text) };
  await page.getByLabel("The file").setInputFiles(picked);
  await page.getByLabel("Name in addresses").fill(name);
  await page.getByRole("button", { name: "Make the study" }).click();
  await page.getByRole("button", { name: "Open recruitment" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Open recruitment" }).click();
  await page.getByLabel("Paste a list here").waitFor();
}
