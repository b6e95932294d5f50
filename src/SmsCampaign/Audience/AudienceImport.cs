using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

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
/// <item>A row that Excel hides is asked about, and read or excluded as the campaign says.</item>
/// <item>A row that no segment over its file asks for is excluded as such, whatever its number.</item>
/// <item>Cells missing at the end of a row are empty.</item>
/// <item>More cells than columns, with something in them: a delimiter stands unquoted in a cell and what follows is in
/// the wrong column. An error, as the row could go to the wrong segment.</item>
/// <item>The column names once more, as where two files were pasted together: excluded as no
/// number, with a warning.</item>
/// <item>A number is looked for on the suppression list before it is checked for having come before, so that each of
/// its rows says why; a number that no lane serves, or that has got the message already, counts as having come.</item>
/// </list>
/// </remarks>
public static class AudienceImport
{
    /// <param name="laneOfCarrier">The lane of the campaign that serves a carrier, by the carrier's name in the prefix
    /// table. A carrier that is not there is served by none.</param>
    /// <param name="sink">Gets the rows as they are read. Where the result has no audience,
    /// what it got is void.</param>
    /// <param name="earlier">The numbers that other runs of the campaign may have handed the message over to, by
    /// date, the oldest first.</param>
    /// <param name="erased">Numbers that are never texted again, as their subscribers asked; null: there are
    /// none.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The machine cannot read on.</exception>
    public static AudienceReading Read(
        Campaign campaign,
        IReadOnlyDictionary<string, string> laneOfCarrier,
        PrefixTable prefixes,
        PortedList ported,
        IAudienceSink sink,
        CancellationToken cancellationToken,
        IReadOnlyList<(DateOnly Date, NumberSet Numbers)>? earlier = null,
        NumberSet? erased = null)
    {
        var problems = new List<Problem>();
        var segments = campaign.Segments.OrderBy(segment => segment.Priority).ToList();
        var reader = new NumberReader(prefixes);

        if (prefixes.Carriers.Count > MessageSeq.MostCarriers)
        {
            problems.Add(new Problem(null, new Wording(
                $"Bảng nhà mạng có {prefixes.Carriers.Count} nhà mạng, nhiều nhất là {MessageSeq.MostCarriers}. "
                    + $"Hãy gộp bớt trong carriers.csv.",
                $"The carrier table has {prefixes.Carriers.Count} carriers, {MessageSeq.MostCarriers} at most. "
                    + $"Merge some in carriers.csv.")));
        }

        // All that is wrong at first sight, before the long walk through the rows.
        var tables = segments
            .Select(segment => ChooseTables(campaign, segment, problems, cancellationToken))
            .ToList();
        FindContradictions(campaign, segments, problems);

        var suppressed = ReadSuppressed(campaign, reader, erased, problems, cancellationToken);
        if (HasErrors(problems))
            return new AudienceReading(null, Distinct(problems));

        using var rows = new AudienceRows(
            laneOfCarrier, prefixes, new CarrierDecider(prefixes, ported), reader, suppressed, sink, earlier ?? []);
        for (var at = 0; at < segments.Count; at++)
        {
            var later = tables.Skip(at + 1).SelectMany(others => others).Select(table => table.Key).ToHashSet();
            var found = new FileProblems(Show(segments[at].File, campaign), problems);
            rows.Read(
                segments[at],
                [.. tables[at].Select(table => table with { IsLast = !later.Contains(table.Key) })],
                found,
                cancellationToken);
            found.Finish();
        }

        return HasErrors(problems)
            ? new AudienceReading(null, Distinct(problems))
            : new AudienceReading(
                rows.Finish(segments, suppressed.Hashes) with
                {
                    Tables = [prefixes.Sha256, prefixes.Names.Sha256, .. ported.Hashes],
                },
                Distinct(problems));
    }

    /// <summary>Everybody on a suppression list of the campaign, as the lists are now.</summary>
    /// <param name="problems">Gets what is wrong with them.</param>
    internal static SuppressionList ReadSuppressed(
        Campaign campaign,
        NumberReader reader,
        NumberSet? erased,
        List<Problem> problems,
        CancellationToken cancellationToken)
    {
        var suppressed = new SuppressionList(reader) { Erased = erased };
        foreach (var path in campaign.SuppressionFiles)
        {
            var found = new FileProblems(Show(path, campaign), problems);
            suppressed.Add(path, found, cancellationToken);
            found.Finish();
        }

        return suppressed;
    }

    static List<AudienceTable> ChooseTables(
        Campaign campaign, Segment segment, List<Problem> problems, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var shown = Show(segment.File, campaign);
        var found = new FileProblems(shown, problems);
        try
        {
            using var book = TableFile.Open(segment.File);
            return [.. SheetChoice.Choose(book, segment, found).Select(
                sheet => new AudienceTable(segment.File, sheet.Name, shown, book.NameToShow(sheet), IsLast: false))];
        }
        catch (BrokenTableException broken)
        {
            found.Add(broken);
            return [];
        }
    }

    /// <summary>Segments over one file read it alike: else a row would be another's by one and
    /// nobody's by the other.</summary>
    static void FindContradictions(Campaign campaign, List<Segment> segments, List<Problem> problems)
    {
        foreach (var over in segments
            .GroupBy(segment => segment.File)
            .Where(over => over.Any(segment => !segment.ReadsAs(over.First()))))
        {
            problems.Add(new Problem(new Place(Show(over.Key, campaign)), new Wording(
                $"Các nhóm nhận tin {string.Join(", ", over.Select(segment => $"“{segment.Name}”"))} cùng đọc tệp này "
                    + $"mà ghi khác nhau ở hiddenRows hoặc columns. Hãy ghi giống nhau.",
                $"The segments {string.Join(", ", over.Select(segment => $"'{segment.Name}'"))} read this file and "
                    + $"differ in hiddenRows or columns. Write the same in each.")));
        }
    }

    static string Show(string path, Campaign campaign) => Show(path, Path.GetDirectoryName(campaign.File)!);

    /// <summary>Relative to the campaign file's folder where it lies beneath it.</summary>
    internal static string Show(string path, string folder)
    {
        var relative = Path.GetRelativePath(folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    static bool HasErrors(List<Problem> problems) => problems.Any(problem => problem.Severity == Severity.Error);

    /// <summary>A file that two segments use is told of once.</summary>
    static List<Problem> Distinct(List<Problem> problems) => [.. problems.Distinct()];
}
