using SmsCampaign.Campaigns;

namespace SmsCampaign.Audience;

/// <summary>
/// Where in a file stands what the import needs, found by the names in its first row.
/// </summary>
/// <param name="Phone">0-based, as all.</param>
/// <param name="Carrier">-1 where the file has none.</param>
/// <param name="Commune">-1 where the file has none.</param>
/// <param name="Filters">Columns of the segment's filters, in their order.</param>
sealed record AudienceColumns(int Count, int Phone, int Carrier, int Commune, IReadOnlyList<int> Filters, string PhoneHeading)
{
    /// <summary>Most column names listed to a person.</summary>
    const int MostListed = 20;

    /// <param name="table">Before its first row; then at it.</param>
    /// <param name="problems">Gets everything that is wrong with the columns.</param>
    /// <returns>Null where a problem was found.</returns>
    /// <exception cref="BrokenTableException">The first row cannot be read, or there is none.</exception>
    public static AudienceColumns? Find(TableReader table, IReadOnlyList<ColumnFilter> filters, Action<int, string?, Wording> problems)
    {
        if (!table.ReadNotBlank())
            throw TableFile.Empty();

        var headings = ReadHeadings(table);
        var sound = true;

        void Report(string? column, Wording what)
        {
            sound = false;
            problems(table.Line, column, what);
        }

        var phone = FindRole(headings, ColumnNames.Phone, Report);
        if (phone == Absent)
            Report(null, MissingPhone(headings));

        var carrier = FindRole(headings, ColumnNames.Carrier, Report);
        var commune = FindRole(headings, ColumnNames.Commune, Report);
        var filtered = filters.Select(filter => FindFiltered(headings, filter.Column, Report)).ToList();

        return sound ? new AudienceColumns(headings.Count, phone, carrier, commune, filtered, headings[phone]) : null;
    }

    const int Absent = -1;

    static List<string> ReadHeadings(TableReader table)
    {
        var headings = new List<string>();
        for (var column = 0; column < table.CellCount; column++)
            headings.Add(table.Cell(column).Trim().Trim('\uFEFF').ToString());

        // Spreadsheets save empty columns at the right end along with the table.
        while (headings.Count > 0 && headings[^1].Length == 0)
            headings.RemoveAt(headings.Count - 1);
        return headings;
    }

    static int FindRole(List<string> headings, ColumnRole role, Action<string?, Wording> report)
    {
        var found = Indexes(headings, role.Accepts);
        if (found.Count > 1)
        {
            report(headings[found[1]], new Wording(
                $"Hai cột cùng là {role.Name.Vi}: {Quote(found.Select(at => headings[at]))}. Hãy giữ một cột, đổi tên cột kia.",
                $"Two columns both mean {role.Name.En}: {Quote(found.Select(at => headings[at]))}. Keep one and rename the other."));
        }

        return found.Count > 0 ? found[0] : Absent;
    }

    static Wording MissingPhone(List<string> headings)
    {
        var accepted = Quote(ColumnNames.Phone.Accepted);
        if (OldVietnamese.NameOf([.. string.Concat(headings).Where(letter => letter is > '\u007F' and <= '\u00FF').Select(letter => (byte)letter)]) is { } name
            && OldVietnamese.IsFontEncoding(name))
        {
            return new Wording(
                $"Không có cột số điện thoại; tên cột trông như gõ bằng bảng mã {name}: {Quote(headings)}. Hãy chuyển mã sang Unicode (bằng UniKey: Ctrl+Shift+F6).",
                $"There is no phone number column; the names look typed in {name}: {Quote(headings)}. Convert the file to Unicode (with UniKey: Ctrl+Shift+F6).");
        }

        return new Wording(
            $"Không có cột số điện thoại. Dòng đầu của bảng có: {Quote(headings)}. Tên được nhận: {accepted}. Nếu phía trên còn tiêu đề, hãy xóa để dòng đầu là tên cột.",
            $"There is no phone number column. The first row has: {Quote(headings)}. Accepted names: {accepted}. If a title stands above the table, delete it so that the first row holds the names.");
    }

    /// <summary>As written, else by what it means (commune finds Xã/Phường), else without diacritics.</summary>
    static int FindFiltered(List<string> headings, string column, Action<string?, Wording> report)
    {
        var canonical = CellText.Canonical(column);
        var found = Indexes(headings, heading => CellText.Canonical(heading) == canonical);

        if (found.Count == 0 && ColumnNames.All.FirstOrDefault(role => role.Accepts(column)) is { } meant)
            found = Indexes(headings, meant.Accepts);

        if (found.Count == 0)
            found = Indexes(headings, heading => CellText.Fold(heading) == CellText.Fold(column));

        if (found.Count == 1)
            return found[0];

        if (found.Count > 1)
        {
            report(column, new Wording(
                $"Cột «{column}» dùng để lọc có {found.Count} lần trong tệp. Hãy đổi tên để chỉ còn một.",
                $"Column '{column}', used in a filter, stands {found.Count} times in the file. Rename so that only one is left."));
            return Absent;
        }

        var near = Spelling.Nearest(column, headings.Where(heading => heading.Length > 0));
        report(column, new Wording(
            $"Không có cột «{column}» mà bộ lọc của chiến dịch cần. {(near is null ? "" : $"Có phải là «{near}»? ")}Tệp có: {Quote(headings)}.",
            $"There is no column '{column}', which the campaign filters by. {(near is null ? "" : $"Did you mean '{near}'? ")}The file has: {Quote(headings)}."));
        return Absent;
    }

    static List<int> Indexes(List<string> headings, Func<string, bool> matches) =>
        [.. Enumerable.Range(0, headings.Count).Where(at => headings[at].Length > 0 && matches(headings[at]))];

    static string Quote(IEnumerable<string> names)
    {
        // A file without headings shows its first row here, which may hold a subscriber's number.
        var shown = names.Where(name => name.Length > 0).Select(name => Messages.PhoneNumber.Mask(Shorten(name))).ToList();
        return string.Join(", ", shown.Take(MostListed)) + (shown.Count > MostListed ? ", …" : "");
    }

    static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
