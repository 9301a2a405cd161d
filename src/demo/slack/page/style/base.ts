/** Colours for light and dark, and the frame of the page. Contrast is AA in both. */
export const baseStyle = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1d1c1d; --soft: #5e5d60; --line: #dddcde; --wash: #f6f6f7; --hover: #f8f8f9;
  --side: #1f2d3d; --side-ink: #d5dde6; --side-on: #2f6fb0; --side-strong: #ffffff;
  --link: #1264a3; --mention: #e8f2fb; --code: #a8123e; --good: #007a5a; --bad: #c01343; --warn-wash: #fff8e1;
  --shade: 0 12px 40px rgb(0 0 0 / 28%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1a1d21; --ink: #e3e4e6; --soft: #a5a8ad; --line: #3a3d42; --wash: #22252a; --hover: #202328;
    --side: #121820; --side-ink: #b9c4d0; --side-on: #2a639d; --side-strong: #ffffff;
    --link: #6cb6f0; --mention: #173a57; --code: #ff8ba7; --good: #2fb388; --bad: #ff7a94; --warn-wash: #2b2818;
    --shade: 0 12px 40px rgb(0 0 0 / 65%);
  }
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body {
  display: grid; grid-template-columns: 232px minmax(0, 1fr); background: var(--paper); color: var(--ink);
  font: 15px/1.47 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
body.with-thread { grid-template-columns: 232px minmax(0, 1fr) minmax(340px, 38%); }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px; z-index: 9; }

nav { background: var(--side); color: var(--side-ink); display: flex; flex-direction: column; min-height: 0; }
nav .team { font-size: 18px; font-weight: 800; color: var(--side-strong); margin: 0; padding: 16px 18px; border-bottom: 1px solid rgb(255 255 255 / 12%); }
nav h2 { font-size: 13px; font-weight: 600; margin: 18px 18px 4px; }
nav ul { list-style: none; margin: 0; padding: 0 8px; flex: 1; overflow: auto; }
nav li a { display: block; padding: 4px 10px; border-radius: 6px; color: inherit; text-decoration: none; }
nav li a:hover { background: rgb(255 255 255 / 8%); }
nav li a[aria-current] { background: var(--side-on); color: #fff; font-weight: 600; }
.who { display: flex; gap: 10px; align-items: center; padding: 14px 16px; border-top: 1px solid rgb(255 255 255 / 12%); font-size: 12px; }
.who select { display: block; width: 100%; background: transparent; color: var(--side-strong); border: 0; font: inherit; font-size: 14px; font-weight: 600; padding: 0; }
.who option { color: #1d1c1d; background: #fff; }

main, aside { display: flex; flex-direction: column; min-height: 0; height: 100vh; min-width: 0; }
aside { display: none; border-left: 1px solid var(--line); }
.with-thread aside { display: flex; }
main > header, aside > header { display: flex; align-items: baseline; gap: 14px; padding: 13px 20px; border-bottom: 1px solid var(--line); }
main h1, aside h2 { font-size: 18px; font-weight: 800; margin: 0; white-space: nowrap; }
main > header p { margin: 0; color: var(--soft); font-size: 13px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
aside > header { justify-content: space-between; } aside > header .close { margin: -6px 0; }
.messages { flex: 1; overflow: auto; padding: 12px 0; overscroll-behavior: contain; }
#log:empty::before { content: attr(data-empty); display: block; padding: 32px 20px; color: var(--soft); text-align: center; }
.messages:focus-visible { outline-offset: -3px; }

.composer { padding: 0 20px 18px; }
#composer { display: flex; gap: 8px; border: 1px solid var(--soft); border-radius: 10px; padding: 7px 7px 7px 14px; background: var(--paper); }
#composer:focus-within { border-color: var(--link); box-shadow: 0 0 0 1px var(--link); }
#composer input { flex: 1; min-width: 0; border: 0; outline: 0; background: transparent; color: inherit; font: inherit; }
.tries { display: flex; flex-wrap: wrap; gap: 6px 8px; max-height: 80px; overflow: auto; padding: 4px 2px 10px; }
.with-thread .tries { flex-wrap: nowrap; }
.tries button { white-space: nowrap; border: 1px solid var(--line); border-radius: 14px; padding: 3px 12px; background: var(--wash); color: var(--link); font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; cursor: pointer; }
.tries button:hover { border-color: var(--link); }
#notice { position: fixed; left: 50%; bottom: 92px; transform: translateX(-50%); margin: 0; max-width: min(560px, 90vw); padding: 10px 16px; border-radius: 8px; background: var(--ink); color: var(--paper); box-shadow: var(--shade); z-index: 5; }
#notice:empty { display: none; }
@media (max-width: 900px) {
  body, body.with-thread { grid-template-columns: minmax(0, 1fr); grid-template-rows: auto minmax(0, 1fr); }
  nav { flex-direction: row; align-items: center; } nav h2, nav .team { display: none; } nav ul { display: flex; white-space: nowrap; } .who { border: 0; padding: 8px 16px; }
  main, aside { height: auto; } .with-thread main { display: none; }
}
`;
