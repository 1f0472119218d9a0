import { parseHTML } from "linkedom";
import type { FigureContext } from "../types.ts";

export const context: FigureContext = {
  document: parseHTML("<!doctype html><html><body></body></html>").document,
};

/** Invented numbers: they show what a figure looks like and say nothing about anyone. */
export const note = "Invented numbers, to show the figure";
