using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Files;
using SmsCampaign.Files.Yaml;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>A value of a column, that a filter can name.</summary>
/// <param name="Text">As the first row with it has it; numbers masked.</param>
/// <param name="Rows">Of the list; 0 of a value that the filter names and no row has.</param>
/// <param name="IsWanted">Whether the filter takes it by now.</param>
/// <param name="CanBeNamed">Not where it is blank, or something of it is masked: what the filter says of it
/// stays.</param>
public sealed record FilterValue(string Text, long Rows, bool IsWanted, bool CanBeNamed)
{
    /// <summary>As it stands in the list, or in the filter.</summary>
    internal string Written { get; init; } = "";
}

/// <summary>A segment's list, for its filter to be chosen.</summary>
/// <param name="Lists">As they were looked at.</param>
/// <param name="File">As a person is shown it.</param>
/// <param name="Columns">Of the first table that is read.</param>
/// <param name="Filtered">Positions among them of the columns that a filter names by now.</param>
/// <param name="Trouble">Why there is nothing to choose from; null where there is.</param>
public sealed record FilterSight(
    CampaignLists Lists,
    string Segment,
    string? File,
    IReadOnlyList<ListColumn> Columns,
    IReadOnlyList<int> Filtered,
    Wording? Trouble)
{
    /// <summary>Position of the column whose values are counted; null where none was asked for.</summary>
    public int? Column { get; init; }

    /// <summary>Most rows first.</summary>
    public IReadOnlyList<FilterValue> Values { get; init; } = [];

    /// <summary>Of the list.</summary>
    public long Rows { get; init; }

    /// <summary>Values that too few rows have to be shown: they may be of persons.</summary>
    public int Hidden { get; init; }

    /// <summary>Whether the filter names the column by now; where not every row is taken.</summary>
    public bool IsFiltered => Column is { } column && Filtered.Contains(column);

    /// <summary>Columns that the filter names, found in the list or not.</summary>
    public int Conditions { get; init; }

    /// <summary>Whether a commune without its kind takes those with it as well.</summary>
    internal bool IsCommune { get; init; }

    /// <summary>By which the campaign file names the column, or would.</summary>
    internal string? Name { get; init; }
}

/// <summary>Offers the values that stand in a column of a segment's list, with how many rows have each, and writes
/// those that are chosen into the segment's filter.</summary>
public sealed class FilterDesk(
    CampaignFolders folders, string installationFile, DataFolder data, TimeProvider time)
{
    /// <summary>A column with more values is none that a list is divided by.</summary>
    public const int MostValues = 1_000;

    /// <summary>Rows of a value: one that fewer have, in a column that is neither of areas nor of carriers, may be
    /// somebody's and is not shown.</summary>
    public const int FewestRows = 3;

    const int LongestValue = 100;

    /// <summary>Values that are named where there are more.</summary>
    const int MostNamed = 5;

    readonly ListDesk _lists = new(folders, installationFile, data, time);
    readonly EditDesk _edits = new(folders, installationFile, data, time);

    /// <param name="segment">Its number in the campaign file, from 1.</param>
    /// <param name="column">Position among <see cref="FilterSight.Columns"/>; null: the columns alone.</param>
    /// <returns>Null where there is no such segment that the department texts itself.</returns>
    /// <exception cref="IOException">The machine cannot read on.</exception>
    public FilterSight? Look(string campaign, int segment, int? column, CancellationToken cancellationToken)
    {
        var place = PlaceOf(segment);
        if (_lists.Find(campaign) is not { } lists
            || lists.Uses.FirstOrDefault(use => use.Places.Contains(place)) is not { } use
            || YamlEditor.Read(lists.Edited.Text ?? "") is not { } root
            || root.ItemsOf("segments").ElementAtOrDefault(segment - 1) is not { } item)
            return null;

        var sight = new FilterSight(
            lists, ListUses.WordsOf(item.Find("name")) ?? place, use.File, [], [], null);
        if (use is not { Path: { } path, Read: { } read })
        {
            return sight with
            {
                Trouble = new Wording(
                    "Nhóm này chưa có danh sách đọc được. Hãy đưa danh sách lên ở trang Danh sách.",
                    "The segment has no list that can be read yet. Bring one on the page 'Lists'."),
            };
        }

        var own = read with
        {
            Filter =
            [
                .. (item.Map("filter")?.Members ?? []).Select(member => new ColumnFilter(
                    member.Name,
                    member.Value.Kind == NodeKind.List
                        ? [.. member.Value.Items.Where(value => value.IsScalar).Select(value => value.Text.Trim())]
                        : ListUses.WordsOf(member.Value) is { } only ? [only] : [])),
            ],
        };
        sight = sight with { Conditions = own.Filter.Count };
        try
        {
            return Count(sight, path, own, column, cancellationToken);
        }
        catch (BrokenTableException broken)
        {
            return sight with { Trouble = broken.What };
        }
    }

    /// <summary>Writes what was chosen into the segment's filter.</summary>
    /// <param name="seen">The campaign file that was looked at.</param>
    /// <param name="stamp">Of <see cref="CampaignLists"/>, likewise.</param>
    /// <param name="column">As of <see cref="Look"/>.</param>
    /// <param name="chosen">Positions among <see cref="FilterSight.Values"/>, from 0. At least one, and what the filter
    /// then takes is those and no other.</param>
    /// <param name="isAll">Whether the column is not to be filtered by any more, whatever is chosen.</param>
    /// <exception cref="IOException">The machine cannot read on.</exception>
    public EditResult Save(
        Who who,
        string campaign,
        SeenFile seen,
        string stamp,
        int segment,
        int column,
        IReadOnlyCollection<int> chosen,
        bool isAll,
        CancellationToken cancellationToken)
    {
        if (Look(campaign, segment, column, cancellationToken) is not { } sight)
            return new EditResult.Gone();
        if (sight.Lists.Edited.Hash != seen.Hash)
            return new EditResult.Stale(sight.Lists.Edited);
        if (sight.Lists.Stamp != stamp) // a position would be one of another value
        {
            return new EditResult.Refused([new Problem(null, new Wording(
                "Danh sách đã thay đổi từ khi mở trang này; chưa lưu gì. Xem lại các giá trị rồi chọn lại.",
                "The list has changed since this page was opened; nothing is saved. Look at the values and choose "
                    + "again."))]);
        }

        if (sight.Trouble is { } trouble)
            return new EditResult.Refused([new Problem(null, trouble)]);

        var picked = sight.Values
            .Where((value, at) => value.CanBeNamed ? chosen.Contains(at) : value.IsWanted)
            .ToList();
        var filter = PlaceOf(segment) + ".filter";
        if (isAll)
        {
            if (!sight.IsFiltered)
                return new EditResult.Unchanged();

            YamlChange gone = new(sight.Conditions == 1 ? filter : $"{filter}.{sight.Name}", null);
            return _edits.SaveChanges(
                who, campaign, seen.Hash, seen.IsApproved, VersionCause.Lists, [gone]);
        }

        if (picked.Count == 0)
        {
            return new EditResult.Refused([new Problem(null, new Wording(
                "Chưa chọn giá trị nào; chưa lưu gì. Muốn gửi tới mọi dòng thì chọn ô “mọi dòng”.",
                "No value is chosen; nothing is saved. To text every row tick 'every row'."))]);
        }

        List<string> values = [.. picked.Select(value => value.Written)];
        var takes = RowFilter.Compare(values, sight.IsCommune);
        var others = sight.Values.Where(value => !picked.Contains(value) && takes.Of(value.Written)).ToList();
        if (others.Count > 0)
        {
            var named = string.Join(", ", others.Take(MostNamed).Select(value => $"“{value.Text}”"));
            return new EditResult.Refused([new Problem(null, new Wording(
                $"Bộ lọc như đã chọn lấy cả {named} (tên không ghi Xã, Phường thì gồm cả hai); chưa lưu gì. Hãy chọn "
                    + $"thêm, hoặc bỏ chọn tên không ghi Xã, Phường.",
                $"The filter as it is chosen takes {named} as well (a name without its kind means all of them); "
                    + $"nothing is saved. Choose those too, or leave out the name without a kind."))]);
        }

        return _edits.SaveChanges(
            who,
            campaign,
            seen.Hash,
            seen.IsApproved,
            VersionCause.Lists,
            [new YamlChange($"{filter}.{sight.Name}", null, values)]);
    }

    static string PlaceOf(int segment) => string.Create(CultureInfo.InvariantCulture, $"segments[{segment}]");

    static FilterSight Count(
        FilterSight sight, string path, Segment segment, int? column, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var found = new FileProblems(sight.File ?? path, problems);
        using var book = TableFile.Open(path);
        var chosen = SheetChoice.Choose(book, segment with { File = path }, found);
        found.Finish();
        if (chosen.Count == 0)
        {
            return sight with
            {
                Trouble = problems.FirstOrDefault()?.What ?? new Wording(
                    "Chưa rõ phải đọc trang tính nào. Hãy chỉ định ở trang Danh sách.",
                    "It is not clear which sheet to read. Say so on the page 'Lists'."),
            };
        }

        // A CSV is opened once only.
        using var again = book.IsWorkbook ? null : TableFile.Open(path);
        ValueCount? counted = null;
        foreach (var sheet in chosen)
        {
            using var table = (again ?? book).Open(sheet);
            var columns = AudienceColumns.Find(table, segment, (_, _, _) => { });
            if (counted is null)
            {
                sight = Describe(sight, columns, column, segment);
                if (sight.Trouble is not null || sight.Name is null)
                    return sight;

                counted = new ValueCount(columns.Headings[column!.Value]);
            }

            table.Bound(columns.Count);
            if (counted.Read(table, columns, cancellationToken) is { } trouble)
                return sight with { Trouble = trouble };
        }

        return counted!.Into(sight, segment);
    }

    static FilterSight Describe(FilterSight sight, AudienceColumns columns, int? column, Segment segment)
    {
        sight = sight with
        {
            Columns = [.. Enumerable.Range(0, columns.Count).Select(at => ListLook.Describe(columns, at))],
            Filtered = [.. columns.Filters.Where(at => at >= 0)],
        };
        if (columns.Phone < 0)
        {
            return sight with
            {
                Trouble = new Wording(
                    "Chưa rõ cột nào là số điện thoại. Hãy chỉ định ở trang Danh sách trước.",
                    "It is not clear which column holds the numbers. Say so on the page 'Lists' first."),
            };
        }

        if (column is not { } at)
            return sight;
        if (at < 0 || at >= columns.Count || at == columns.Phone || columns.Headings[at].Length == 0)
        {
            return sight with
            {
                Trouble = new Wording("Không lọc theo cột này được.", "There is no filtering by that column."),
            };
        }

        var before = segment.Filter.Zip(columns.Filters).FirstOrDefault(filter => filter.Second == at).First?.Column;
        return sight with { Column = at, Name = before ?? CellText.OnOneLine(columns.Headings[at]) };
    }

    /// <summary>Counts the values of a column, over all sheets that are read.</summary>
    sealed class ValueCount(string heading)
    {
        const int RowsBetweenLooks = 4_096;

        readonly string _heading = CellText.Canonical(heading);
        readonly Dictionary<string, (string Text, long Rows)> _values = [];
        bool _isCommune;
        bool _isOfPlace;
        long _rows;

        /// <returns>Why it cannot be chosen from; null where it can.</returns>
        public Wording? Read(TableReader table, AudienceColumns columns, CancellationToken cancellationToken)
        {
            var at = columns.Headings.ToList().FindIndex(other => CellText.Canonical(other) == _heading);
            if (at < 0)
            {
                return new Wording(
                    $"Có trang tính không có cột “{heading}”.", $"A sheet has no column '{heading}'.");
            }

            _isCommune = at == columns.Commune;
            _isOfPlace = _isCommune || at == columns.Carrier;
            while (table.ReadNotBlank())
            {
                if (_rows++ % RowsBetweenLooks == 0)
                    cancellationToken.ThrowIfCancellationRequested();
                var cell = table.Cell(at);
                var key = cell.Length > LongestValue ? null : CellText.Canonical(cell);
                if (key is null)
                    return OfPersons();

                var (text, rows) = _values.GetValueOrDefault(key);
                _values[key] = (text ?? CellText.OnOneLine(cell.ToString()), rows + 1);
                if (_values.Count > MostValues)
                    return OfPersons();
            }

            return null;
        }

        public FilterSight Into(FilterSight sight, Segment segment)
        {
            var wanted = segment.Filter.FirstOrDefault(filter => filter.Column == sight.Name)?.Values ?? [];
            var compared = RowFilter.Compare(wanted, _isCommune);
            var shown = _values.Values
                .Where(value => _isOfPlace || value.Rows >= FewestRows || value.Text.Length == 0
                    || compared.Of(value.Text))
                .ToList();
            if (!shown.Exists(value => value.Text.Length > 0))
                return sight with { Trouble = OfPersons() };

            var there = RowFilter.Compare([.. _values.Values.Select(value => value.Text)], _isCommune);
            return sight with
            {
                Rows = _rows,
                Hidden = _values.Count - shown.Count,
                IsCommune = _isCommune,
                Values =
                [
                    .. shown
                        .OrderByDescending(value => value.Rows)
                        .ThenBy(value => value.Text, StringComparer.Ordinal)
                        .Select(value => ValueOf(value.Text, value.Rows, compared.Of(value.Text))),
                    .. wanted.Where(value => !there.Of(value)).Select(value => ValueOf(value, 0, isWanted: true)),
                ],
            };
        }

        static FilterValue ValueOf(string written, long rows, bool isWanted) => new(
            Masking.Of(written), rows, isWanted, written.Length > 0 && Masking.Of(written) == written)
        {
            Written = written,
        };

        Wording OfPersons() => new(
            $"Cột “{Masking.Of(heading)}” gần như mỗi dòng một giá trị: không phải cột để chia danh sách, nên không "
                + $"hiện ra đây.",
            $"Nearly every row of the column '{Masking.Of(heading)}' has a value of its own: it is none to divide a "
                + $"list by, and is not shown.");
    }
}
