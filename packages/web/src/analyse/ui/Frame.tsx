import type { ComponentChildren, JSX } from "preact";
import { BrandMark } from "../../participant/ui/Brand.tsx";
import { page } from "../text/en.ts";

/** The bar with the way back, and the page. */
export function Frame({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return (
    <>
      <a class="skip" href="#main">
        {page.skip}
      </a>
      <header class="bar">
        <div>
          <a class="brand" href="/" aria-label={page.home}>
            <BrandMark />
            Longwave
          </a>
          <nav aria-label={page.back}>
            <a href="/">{page.back}</a>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <div class="page">{children}</div>
      </main>
    </>
  );
}
