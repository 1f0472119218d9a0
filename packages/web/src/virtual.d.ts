declare module "virtual:furniture.css";
declare module "*.css";
