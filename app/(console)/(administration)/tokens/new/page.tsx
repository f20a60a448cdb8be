import type { Metadata } from "next";
import type { ReactNode } from "react";
import { TokenForm } from "#components/tokens/token-form.tsx";
import { createToken } from "#app/_actions/create-token.ts";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer } from "#app/_data/session.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("tokens"))("newTitle") });

const NewTokenPage = async (): Promise<ReactNode> => {
  await requireViewer("tokens.manage");
  return <TokenForm create={createToken} />;
};

export default NewTokenPage;
