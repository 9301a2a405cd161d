/** Messages and the blocks in them. */
export const messageStyle = `
.message { display: flex; gap: 10px; padding: 7px 20px; }
.message:hover { background: var(--hover); }
.message.only { background: var(--warn-wash); }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 8px; display: grid; place-items: center; font-weight: 700; color: #fff; }
.avatar.app { background: #326ce5; } .avatar svg { width: 26px; height: 26px; }
.hue-0 { background: #7a4f9c; } .hue-1 { background: #a34a28; } .hue-2 { background: #2b7a4b; }
.hue-3 { background: #8a6a10; } .hue-4 { background: #b03a6d; } .hue-5 { background: #3c6e8f; }
.content { flex: 1; min-width: 0; }
.head { margin: 0; }
.head time, .edited, .private, .replies small { color: var(--soft); font-size: 12px; }
.badge { font-size: 10px; font-weight: 700; color: var(--soft); background: var(--wash); border: 1px solid var(--line); border-radius: 3px; padding: 0 4px; margin-left: 6px; vertical-align: 2px; }
.private { margin: 0 0 2px; font-style: italic; }
.block { margin: 4px 0; max-width: 820px; overflow-wrap: anywhere; }
.block h3 { font-size: 18px; font-weight: 800; margin: 4px 0 2px; line-height: 1.3; }
.block hr { border: 0; border-top: 1px solid var(--line); margin: 10px 0; }
.section { display: flex; gap: 16px; } .section .body { flex: 1; min-width: 0; }
.fields { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 6px 20px; margin-top: 4px; }
.context { color: var(--soft); font-size: 13px; } .context span + span { margin-left: 6px; }
.actions, .element { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.element .plain { display: none; } noscript + .plain { display: inline; }
.mention { background: var(--mention); color: var(--link); border-radius: 3px; padding: 0 2px; }
code, pre { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { color: var(--code); background: var(--wash); border: 1px solid var(--line); border-radius: 3px; padding: 1px 3px; }
pre { background: var(--wash); border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px; margin: 4px 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 420px; overflow: auto; }
blockquote { margin: 2px 0; padding-left: 12px; border-left: 4px solid var(--line); }
.content ul, .content ol { margin: 2px 0; padding-left: 24px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13.5px; }
th, td { border: 1px solid var(--line); padding: 5px 10px; text-align: left; vertical-align: top; }
th { background: var(--wash); } .right { text-align: right; } .center { text-align: center; }
figure { margin: 4px 0; } figcaption { font-weight: 700; margin-bottom: 4px; } img { max-width: 100%; border-radius: 6px; }
.chart { border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; max-width: 620px; }
.chart svg { width: 100%; height: auto; } .chart text { font-size: 11px; fill: var(--soft); } .axis { stroke: var(--line); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 12px; }
.content .legend { padding: 0; }
.legend li::before { content: ""; display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; background: var(--series); }
.series-0 { --series: #2f79c9; } .series-1 { --series: #d9822b; } .series-2 { --series: #2f9e6e; }
.series-3 { --series: #a854b8; } .series-4 { --series: #c7454f; } .series-5 { --series: #7c8794; }
.chart svg [class*="series-"] { fill: var(--series); }
.chart svg .curve { fill: none; stroke: var(--series); stroke-width: 2.5; } .chart svg .area { opacity: 0.25; }
.file { display: inline-flex; flex-direction: column; border: 1px solid var(--line); border-radius: 8px; padding: 8px 14px; text-decoration: none; margin: 4px 0; }
.file small { color: var(--soft); }
.content .reactions { list-style: none; display: flex; gap: 6px; padding: 0; } .reactions li { border: 1px solid var(--line); border-radius: 12px; padding: 0 8px; font-size: 13px; background: var(--wash); }
.count { display: flex; gap: 12px; align-items: center; margin: 6px 20px; color: var(--soft); font-size: 13px; }
.count::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.replies { display: inline-flex; gap: 10px; align-items: baseline; margin-top: 3px; padding: 3px 8px 3px 0; font-size: 13px; font-weight: 700; text-decoration: none; }
.replies:hover { text-decoration: underline; } .replies small { font-weight: 400; }
`;
