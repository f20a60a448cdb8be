import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "#app/_data/auth-options.ts";

interface Context {
  readonly params: Promise<{ nextauth: string[] }>;
}

const answer = async (request: NextRequest, context: Context): Promise<Response> => {
  const response: unknown = await NextAuth(request, context, authOptions());
  if (response instanceof Response) return response;
  throw new Error("next-auth gave no answer.");
};

export { answer as GET, answer as POST };
