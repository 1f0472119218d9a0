/** The shared tokens and furniture as a style sheet; build/config.mjs makes it. */
declare module "virtual:furniture.css";
declare module "*.css";
