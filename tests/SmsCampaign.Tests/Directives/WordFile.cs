using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace SmsCampaign.Tests.Directives;

/// <summary>Word documents for tests, from lines: a line is a paragraph, a row of a table stands between bars with its
/// paragraphs divided by " / ".</summary>
static class WordFile
{
    public static string Write(string path, string lines)
    {
        using var document = WordprocessingDocument.Create(path, WordprocessingDocumentType.Document);
        var body = new Body();
        Table? table = null;
        foreach (var line in lines.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                table = null;
                body.Append(ParagraphOf(line));
                continue;
            }

            if (table is null)
                body.Append(table = new Table());
            var row = new TableRow();
            foreach (var cell in line.Trim('|', ' ').Split(" | "))
                row.Append(new TableCell(cell.Split(" / ").Select(ParagraphOf)));
            table.Append(row);
        }

        document.AddMainDocumentPart().Document = new Document(body);
        return path;
    }

    /// <summary>In two runs, as Word cuts its text wherever somebody has typed.</summary>
    static Paragraph ParagraphOf(string text) => new(
        Of(text[..(text.Length / 2)]), Of(text[(text.Length / 2)..]));

    static Run Of(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
}
