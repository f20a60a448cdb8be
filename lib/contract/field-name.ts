/** `lines[2].sku`: a place in a payload as people write it. `steps` are member names and list indices from the top. */
export const toFieldName = (steps: readonly (string | number)[]): string => {
  let text = "";
  for (const step of steps) {
    if (typeof step === "number") text += `[${step}]`;
    else if (!/^[^.[\]"]+$/.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text === "" ? "$" : text;
};
