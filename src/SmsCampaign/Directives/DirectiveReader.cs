using System.Globalization;

namespace SmsCampaign.Directives;

/// <summary>What came of reading an order.</summary>
/// <param name="Findings">Null where nothing is taken from it.</param>
/// <param name="Refusal">Why not, and what to do.</param>
public sealed record DirectiveReading(DirectiveFindings? Findings, Wording? Refusal);

/// <summary>Finds in the text of an order what a campaign needs of it, each with its words and its place; what is not
/// sure is a question.</summary>
public static class DirectiveReader
{
    /// <summary>Most notes beside what was found: more nobody reads.</summary>
    const int MostNotes = 10;

    /// <summary>Largest document taken, bytes.</summary>
    public const int MostBytes = DirectiveFile.MostBytes;

    /// <param name="path">A Word document (.docx) or a text file.</param>
    public static DirectiveReading Read(string path) => Read(DirectiveFile.Open(path));

    /// <param name="content">Of such a document.</param>
    public static DirectiveReading Read(byte[] content) => Read(DirectiveFile.Open(content));

    static DirectiveReading Read(DirectiveOpening opening)
    {
        if (opening.Text is not { } text)
            return new DirectiveReading(null, opening.Refusal);
        if (BrokenLetters.Refuse(text) is { } broken)
            return new DirectiveReading(null, broken);

        var found = Read(text);
        return new DirectiveReading(
            opening.Before is { } before ? UnacceptedChanges.Ask(found, Read(before), opening.Changed) : found, null);
    }

    static DirectiveFindings Read(DirectiveText order)
    {
        var head = new HeadReader(order);
        var year = head.Year();
        var passage = new PassageReader(order, year);
        var report = new ReportReader(order, year);
        var text = passage.Text();
        var sending = passage.SendDate();
        DateOnly? sent = sending.Value is { } day
            ? DateOnly.ParseExact(day, "d/M/yyyy", CultureInfo.InvariantCulture)
            : null;
        return new DirectiveFindings(
        [
            passage.Where(),
            head.Issuer(),
            head.Number(),
            head.Date(),
            head.LegalBasis(),
            passage.Item(),
            text,
            PassageReader.Sent(text),
            passage.Sender(),
            sending,
            report.To(),
            report.By(sent),
            passage.Delivery(),
        ])
        {
            Notes = [.. passage.Notes(), .. report.Notes().Take(MostNotes)],
        };
    }
}
