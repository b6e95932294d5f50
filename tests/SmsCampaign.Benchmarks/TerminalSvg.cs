using System.Globalization;
using System.Xml.Linq;

namespace SmsCampaign.Benchmarks;

/// <summary>What a program printed, as a terminal shows it.</summary>
static class TerminalSvg
{
    const int Columns = 110;
    const int CharacterWidth = 9;
    const int LineHeight = 20;
    const int Margin = 20;

    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>One text element a line that was printed, with one tspan a line of the screen.</summary>
    public static string Draw(string title, IReadOnlyList<string> lines)
    {
        var row = 0;
        var texts = lines.Select(line => new XElement(
            Svg + "text",
            new XAttribute(XNamespace.Xml + "space", "preserve"), // columns stay columns
            Wrap(line).Select(part => new XElement(
                Svg + "tspan",
                new XAttribute("x", Margin),
                new XAttribute("y", Number(Margin + (++row * LineHeight))),
                part)))).ToList();

        var (width, height) = ((Columns * CharacterWidth) + (2 * Margin), ((row + 1) * LineHeight) + (2 * Margin));
        var picture = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(height)),
            new XElement(Svg + "title", title),
            new XElement(
                Svg + "rect",
                new XAttribute("width", "100%"),
                new XAttribute("height", "100%"),
                new XAttribute("rx", "8"),
                new XAttribute("fill", "#1e1e2e")),
            new XElement(
                Svg + "g",
                new XAttribute("font-family", "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"),
                new XAttribute("font-size", "15"),
                new XAttribute("fill", "#e6e6e6"),
                texts));
        return picture.ToString().ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>At spaces, which stay at the ends of lines, so that the parts together are the line.</summary>
    static IEnumerable<string> Wrap(string line)
    {
        while (line.Length > Columns && line.LastIndexOf(' ', Columns - 1) is > 0 and var space)
        {
            yield return line[..(space + 1)];
            line = line[(space + 1)..];
        }

        yield return line;
    }

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
