import "./styles/page.css";
import "./styles/charts.css";
import "./styles/projection.css";
import { render } from "preact";
import { registerControls } from "../controls";
import { UsageApp } from "./usageApp";

registerControls();
const root = document.getElementById("root");
if (root !== null) render(<UsageApp />, root);
