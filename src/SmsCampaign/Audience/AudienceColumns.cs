using SmsCampaign.Campaigns;
using SmsCampaign.Orthography;

namespace SmsCampaign.Audience;

/// <summary>
/// Where in a file stands what the import needs, found by the names in its first row or as the campaign file maps them.
/// </summary>
/// <param name="Line">Of the column names.</param>
/// <param name="Phone">0-based, as all; -1 where the file has none.</param>
/// <param name="Carrier">-1 where the file has none.</param>
/// <param name="Commune">-1 where the file has none.</param>
/// <param name="Filters">Columns of the segment's filters, in their order.</param>
sealed record AudienceColumns(
    int Line,
    IReadOnlyList<string> Headings,
    int Phone,
    int Carrier,
    int Commune,
    IReadOnlyList<int> Filters,
    bool IsSound)
{
    /// <summary>Most column names listed to a person.</summary>
    const int MostListed = 20;

    /// <summary>Letters of a heading that can be held for a slip: of shorter ones, as "STT", many are near.</summary>
    const int FewestLetters = 6;

    /// <summary>How many letters there are to one that may be wrong: "Phường" is no slip of "phone".</summary>
    const int LettersASlip = 5;

    const int Absent = -1;

    public int Count => Headings.Count;

    public string PhoneHeading => Headings[Phone];

    /// <summary>The columns that decide on a row.</summary>
    public IReadOnlyList<int> Used { get; } =
        [.. new[] { Phone, Carrier, Commune }.Concat(Filters).Where(column => column >= 0).Distinct()];

    /// <summary>Columns between others that have no name: nothing of them is read.</summary>
    public IReadOnlyList<int> Unnamed => [.. Enumerable.Range(0, Count).Where(column => Headings[column].Length == 0)];

    /// <summary>Columns that by their names hold numbers as well, and are not read; none where the officer has
    /// said which one is.</summary>
    public IReadOnlyList<int> OtherNumbers { get; private init; } = [];

    /// <summary>What to say of <see cref="OtherNumbers"/>; null where there are none.</summary>
    public Wording? UnreadNumbers
    {
        get
        {
            if (OtherNumbers.Count == 0)
                return null;

            var (read, unread) = (Masking.Of(PhoneHeading), Quote(OtherNumbers.Select(column => Headings[column])));
            return new Wording(
                $"Chỉ đọc cột số điện thoại “{read}”; không đọc cột có tên như số điện thoại: {unread}. "
                    + $"Nếu phải gửi tới cả các số đó, hãy chép chúng xuống cột “{read}”; nếu không, ghi vào nhóm nhận "
                    + $"tin: columns: {{ phone: \"{read}\" }}.",
                $"Only the phone number column '{read}' is read; not those named as one: {unread}. "
                    + $"If their numbers are to get the message too, copy them below the others; if not, write in the "
                    + $"segment: columns: {{ phone: \"{read}\" }}.");
        }
    }

    /// <summary>What to say of columns that are used though Excel hides them; null where there are none.</summary>
    public Wording? Unseen { get; private init; }

    /// <summary>What to say of optional columns that were not found while others stand there unread; null where there
    /// is nothing to say.</summary>
    public Wording? Missing
    {
        get
        {
            var unread = Enumerable.Range(0, Count).Except(Used).Except(OtherNumbers).Select(column => Headings[column])
                .Where(heading => heading.Length > 0 && !ColumnNames.Other.Accepts(heading)).ToList();
            var absent = new[] { (Commune, ColumnNames.Commune), (Carrier, ColumnNames.Carrier) }
                .Where(role => role.Item1 < 0)
                .Select(role => role.Item2)
                .ToList();
            if (unread.Count == 0 || absent.Count == 0)
                return null;

            var example = $"columns: {{ {absent[0].Key}: … }}";
            var font = OldEncodingDetector.Detect(string.Join('\n', unread).Composed())?.Encoding.Name is { } old
                ? new Wording(
                    $" Tên cột trông như gõ bằng bảng mã {old}: hãy chuyển cả tệp sang Unicode "
                        + $"(bằng UniKey: Ctrl+Shift+F6).",
                    $" The names look typed in {old}: convert the whole file to Unicode (with UniKey: Ctrl+Shift+F6).")
                : new Wording("", "");
            var names = Wording.Join(new Wording(" và cột ", " nor for "), absent.Select(role => role.Name));
            return new Wording(
                $"Không thấy cột {names}; các cột chưa dùng: {Quote(unread)}. Nếu là một trong các cột này, hãy ghi "
                    + $"tên cột vào nhóm nhận tin: {example}.{font}",
                $"No column for {names} was found; columns not used: {Quote(unread)}. If it is one of these, name it "
                    + $"in the segment: {example}.{font}");
        }
    }

    /// <param name="table">Before its first row; then at it, and bounded by it.</param>
    /// <param name="problems">Gets everything that is wrong with the columns.</param>
    /// <exception cref="BrokenTableException">The first row cannot be read, or there is none.</exception>
    public static AudienceColumns Find(TableReader table, Segment segment, Action<int, string?, Wording> problems) =>
        table.ReadNotBlank() ? FindIn(table, segment, problems) : throw TableFile.Empty();

    /// <param name="table">At its first row with anything in it.</param>
    public static AudienceColumns FindIn(TableReader table, Segment segment, Action<int, string?, Wording> problems)
    {
        var headings = ReadHeadings(table);
        var sound = true;

        void Report(string? column, Wording what)
        {
            sound = false;
            problems(table.Line, column, what);
        }

        var phone = FindRole(headings, ColumnNames.Phone, segment, Report, []);
        if (phone == Absent && !segment.Columns.ContainsKey(ColumnNames.Phone.Key))
            Report(null, MissingPhone(headings));
        var shown = phone == Absent ? [] : headings;

        var carrier = FindRole(headings, ColumnNames.Carrier, segment, Report, shown);
        var commune = FindRole(headings, ColumnNames.Commune, segment, Report, shown);
        var roles = new Dictionary<ColumnRole, int>
        {
            [ColumnNames.Phone] = phone,
            [ColumnNames.Carrier] = carrier,
            [ColumnNames.Commune] = commune,
        };
        foreach (var same in roles
            .Where(role => role.Value != Absent)
            .GroupBy(role => role.Value)
            .Where(same => same.Count() > 1))
        {
            var keys = string.Join(", ", same.Select(role => role.Key.Key));
            Report(headings[same.Key], new Wording(
                $"Một cột không thể vừa là {Wording.Join(", ", same.Select(role => role.Key.Name))}. "
                    + $"Hãy sửa trong nhóm nhận tin, ở columns: mỗi khóa ({keys}) một cột.",
                $"One column cannot be {Wording.Join(", ", same.Select(role => role.Key.Name))} at once. "
                    + $"Mend it in the segment under columns: one column for each of {keys}."));
        }

        var filtered =
            segment.Filter.Select(filter => FindFiltered(headings, filter.Column, roles, Report, shown)).ToList();

        if (table.IsHidden)
        {
            Report(null, new Wording(
                "Hàng tên cột đang ẩn trong Excel, nên không rõ bảng bắt đầu ở đâu. Hãy bỏ ẩn (Unhide) hàng này, "
                    + "hoặc xóa nếu không dùng.",
                "The row of the column names is hidden in Excel, so it is not clear where the table begins. "
                    + "Unhide the row, or delete it if it is not used."));
        }

        var found = new AudienceColumns(table.Line, headings, phone, carrier, commune, filtered, sound);
        return found with
        {
            OtherNumbers = segment.Columns.ContainsKey(ColumnNames.Phone.Key)
                ? []
                : [.. Enumerable.Range(0, headings.Count)
                    .Except(found.Used)
                    .Where(column => ColumnNames.MayHoldNumbers(headings[column]))],
            Unseen = DescribeHidden([.. found.Used.Where(table.IsColumnHidden).Select(column => headings[column])]),
        };
    }

    static Wording? DescribeHidden(List<string> headings) => headings.Count == 0 ? null : new Wording(
        $"Cột đang ẩn trong Excel vẫn được đọc: {Quote(headings)}. Nếu không dùng cột này, hãy bỏ ẩn (Unhide) rồi xóa; "
            + $"nếu bảng còn cột khác cần dùng thay, ghi tên cột ấy vào nhóm nhận tin, ở columns.",
        $"Columns hidden in Excel are read all the same: {Quote(headings)}. If they are not meant, unhide and delete "
            + $"them; if another column of the table is, name that one in the segment under columns.");

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

    /// <param name="shown">What may be repeated of the headings: none where the file is no list of subscribers,
    /// as far as is known.</param>
    static int FindRole(
        List<string> headings, ColumnRole role, Segment segment, Action<string?, Wording> report, List<string> shown)
    {
        if (segment.Columns.TryGetValue(role.Key, out var named))
            return FindMapped(headings, role, named, report, shown);

        var found = Indexes(headings, role.Accepts);
        if (found.Count > 1)
        {
            report(headings[found[1]], new Wording(
                $"Hai cột cùng là {role.Name}: {Quote(found.Select(at => headings[at]))}. Hãy giữ một cột, đổi tên cột "
                    + $"kia, hoặc ghi cột cần dùng vào nhóm nhận tin: columns: {{ {role.Key}: … }}.",
                $"Two columns both mean {role.Name}: {Quote(found.Select(at => headings[at]))}. "
                    + $"Keep one and rename the other, or name the one to use in the segment: "
                    + $"columns: {{ {role.Key}: … }}."));
        }

        return found.Count > 0 ? found[0] : Absent;
    }

    static int FindMapped(
        List<string> headings, ColumnRole role, string named, Action<string?, Wording> report, List<string> shown)
    {
        var found = FindWritten(headings, named);
        if (found.Count == 1)
            return found[0];

        if (found.Count > 1)
        {
            report(named, new Wording(
                $"Cột “{named}” ghi ở columns.{role.Key} có {found.Count} lần trong tệp. Hãy đổi tên để chỉ còn một.",
                $"Column '{named}', named under columns.{role.Key}, stands {found.Count} times in the file. "
                    + $"Rename so that only one is left."));
            return found[0];
        }

        var near = Spelling.DidYouMean(
            Spelling.Nearest(named, shown.Where(heading => heading.Length > 0).Select(heading => Masking.Of(heading))));
        report(named, new Wording(
            $"Không có cột “{named}” mà columns.{role.Key} ghi.{near}{Has(shown, headings)}",
            $"There is no column '{named}', which columns.{role.Key} names.{near}{Has(shown, headings)}"));
        return Absent;
    }

    /// <summary>Nothing of the first row is repeated: a file without the column may be another one altogether,
    /// with secrets in it.</summary>
    static Wording MissingPhone(List<string> headings)
    {
        if (OldEncodingDetector.Detect(string.Join('\n', headings).Composed())?.Encoding.Name is { } old)
        {
            return new Wording(
                $"Không có cột số điện thoại; tên cột trông như gõ bằng bảng mã {old}. "
                    + $"Hãy chuyển mã sang Unicode (bằng UniKey: Ctrl+Shift+F6).",
                $"There is no phone number column; the names look typed in {old}. Convert the file to Unicode "
                    + $"(with UniKey: Ctrl+Shift+F6).");
        }

        var near = Enumerable.Range(0, headings.Count)
            .Where(at => headings[at].Length >= FewestLetters)
            .Select(at =>
                (Column: at + 1, Name: ColumnNames.Phone.Accepted.FirstOrDefault(name => IsSlipOf(headings[at], name))))
            .FirstOrDefault(heading => heading.Name is not null);
        var meant = near.Name is null ? new Wording("", "") : new Wording(
            $" Tên cột thứ {near.Column} có phải là “{near.Name}”?",
            $" Is column {near.Column} meant to be '{near.Name}'?");
        var accepted = Quote(ColumnNames.Phone.Accepted);
        return new Wording(
            $"Không có cột số điện thoại. Dòng đầu có {headings.Count} ô, không ô nào là tên được nhận.{meant} Tên "
                + $"được nhận: {accepted}. Nếu phía trên còn tiêu đề, hãy xóa để dòng đầu là tên cột; "
                + $"nếu cột mang tên khác, ghi vào nhóm nhận tin: columns: {{ phone: tên cột }}.",
            $"There is no phone number column. The first row has {Figures.Counted(headings.Count, "cell")}, none of "
                + $"them an accepted name.{meant} Accepted names: {accepted}. If a title stands above the table, "
                + $"delete it so that the first row holds the names; if the column has another name, write in the "
                + $"segment: columns: {{ phone: its name }}.");
    }

    static bool IsSlipOf(string heading, string name) => Spelling.Distance(
        CellText.Fold(heading), CellText.Fold(name)) <= Math.Min(heading.Length, name.Length) / LettersASlip;

    /// <summary>What the file has instead, or of one that may be no list how much.</summary>
    static Wording Has(List<string> shown, List<string> headings) => shown.Count > 0
        ? new Wording($" Tệp có: {Quote(shown)}.", $" The file has: {Quote(shown)}.")
        : new Wording(
            $" Dòng đầu của tệp có {headings.Count} ô. Hãy kiểm tra tên cột và có chỉ nhầm tệp không.",
            $" The first row of the file has {Figures.Counted(headings.Count, "cell")}. "
                + $"Check the name, and whether this is the right file.");

    /// <summary>As written, else by what it means (commune finds Xã/Phường), else without diacritics.</summary>
    static int FindFiltered(
        List<string> headings,
        string column,
        Dictionary<ColumnRole, int> roles,
        Action<string?, Wording> report,
        List<string> shown)
    {
        var canonical = CellText.Canonical(column);
        var found = Indexes(headings, heading => CellText.Canonical(heading) == canonical);

        if (found.Count == 0
            && ColumnNames.All.FirstOrDefault(role => role.Accepts(column)) is { } meant
            && roles[meant] >= 0)
            found = [roles[meant]];

        if (found.Count == 0)
            found = FindWritten(headings, column);

        if (found.Count == 1)
            return found[0];

        if (found.Count > 1)
        {
            report(column, new Wording(
                $"Cột “{column}” dùng để lọc có {found.Count} lần trong tệp. Hãy đổi tên để chỉ còn một.",
                $"Column '{column}', used in a filter, stands {found.Count} times in the file. "
                    + $"Rename so that only one is left."));
            return Absent;
        }

        var near = Spelling.Nearest(
            column, shown.Where(heading => heading.Length > 0).Select(heading => Masking.Of(heading)));
        report(column, new Wording(
            $"Không có cột “{column}” mà bộ lọc của chiến dịch "
                + $"cần.{(near is null ? "" : $" Có phải là “{near}”?")}{Has(shown, headings)}",
            $"There is no column '{column}', which the campaign filters "
                + $"by.{(near is null ? "" : $" Did you mean '{near}'?")}{Has(shown, headings)}"));
        return Absent;
    }

    /// <summary>As written, else without diacritics and signs.</summary>
    static List<int> FindWritten(List<string> headings, string name)
    {
        var canonical = CellText.Canonical(name);
        var found = Indexes(headings, heading => CellText.Canonical(heading) == canonical);
        return found.Count > 0 || CellText.Fold(name) is not { Length: > 0 } folded
            ? found
            : Indexes(headings, heading => CellText.Fold(heading) == folded);
    }

    static List<int> Indexes(List<string> headings, Func<string, bool> matches) =>
        [.. Enumerable.Range(0, headings.Count).Where(at => headings[at].Length > 0 && matches(headings[at]))];

    static string Quote(IEnumerable<string> names)
    {
        // A file without headings shows its first row here, which may hold a subscriber's number.
        var shown = names.Where(name => name.Length > 0).Select(name => Masking.Of(name)).ToList();
        return string.Join(", ", shown.Take(MostListed)) + (shown.Count > MostListed ? ", …" : "");
    }
}
