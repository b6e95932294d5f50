using System.Text;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;

namespace SmsCampaign.Office;

/// <summary>Looks at the first rows of a list with the readers that import it: what it is, and what is made of its
/// columns.</summary>
static class ListLook
{
    /// <summary>Rows that are shown.</summary>
    const int MostRows = 5;

    /// <summary>Sheets, and columns of one, that are shown.</summary>
    const int MostShown = 100;

    const int MostLetters = 24;

    /// <param name="shown">What problems call the file.</param>
    /// <param name="headings">Gets the headings of each table that is read, as they are written.</param>
    public static ListSight AtSubscribers(
        string path,
        string shown,
        Segment segment,
        List<IReadOnlyList<string>>? headings = null,
        CancellationToken cancellationToken = default)
    {
        var problems = new List<Problem>();
        var found = new FileProblems(shown, problems);
        return Guard(found, problems, () =>
        {
            using var book = TableFile.Open(path);
            var chosen = SheetChoice.Choose(book, segment with { File = path }, found);
            found.Finish();

            // A CSV is opened once only.
            using var again = book.IsWorkbook ? null : TableFile.Open(path);
            var tables = new List<ListTable>();
            foreach (var sheet in chosen.Take(MostShown))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var table = (again ?? book).Open(sheet);
                var columns = AudienceColumns.Find(table, segment, (_, _, _) => { });
                headings?.Add(columns.Headings);
                table.Bound(columns.Count);
                tables.Add(new ListTable(
                    sheet.Name is null ? null : Masking.Of(sheet.Name),
                    columns.Line,
                    [.. Enumerable.Range(0, Math.Min(columns.Count, MostShown)).Select(at => Describe(columns, at))],
                    ReadRows(table, columns.Count, columns.Used.Contains, isFirst: false)));
            }

            return Describe(book, chosen, problems) with { Tables = tables };
        });
    }

    /// <param name="shown">What problems call the file.</param>
    public static ListSight AtSuppression(
        string path, string shown, CancellationToken cancellationToken = default)
    {
        var problems = new List<Problem>();
        var found = new FileProblems(shown, problems);
        return Guard(found, problems, () =>
        {
            using var book = TableFile.Open(path);
            var tables = new List<ListTable>();
            foreach (var sheet in book.Sheets.Where(sheet => !sheet.IsHidden).Take(MostShown))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var table = book.Open(sheet);
                if (!table.ReadNotBlank() || SuppressionColumns.Find(table) is not { } columns)
                    continue;

                tables.Add(new ListTable(
                    sheet.Name is null ? null : Masking.Of(sheet.Name),
                    table.Line,
                    [.. columns.Headings.Take(MostShown).Select((heading, at) => new ListColumn(
                        Masking.Of(heading),
                        columns.Phones.Contains(at) ? ColumnNames.Phone.Name : null,
                        columns.Phones.Contains(at) ? ColumnNames.Phone.Key : null))],
                    ReadRows(table, columns.Width, columns.Phones.Contains, columns.IsFirstRowData)));
            }

            if (tables.Count == 0)
            {
                found.Error(null, null, new Wording(
                    "Không rõ cột nào là số điện thoại của người đã từ chối. Hãy đặt tên cột là “Số điện thoại”, hoặc "
                        + "chỉ để mỗi dòng một số.",
                    "It is not clear which column holds the numbers of those who refused. Call it 'phone', or leave "
                        + "one number a line."));
            }

            return Describe(book, book.Sheets, problems) with { IsTable = tables.Count > 0, Tables = tables };
        });
    }

    static ListSight Guard(FileProblems found, List<Problem> problems, Func<ListSight> look)
    {
        try
        {
            return look();
        }
        catch (BrokenTableException broken)
        {
            found.Add(broken);
            return new ListSight(IsTable: false, IsWorkbook: false, null, null, [], [], problems);
        }
    }

    static ListSight Describe(TableBook book, IReadOnlyList<TableSheet> read, List<Problem> problems) => new(
        IsTable: true,
        book.IsWorkbook,
        book.Encoding,
        book.Delimiter,
        book.IsWorkbook
            ? [.. book.Sheets.Take(MostShown).Select(sheet =>
                new ListSheet(Masking.Of(sheet.Name), sheet.IsHidden, read.Contains(sheet)))]
            : [],
        [],
        problems);

    /// <summary>Where no column holds numbers the first row may be of a subscriber: of what is no known name only its
    /// look is shown.</summary>
    public static ListColumn Describe(AudienceColumns columns, int at)
    {
        var heading = columns.Headings[at];
        var isName = columns.Phone >= 0 || heading.Length == 0 || columns.Used.Contains(at) || IsKnown(heading);
        var role = at == columns.Phone ? ColumnNames.Phone
            : at == columns.Carrier ? ColumnNames.Carrier
            : at == columns.Commune ? ColumnNames.Commune
            : null;
        return new ListColumn(
            isName ? Masking.Of(heading) : ShapeOf(heading),
            role?.Name ?? (columns.Filters.Contains(at) ? new Wording("bộ lọc", "filter") : null),
            role?.Key)
        {
            IsLook = !isName,
        };
    }

    /// <summary>With its diacritics, as Phương is somebody and Phường none.</summary>
    static bool IsKnown(string heading)
    {
        var canonical = CellText.Canonical(heading);
        return ColumnNames.All.Append(ColumnNames.Other).Any(role =>
            role.Accepted.Any(name => CellText.Canonical(name) == canonical));
    }

    /// <param name="isFirst">Whether the row that the table stands at is one of them.</param>
    static List<IReadOnlyList<string>> ReadRows(
        TableReader table, int columns, Func<int, bool> isUsed, bool isFirst)
    {
        var rows = new List<IReadOnlyList<string>>();
        while (rows.Count < MostRows && (isFirst || table.ReadNotBlank()))
        {
            isFirst = false;
            rows.Add([.. Enumerable.Range(0, Math.Min(columns, MostShown)).Select(at =>
                isUsed(at) ? Masking.Of(table.Digits(at)) : ShapeOf(table.Cell(at)))]);
        }

        return rows;
    }

    /// <summary>Nothing of a cell that nobody needs: it may be a name, or what is on an identity card.</summary>
    static string ShapeOf(ReadOnlySpan<char> cell)
    {
        var shape = new StringBuilder();
        foreach (var rune in cell.Trim().EnumerateRunes())
        {
            if (shape.Length == MostLetters)
                return shape.Append('…').ToString();

            shape.Append(Rune.IsDigit(rune) ? '0' : Rune.IsLetter(rune) ? 'x' : Rune.IsWhiteSpace(rune) ? ' ' : '.');
        }

        return shape.ToString();
    }
}
