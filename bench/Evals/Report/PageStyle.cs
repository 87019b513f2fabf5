namespace FteAgent.Evals.Report;

/// <summary>How the page looks, in the light and in the dark. No sign in it has to be written otherwise in XML than in HTML.</summary>
internal static class PageStyle
{
    public const string Css = """

        :root { color-scheme: light dark; --ink: #1c2128; --soft: #59636e; --line: #d8dee4; --page: #ffffff; --met: #116329; --missed: #a40e26; --target: #8250df; --ours: #0550ae; --onheat: #ffffff; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6edf3; --soft: #9198a1; --line: #30363d; --page: #0d1117; --met: #56d364; --missed: #ff7b72; --target: #d2a8ff; --ours: #79c0ff; --onheat: #0d1117; }
        }
        body { margin: 2rem auto; max-width: 66rem; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); }
        h2 { margin-top: 2.5rem; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: 0.2rem 0.9rem 0.2rem 0; text-align: left; border-bottom: 1px solid var(--line); }
        .wide { overflow-x: auto; }
        .pair { display: flex; flex-wrap: wrap; gap: 1rem; overflow-x: auto; }
        .soft { color: var(--soft); }
        .met { color: var(--met); }
        .missed { color: var(--missed); }
        svg { font: 12px system-ui, sans-serif; }
        svg text { fill: var(--ink); }
        svg text.soft { fill: var(--soft); }
        svg text.met { fill: var(--met); }
        svg text.missed { fill: var(--missed); }
        svg text.onheat { fill: var(--onheat); }
        line.grid { stroke: var(--line); }
        line.diagonal { stroke: var(--soft); stroke-dasharray: 4 4; }
        line.target { stroke: var(--target); stroke-width: 2; }
        line.between { stroke-width: 4; stroke-opacity: 0.45; }
        line.met, circle.met { stroke: var(--met); }
        line.missed, circle.missed { stroke: var(--missed); }
        circle.dot { stroke-width: 2; }
        circle.met { fill: var(--met); }
        circle.missed { fill: var(--page); }
        polyline.curve { fill: none; stroke: var(--ours); stroke-width: 2; }
        rect.heat, rect.bar { fill: var(--ours); }

        """;
}
