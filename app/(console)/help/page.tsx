import { redirect } from "next/navigation";

const HelpHome = (): never => redirect("/help/words");

export default HelpHome;
