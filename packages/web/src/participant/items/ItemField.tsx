import type { FormItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import { MultiChoice } from "./MultiChoice.tsx";
import { NumberField } from "./NumberField.tsx";
import type { FieldProps } from "./props.ts";
import { Scale } from "./Scale.tsx";
import { SingleChoice } from "./SingleChoice.tsx";
import { TextField } from "./TextField.tsx";
import { YesNo } from "./YesNo.tsx";

/** The field that suits the kind of question. */
export function ItemField(props: FieldProps<FormItem>): JSX.Element {
  const { item, ...rest } = props;
  switch (item.kind) {
    case "single_choice":
      return <SingleChoice item={item} {...rest} />;
    case "multi_choice":
      return <MultiChoice item={item} {...rest} />;
    case "scale":
      return <Scale item={item} {...rest} />;
    case "integer":
    case "number":
      return <NumberField item={item} {...rest} />;
    case "yes_no":
      return <YesNo item={item} {...rest} />;
    case "text":
      return <TextField item={item} {...rest} />;
  }
}
