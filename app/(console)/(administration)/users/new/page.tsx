import type { Metadata } from "next";
import type { ReactNode } from "react";
import { UserForm } from "#components/users/user-form.tsx";
import { createUser } from "#app/_actions/create-user.ts";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer } from "#app/_data/session.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("users"))("newTitle") });

const NewUserPage = async (): Promise<ReactNode> => {
  await requireViewer("users.manage");
  return <UserForm create={createUser} />;
};

export default NewUserPage;
