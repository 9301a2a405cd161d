/** Buttons, fields and dialogs. */
export const controlStyle = `
.button { display: inline-block; border: 1px solid var(--soft); border-radius: 6px; padding: 4px 12px; background: var(--paper); color: var(--ink); font: inherit; font-size: 14px; font-weight: 700; text-decoration: none; cursor: pointer; }
.button:hover { background: var(--wash); }
.button.primary { background: #007a5a; border-color: #007a5a; color: #fff; } .button.primary:hover { background: #00674c; }
.button.danger { background: #b01140; border-color: #b01140; color: #fff; } .button.danger:hover { background: #8f0d34; }
.button[aria-busy] { opacity: 0.6; cursor: progress; }
.close { border: 0; background: none; color: var(--soft); font-size: 26px; line-height: 1; cursor: pointer; text-decoration: none; padding: 0 4px; border-radius: 4px; }
.close:hover { color: var(--ink); background: var(--wash); }
dialog { border: 1px solid var(--line); border-radius: 12px; padding: 0; width: min(560px, 94vw); max-height: 90vh; background: var(--paper); color: var(--ink); box-shadow: var(--shade); }
dialog:not(:modal)[open] { position: fixed; top: 8vh; z-index: 4; }
dialog::backdrop { background: rgb(0 0 0 / 55%); }
dialog > form.dialog { display: flex; flex-direction: column; max-height: 90vh; }
dialog header { display: flex; justify-content: space-between; align-items: center; padding: 16px 22px; border-bottom: 1px solid var(--line); }
dialog h2 { margin: 0; font-size: 20px; }
dialog .fields-area { padding: 14px 22px; overflow: auto; flex: 1; }
dialog footer { display: flex; justify-content: flex-end; gap: 10px; padding: 14px 22px; border-top: 1px solid var(--line); }
.input { margin: 14px 0; } .input label, .input legend { display: block; font-weight: 700; margin-bottom: 4px; padding: 0; }
.input fieldset { border: 0; margin: 0; padding: 0; } .input small { color: var(--soft); font-weight: 400; }
.input .choice { display: flex; gap: 8px; font-weight: 400; } .choice small { display: block; }
.fields-area input:not([type=checkbox], [type=radio]), .fields-area textarea, select { width: 100%; border: 1px solid var(--soft); border-radius: 6px; padding: 7px 10px; background: var(--paper); color: inherit; font: inherit; }
.element select, .accessory select { width: auto; max-width: 260px; padding: 4px 8px; }
.notes { margin-top: 4px; } .error { display: block; color: var(--bad); font-weight: 600; } p.error { margin: 0 0 8px; }
.ask { padding: 20px 24px; width: min(420px, 92vw); } .ask form { display: flex; justify-content: flex-end; gap: 10px; flex-direction: row; }
@media (prefers-reduced-motion: no-preference) { .button, nav li a { transition: background 80ms; } }
`;
