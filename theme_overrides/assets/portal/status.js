/** The time of the build, which stands in one file only so that equal data gives equal pages. */
import { build } from "./store.js";

const place = document.querySelector("[data-build-time]");
if (place) {
  try {
    const { built } = await build();
    place.textContent = built.slice(0, 16).replace("T", " ");
  } catch {
    place.textContent = "未能读取";
  }
}
