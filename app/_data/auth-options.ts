import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { absoluteLimitMs, isSessionAlive } from "#lib/access/session.ts";
import { checkCredentials } from "#app/_data/check-credentials.ts";
import { currentConsole } from "#app/_data/console.ts";
import { isSecureConsole, sessionSecret, toClaims } from "#app/_data/session-cookie.ts";

const longestInput = 1_000;

/** next-auth's settings: one way in, sessions in an encrypted cookie, our own page. Made per request: the key is known only then. */
export const authOptions = (): NextAuthOptions => {
  const { control, log, now } = currentConsole();
  return {
    secret: sessionSecret(),
    useSecureCookies: isSecureConsole(),
    session: { strategy: "jwt", maxAge: absoluteLimitMs / 1_000 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      CredentialsProvider({
        name: "Hopline",
        credentials: { name: {}, password: {} },
        async authorize(credentials) {
          const { name, password } = credentials ?? { name: "", password: "" };
          if (name.length > longestInput || password.length > longestInput) throw new Error("wrong");
          const found = await checkCredentials(name, password);
          if (found.result === "locked") throw new Error(`locked:${found.until}`);
          if (found.result !== "ok") throw new Error(found.result);
          const { id, sessionVersion } = found.user;
          return { id, name: found.user.name, sessionVersion };
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user }) {
        if (user !== undefined && "sessionVersion" in user) {
          const { id, sessionVersion } = user;
          return { sub: id, sessionVersion, signedInAt: now(), lastUsedAt: now() };
        }
        // asked by an open page while its person is at work: the session lives on from here
        const claims = toClaims(token);
        const account = claims === null ? null : await control.access.findUser(claims.userId);
        if (claims === null || !isSessionAlive(claims, account, now())) throw new Error("The session has ended.");
        return { sub: claims.userId, ...claims, lastUsedAt: now() };
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const claims = toClaims(token);
        const user = claims === null ? null : await control.access.findUser(claims.userId);
        if (user === null) return;
        await control.audit.append([
          { at: now(), by: user.name, action: "user.signed_out", object: `user:${user.name}`, result: "done" },
        ]);
      },
    },
    logger: {
      error(code) {
        // a wrong password or an ended session is no failure of ours, and what it carries is not for the log
        log.info({ code }, "sign-in");
      },
      warn() {},
      debug() {},
    },
  };
};
