/** As audit entries name a journey. */
export const journeyObject = ({ flow, primary }: { readonly flow: string; readonly primary: string }): string =>
  `journey:${flow}/${primary}`;
