interface CopyWords {
  readonly copy: string;
  readonly copied: string;
  readonly failed: string;
}

const words: Readonly<Record<"en" | "nb", CopyWords>> = {
  en: {
    copy: "Copy citation",
    copied: "Copied",
    failed: "Could not copy. Mark the words and copy them yourself.",
  },
  nb: {
    copy: "Kopier sitatet",
    copied: "Kopiert",
    failed: "Kunne ikke kopiere. Merk ordene og kopier dem selv.",
  },
};

/** Puts a button that copies into each `data-copy` place; without a clipboard the place stays empty. */
export function offerCopy(page: Document, clipboard: Pick<Clipboard, "writeText"> | undefined): void {
  if (clipboard === undefined) return;
  const say = words[page.documentElement.lang === "nb" ? "nb" : "en"];
  for (const place of page.querySelectorAll<HTMLElement>("[data-copy]")) {
    const source = page.getElementById(place.dataset.copy ?? "");
    if (source !== null) place.append(...copyControl(page, { source, say, clipboard }));
  }
}

interface CopyControl {
  readonly source: HTMLElement;
  readonly say: CopyWords;
  readonly clipboard: Pick<Clipboard, "writeText">;
}

function copyControl(page: Document, control: CopyControl): readonly HTMLElement[] {
  const button = page.createElement("button");
  button.type = "button";
  button.className = "btn second";
  button.textContent = control.say.copy;
  const answer = page.createElement("span");
  answer.setAttribute("role", "status");
  button.addEventListener("click", () => {
    control.clipboard.writeText(control.source.textContent?.trim() ?? "").then(
      () => {
        answer.textContent = control.say.copied;
      },
      () => {
        answer.textContent = control.say.failed;
      },
    );
  });
  return [button, answer];
}
