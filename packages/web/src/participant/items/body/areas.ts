/** A rounded box of the drawing, in its own units: left, top, width, height. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** One side of the drawing: the areas to mark, by the codes of the list, and what is only outline. */
export interface BodySide {
  readonly areas: Readonly<Record<string, Box>>;
  readonly outline: readonly Box[];
}

/** From the front a person's own left is on the right of the drawing. */
export const front: BodySide = {
  areas: {
    jaw_r: [51, 30, 23, 18],
    jaw_l: [76, 30, 23, 18],
    shoulder_r: [22, 58, 28, 26],
    shoulder_l: [100, 58, 28, 26],
    chest: [52, 58, 46, 40],
    abdomen: [52, 101, 46, 38],
    upper_arm_r: [18, 87, 25, 37],
    upper_arm_l: [107, 87, 25, 37],
    lower_arm_r: [12, 127, 25, 42],
    lower_arm_l: [113, 127, 25, 42],
    upper_leg_r: [47, 162, 27, 44],
    upper_leg_l: [76, 162, 27, 44],
    lower_leg_r: [47, 209, 26, 46],
    lower_leg_l: [77, 209, 26, 46],
  },
  outline: [
    [55, 4, 40, 25],
    [52, 142, 46, 17],
  ],
};

/** From behind left and right are those of the person who looks. */
export const back: BodySide = {
  areas: {
    neck: [60, 41, 30, 21],
    upper_back: [48, 65, 54, 36],
    lower_back: [50, 104, 50, 32],
    hip_l: [45, 139, 29, 28],
    hip_r: [76, 139, 29, 28],
  },
  outline: [
    [55, 4, 40, 36],
    [20, 66, 25, 58],
    [105, 66, 25, 58],
    [14, 127, 25, 42],
    [111, 127, 25, 42],
    [47, 170, 27, 85],
    [76, 170, 27, 85],
  ],
};

/** The size of one side in the units of the drawing. */
export const size = { width: 150, height: 260 } as const;

/** Whether every choice of a list is an area of the drawing. */
export function isOfBody(values: readonly (string | number)[]): boolean {
  const known = new Set([...Object.keys(front.areas), ...Object.keys(back.areas)]);
  return values.length > 0 && values.every((value) => known.has(String(value)));
}
