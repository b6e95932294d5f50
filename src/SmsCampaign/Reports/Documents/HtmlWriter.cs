using System.Globalization;
using System.Text;

namespace SmsCampaign.Reports.Documents;

/// <summary>Writes a page that needs nothing beside it: no network, no script.</summary>
sealed class HtmlWriter(Language language)
{
    readonly StringBuilder _page = new();
    int _regions;

    public static string Escape(string text) => DocumentText.Of(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>Marks that are written as they stand.</summary>
    public void Raw(string html) => _page.Append(html).Append('\n');

    public void Element(string name, string text) => Raw($"<{name}>{Escape(text)}</{name}>");

    public void Element(string name, Wording text) => Element(name, text.In(language));

    public void Paragraph(Wording text) => Element("p", text);

    public void Heading(Wording text) => Element("h2", text);

    /// <summary>A table with its caption, its headings named as such, and the column that names each row.</summary>
    /// <param name="rowHead">Place of that column.</param>
    public void Table(ReportSheet sheet, Wording caption, int rowHead)
    {
        var id = $"bang-{(++_regions).ToString(CultureInfo.InvariantCulture)}";
        Raw($"<div class=\"bang\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\"><table>");
        Raw($"<caption id=\"{id}\">{Escape(caption.In(language))}</caption>");
        Raw("<thead><tr>" + string.Concat(sheet.Headings.Select(cell =>
            $"<th scope=\"col\">{Escape(cell.In(language))}</th>")) + "</tr></thead>");
        Raw("<tbody>");
        foreach (var (row, at) in sheet.Rows.Select((row, at) => (row, at)))
        {
            Raw((sheet.IsTotal(at) ? "<tr class=\"tong\">" : "<tr>")
                + string.Concat(row.Select((cell, column) => Cell(cell, column == rowHead)))
                + "</tr>");
        }

        Raw("</tbody></table></div>");
    }

    /// <summary>A drawing with what it shows in words.</summary>
    public void Figure(string svg, Wording caption) =>
        Raw($"<figure>{svg}<figcaption>{Escape(caption.In(language))}</figcaption></figure>");

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_page.ToString());

    string Cell(ReportCell cell, bool isHead)
    {
        var text = Escape(cell.In(language)).Replace("\n", "<br>", StringComparison.Ordinal);
        var kind = cell.Number is not null ? " class=\"so\"" : cell.At is not null ? " class=\"gio\"" : "";
        return isHead && !cell.IsEmpty ? $"<th scope=\"row\"{kind}>{text}</th>" : $"<td{kind}>{text}</td>";
    }
}
