using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Audience;

/// <summary>
/// Reads a campaign's audience files, row by row, into a sink: who gets a message, who does not and why.
/// </summary>
/// <remarks>
/// Every row of the files becomes exactly one message or one exclusion (rule 7), and a number
/// at most one message over all files and segments (rule 1). How rows that are not as they should be are treated:
/// <list type="bullet">
/// <item>A row with nothing in it is no row.</item>
/// <item>A row that two segments over the same file ask for is the first one's by priority; it counts once.</item>
/// <item>A row that no segment over its file asks for is excluded as such, whatever its number.</item>
/// <item>Cells missing at the end of a row are empty.</item>
/// <item>More cells than columns, with something in them: a delimiter stands unquoted in a cell and what follows is in
/// the wrong column. An error, as the row could go to the wrong segment.</item>
/// <item>The column names once more, as where two files were pasted together: excluded as no number, with a warning.</item>
/// <item>A number is looked for on the suppression list before it is checked for having come before, so that each of
/// its rows says why; a number that no lane serves, or that has got the message already, counts as having come.</item>
/// </list>
/// </remarks>
public static class AudienceImport
{
    /// <param name="laneOfCarrier">The lane of the campaign that serves a carrier, by the carrier's name in the prefix
    /// table. A carrier that is not there is served by none.</param>
    /// <param name="sink">Gets the rows as they are read. Where the result has no audience, what it got is void.</param>
    /// <param name="earlier">The numbers that other runs of the campaign may have handed the message over to, by date, the oldest first.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The machine cannot read on.</exception>
    public static AudienceReading Read(
        Campaign campaign,
        IReadOnlyDictionary<string, string> laneOfCarrier,
        PrefixTable prefixes,
        PortedList ported,
        IAudienceSink sink,
        CancellationToken cancellationToken,
        IReadOnlyList<(DateOnly Date, NumberSet Numbers)>? earlier = null)
    {
        var problems = new List<Problem>();
        var segments = campaign.Segments.OrderBy(segment => segment.Priority).ToList();
        var reader = new NumberReader(prefixes);

        if (prefixes.Carriers.Count > MessageSeq.MostCarriers)
        {
            problems.Add(new Problem(null, new Wording(
                $"Bảng nhà mạng có {prefixes.Carriers.Count} nhà mạng, nhiều nhất là {MessageSeq.MostCarriers}. Hãy gộp bớt trong carriers.csv.",
                $"The carrier table has {prefixes.Carriers.Count} carriers, {MessageSeq.MostCarriers} at most. Merge some in carriers.csv.")));
        }

        // All that is wrong at first sight, before the long walk through the rows.
        foreach (var segment in segments)
            CheckColumns(campaign, segment, problems);

        var suppressed = new SuppressionList(reader);
        foreach (var path in campaign.SuppressionFiles)
        {
            var found = new FileProblems(Show(path, campaign), problems);
            suppressed.Add(path, found, cancellationToken);
            found.Finish();
        }

        if (HasErrors(problems))
            return new AudienceReading(null, Distinct(problems));

        using var rows = new AudienceRows(laneOfCarrier, prefixes, new CarrierDecider(prefixes, ported), reader, suppressed, sink, earlier ?? []);
        for (var at = 0; at < segments.Count; at++)
        {
            var segment = segments[at];
            var found = new FileProblems(Show(segment.File, campaign), problems);
            var isLast = segments.FindLastIndex(other => other.File == segment.File) == at;
            rows.Read(segment, Show(segment.File, campaign), isLast, found, cancellationToken);
            found.Finish();
        }

        return HasErrors(problems)
            ? new AudienceReading(null, Distinct(problems))
            : new AudienceReading(rows.Finish(segments, suppressed.Hashes), Distinct(problems));
    }

    static void CheckColumns(Campaign campaign, Segment segment, List<Problem> problems)
    {
        var found = new FileProblems(Show(segment.File, campaign), problems);
        try
        {
            using var table = TableFile.Open(segment.File);
            AudienceColumns.Find(table, segment.Filter, (line, column, what) => found.Error(line, column, what));

            if (table is SpreadsheetTableReader { Sheets.Count: > 1 } book)
            {
                found.Warn(null, null, new Wording(
                    $"Sổ Excel có {book.Sheets.Count} trang tính; chỉ đọc trang đầu «{book.Sheets[0]}». Nếu các trang sau cũng có thuê bao, hãy lưu mỗi trang thành một tệp.",
                    $"The workbook has {book.Sheets.Count} sheets; only the first, '{book.Sheets[0]}', is read. If the others hold subscribers too, save each as a file."));
            }
        }
        catch (BrokenTableException broken)
        {
            found.Add(broken);
        }
    }

    /// <summary>Relative to the campaign file where it lies beneath it.</summary>
    static string Show(string path, Campaign campaign)
    {
        var relative = Path.GetRelativePath(Path.GetDirectoryName(campaign.File)!, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    static bool HasErrors(List<Problem> problems) => problems.Any(problem => problem.Severity == Severity.Error);

    /// <summary>A file that two segments use is told of once.</summary>
    static List<Problem> Distinct(List<Problem> problems) => [.. problems.Distinct()];
}
