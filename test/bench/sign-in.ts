/** Signs in as a browser does: the token that guards the form first, then the form; answers the cookies. */
export const signIn = async (url: string, name: string, password: string): Promise<string> => {
  const guard = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await guard.json()) as { readonly csrfToken: string };
  const given = cookiesOf(guard);
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: given, origin: url },
    body: new URLSearchParams({ csrfToken, name, password, json: "true" }),
  });
  return [given, cookiesOf(answer)].join("; ");
};

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
