import { join } from "node:path";
// biome-ignore lint/correctness/noUndeclaredDependencies: a tool of the house, declared once at its root
import { createLogger, runnerImport } from "vite";

const conditions = ["@longwave/source", "module", "browser", "import", "default"];

/** Vite settings of an app that owns a page; `base` is the address it is served under, `out` its folder in dist. */
export async function appConfig({ here, app, base, out = app }) {
  return {
    ...(await common(here, app)),
    root: join(here, "src", app),
    base,
    build: {
      ...output,
      outDir: join(here, "dist", out),
      rolldownOptions: { input: join(here, "src", app, "index.html") },
    },
  };
}

/** Vite settings of the public script: fixed names, because pages rendered elsewhere link to them. */
export async function publicConfig({ here }) {
  return {
    ...(await common(here, "public")),
    root: join(here, "src/public"),
    base: "/assets/public/",
    build: {
      ...output,
      outDir: join(here, "dist/public"),
      cssCodeSplit: false,
      rolldownOptions: {
        input: join(here, "src/public/main.ts"),
        output: { entryFileNames: "public.js", assetFileNames: "public[extname]", codeSplitting: false },
      },
    },
  };
}

const output = {
  target: "es2022",
  emptyOutDir: true,
  assetsDir: "assets",
  // The content security policy allows no data: or inline code, so nothing may be folded into the page.
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
  reportCompressedSize: false,
};

async function common(here, app) {
  return {
    configFile: false,
    logLevel: "warn",
    resolve: { conditions },
    worker: { format: "es" },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    plugins: [await furniture(here, app)],
    // Fonts are served by the server beside the apps; Vite need not find them.
    customLogger: quietAboutFonts(),
  };
}

function quietAboutFonts() {
  const logger = createLogger("warn");
  const { warn, warnOnce } = logger;
  const worthSaying = (say) => (message, options) => {
    if (!message.includes("/fonts/")) say(message, options);
  };
  logger.warn = worthSaying(warn);
  logger.warnOnce = worthSaying(warnOnce);
  return logger;
}

/** The tokens and shared furniture as one style sheet, from @longwave/figure/tokens (ruling 33). */
async function furniture(here, app) {
  const { module } = await runnerImport("@longwave/figure/tokens", {
    root: here,
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["@longwave/source", "node", "import", "default"] },
    ssr: {
      noExternal: [/^@longwave\//],
      resolve: { conditions: ["@longwave/source", "node", "import", "default"] },
    },
  });
  // Participants get the system's own letters: their phone downloads no font (ruling 34).
  const options = app === "participant" || app === "preview" ? {} : { fontsPath: "/fonts" };
  const css =
    app === "public" ? module.publicCss(options) : `${module.tokensCss(options)}\n${module.baseCss}`;
  const sheet = join(here, "src/styles/furniture.generated.css");
  const main = join(here, "src", app, "main.tsx");
  return {
    name: "longwave-furniture",
    resolveId: (id) => (id === sheet || id === "virtual:furniture.css" ? sheet : undefined),
    load: (id) => (id === sheet ? css : undefined),
    // First of all, so that an app's own rules come after the shared ones; the apps need not know of it.
    transform: (code, id) =>
      id === main ? { code: `import ${JSON.stringify(sheet)};\n${code}`, map: null } : undefined,
  };
}
