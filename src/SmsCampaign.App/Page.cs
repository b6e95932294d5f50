using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace SmsCampaign.App;

/// <summary>
/// What is shown of one thing: headings, lines and tables, written as text to a screen or a file, or as
/// a page to be printed on A4.
/// </summary>
sealed class Page(Language language)
{
    static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    readonly List<object> _parts = [];

    public Language Language => language;

    /// <summary>As the person reads it.</summary>
    public string Text(Vietnamese vi, English en) => new Wording(vi, en).In(language);

    /// <summary>Begins a part.</summary>
    public void Title(Vietnamese vi, English en)
    {
        if (_parts.Count > 0)
            Line();
        _parts.Add(new Heading(new Wording(vi, en).In(language)));
    }

    public void Say(Vietnamese vi, English en) => Line(new Wording(vi, en).In(language));

    public void Line(string text = "") => _parts.Add(text);

    public void Add(TextTable table) => _parts.Add(table);

    /// <summary>As plain text.</summary>
    public void WriteTo(TextWriter output)
    {
        foreach (var part in _parts)
        {
            if (part is TextTable table)
                table.Write(output);
            else
                output.WriteLine(part is Heading heading ? heading.Text : part);
        }
    }

    /// <summary>As a page that needs nothing else: no script, no font, no picture from elsewhere.</summary>
    public string ToHtml(string title)
    {
        var html = new StringBuilder($$"""
            <!DOCTYPE html>
            <html lang="{{(language == Language.Vietnamese ? "vi" : "en")}}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{{Html.Encode(title)}}</title>
            <style>
            @page { size: A4; margin: 20mm 15mm 20mm 25mm }
            body { font: 11pt/1.4 "Times New Roman", serif; max-width: 170mm; margin: 0 auto; color: #000; background: #fff }
            h1 { font-size: 15pt; text-align: center }
            h2 { font-size: 12pt; margin: 1.2em 0 .3em; break-after: avoid }
            p { margin: .4em 0; white-space: pre-wrap; overflow-wrap: anywhere }
            table { border-collapse: collapse; width: 100%; font-size: 9.5pt; margin: .4em 0 }
            thead { display: table-header-group }
            tr { break-inside: avoid }
            th, td { border: 1px solid #777; padding: 2pt 4pt; vertical-align: top; text-align: right; overflow-wrap: anywhere }
            th { text-align: center }
            td.left { text-align: left }
            </style>
            </head>
            <body>
            <h1>{{Html.Encode(title)}}</h1>

            """);
        var lines = new List<string>();
        foreach (var part in _parts)
        {
            if (part is string line)
            {
                lines.Add(line);
                continue;
            }

            Flush(lines, html);
            if (part is Heading heading)
                html.Append("<h2>").Append(Html.Encode(heading.Text)).Append("</h2>\n");
            else if (part is TextTable table)
                Append(table, html);
        }

        Flush(lines, html);
        return html.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>Lines that follow each other are one paragraph, as they stand.</summary>
    static void Flush(List<string> lines, StringBuilder html)
    {
        var text = string.Join('\n', lines).Trim('\n');
        lines.Clear();
        if (text.Length > 0)
            html.Append("<p>").Append(string.Join('\n', text.Split('\n').Select(Html.Encode))).Append("</p>\n");
    }

    static void Append(TextTable table, StringBuilder html)
    {
        html.Append("<table>\n");
        if (table.Headings.Any(heading => heading.Length > 0))
        {
            html.Append("<thead><tr>");
            foreach (var heading in table.Headings)
                html.Append("<th>").Append(Html.Encode(heading)).Append("</th>");
            html.Append("</tr></thead>\n");
        }

        html.Append("<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var column = 0; column < row.Count; column++)
                html.Append(column == 0 || table.Left.Contains(column) ? "<td class=\"left\">" : "<td>")
                    .Append(Html.Encode(row[column]))
                    .Append("</td>");
            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n");
    }

    sealed record Heading(string Text);
}
