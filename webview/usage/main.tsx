import "../styles/hidden.css";
import "./styles/page.css";
import "./styles/charts.css";
import "./styles/projection.css";
import { render } from "preact";
import { loadControlsSoon } from "../laterParts";
import { UsageApp } from "./usageApp";

const root = document.getElementById("root");
if (root !== null) render(<UsageApp />, root);
// Later, because the figures come first.
loadControlsSoon();
