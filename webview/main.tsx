import "@vscode/codicons/dist/codicon.css";
import "./chat.css";
import { render } from "preact";
import { App } from "./app";

const root = document.getElementById("root");
if (root !== null) render(<App />, root);
