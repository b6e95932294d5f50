using SmsCampaign.Campaigns;
using SmsCampaign.Orthography;

namespace SmsCampaign.Audience;

/// <summary>
/// Which sheets of a file a segment reads: those it names, else the one visible sheet with the columns. Of several the
/// officer must say which, as the others may be last year's list or the next commune's.
/// </summary>
static class SheetChoice
{
    /// <summary>Most sheets named to a person.</summary>
    const int MostNamed = 20;

    /// <param name="problems">Gets all that is wrong with the sheets and their columns.</param>
    /// <returns>None where there is nothing to read; the problems then say why.</returns>
    /// <exception cref="BrokenTableException">The file is no table, or an empty one.</exception>
    public static IReadOnlyList<TableSheet> Choose(TableBook book, Segment segment, FileProblems problems)
    {
        if (!book.IsWorkbook && segment.Sheets.Count > 0)
        {
            problems.Error(null, "sheet", new Wording(
                "Tệp này là CSV, không có trang tính. Hãy xóa 'sheet' của nhóm nhận tin.",
                "This file is a CSV and has no sheets. Delete the segment's 'sheet'."));
        }

        var chosen = !book.IsWorkbook ? [Probe(book, book.Sheets[0], segment)]
            : segment.Sheets.Count > 0 ? ChooseNamed(book, segment, problems)
            : ChooseVisible(book, segment, problems);
        foreach (var probe in chosen)
            Report(probe, problems.OfSheet(book.NameToShow(probe.Sheet)));

        return [.. chosen.Select(probe => probe.Sheet)];
    }

    static void Report(SheetProbe probe, FileProblems problems)
    {
        if (probe.Broken is { } broken)
            problems.Add(broken);
        else if (probe.IsBlank)
            problems.Add(TableFile.Empty());

        foreach (var (line, column, what) in probe.Problems)
            problems.Error(line, column, what);

        if (probe.Columns is { IsSound: true } columns)
        {
            if (columns.UnreadNumbers is { } others)
                problems.Warn(columns.Line, null, others);
            if (columns.Missing is { } missing)
                problems.Warn(columns.Line, null, missing);
            if (columns.Unseen is { } unseen)
                problems.Warn(columns.Line, null, unseen);
        }

        problems.Finish();
    }

    static List<SheetProbe> ChooseNamed(TableBook book, Segment segment, FileProblems problems)
    {
        var chosen = new List<SheetProbe>();
        foreach (var name in segment.Sheets)
        {
            if (Find(book, name) is { } sheet)
            {
                if (!chosen.Exists(probe => probe.Sheet == sheet))
                    chosen.Add(Probe(book, sheet, segment));
                continue;
            }

            var near = Spelling.DidYouMean(Spelling.Nearest(name, book.Sheets.Select(sheet => Masking.Of(sheet.Name))));
            problems.Error(null, "sheet", new Wording(
                $"Tệp Excel không có trang tính “{name}”.{near} Các trang: {Quote(book.Sheets)}.",
                $"The workbook has no sheet '{name}'.{near} Its sheets: {Quote(book.Sheets)}."));
        }

        return chosen;
    }

    /// <summary>As written, else without regard to case and space.</summary>
    static TableSheet? Find(TableBook book, string name) =>
        book.Sheets.FirstOrDefault(sheet => sheet.Name == name)
            ?? book.Sheets.FirstOrDefault(sheet => CellText.Canonical(sheet.Name) == CellText.Canonical(name));

    static List<SheetProbe> ChooseVisible(TableBook book, Segment segment, FileProblems problems)
    {
        var probes = book.Sheets.Select(sheet => Probe(book, sheet, segment)).Where(probe => !probe.IsBlank).ToList();
        var visible = probes.Where(probe => !probe.Sheet.IsHidden).ToList();
        var hidden =
            probes.Where(probe => probe.Sheet.IsHidden && probe.HasPhone).Select(probe => probe.Sheet).ToList();
        var lists = visible.Where(probe => probe.HasPhone || probe.Broken is not null).ToList();

        if (lists.Count > 1)
        {
            RefuseSeveral(lists, problems);
            return [];
        }

        if (lists.Count == 1)
        {
            WarnOfOthers([.. visible.Except(lists).Select(probe => probe.Sheet)], hidden, lists[0].Sheet, problems);
            return lists;
        }

        if (hidden.Count > 0)
        {
            problems.Error(null, "sheet", new Wording(
                $"Không trang tính nào đang hiện có cột số điện thoại; trang ẩn {Quote(hidden)} có. "
                    + $"Nếu đó là danh sách cần gửi, hãy bỏ ẩn (Unhide) hoặc ghi sheet: tên trang.",
                $"No visible sheet has a phone number column; the hidden {Quote(hidden)} has. "
                    + $"If that is the list to text, unhide it or write sheet: with its name."));
            return [];
        }

        return visible.Count > 0 ? visible[..1] : throw TableFile.Empty();
    }

    static void RefuseSeveral(List<SheetProbe> lists, FileProblems problems)
    {
        var names = Quote(lists.Select(probe => probe.Sheet));
        var all = string.Join(", ", lists.Take(MostNamed).Select(probe => $"\"{Masking.Of(probe.Sheet.Name)}\""))
            + (lists.Count > MostNamed ? ", …" : "");
        problems.Error(null, "sheet", new Wording(
            $"Tệp Excel có {lists.Count} trang tính có cột số điện thoại: {names}. Hãy ghi trang cần gửi vào nhóm nhận "
                + $"tin, ví dụ sheet: \"{Masking.Of(lists[0].Sheet.Name)}\"; gửi cả thì ghi sheet: [{all}].",
            $"The workbook has {lists.Count} sheets with a phone number column: {names}. Write the one to text in the "
                + $"segment, such as sheet: \"{Masking.Of(lists[0].Sheet.Name)}\"; for all of them sheet: [{all}]."));
    }

    static void WarnOfOthers(List<TableSheet> visible, List<TableSheet> hidden, TableSheet read, FileProblems problems)
    {
        if (visible.Count > 0)
        {
            problems.Warn(null, "sheet", new Wording(
                $"Chỉ đọc trang tính “{Masking.Of(read.Name)}”; không đọc {Quote(visible)} vì không có cột số điện "
                    + $"thoại. Nếu ở đó cũng có thuê bao, hãy đặt tên cột ở dòng đầu.",
                $"Only the sheet '{Masking.Of(read.Name)}' is read; {Quote(visible)} not, for want of a phone number "
                    + $"column. If there are subscribers, too, name the columns in the first row."));
        }

        if (hidden.Count > 0)
        {
            problems.Warn(null, "sheet", new Wording(
                $"Chỉ đọc trang tính đang hiện “{Masking.Of(read.Name)}”; không đọc trang ẩn {Quote(hidden)}. "
                    + $"Nếu cần gửi cả trang ẩn, hãy ghi tên các trang ở sheet.",
                $"Only the visible sheet '{Masking.Of(read.Name)}' is read; the hidden {Quote(hidden)} not. "
                    + $"If it should be texted, too, name the sheets under sheet."));
        }
    }

    static SheetProbe Probe(TableBook book, TableSheet sheet, Segment segment)
    {
        var probe = new SheetProbe(sheet);
        try
        {
            using var table = book.Open(sheet);
            if (!table.ReadNotBlank())
                probe.IsBlank = true;
            else
                probe.Columns = AudienceColumns.FindIn(
                    table, segment, (line, column, what) => probe.Problems.Add((line, column, what)));
        }
        catch (BrokenTableException broken)
        {
            probe.Broken = broken;
        }

        return probe;
    }

    static Wording Quote(IEnumerable<TableSheet> sheets)
    {
        var names = sheets.Select(sheet => Masking.Of(sheet.Name)).ToList();
        var more = names.Count > MostNamed ? ", …" : "";
        return new Wording(
            string.Join(", ", names.Take(MostNamed).Select(name => $"“{name}”")) + more,
            string.Join(", ", names.Take(MostNamed).Select(name => $"'{name}'")) + more);
    }

    /// <summary>What a sheet's first row says.</summary>
    sealed class SheetProbe(TableSheet sheet)
    {
        public TableSheet Sheet => sheet;

        public bool IsBlank { get; set; }

        public AudienceColumns? Columns { get; set; }

        public bool HasPhone => Columns is { Phone: >= 0 };

        public List<(int Line, string? Column, Wording What)> Problems { get; } = [];

        public BrokenTableException? Broken { get; set; }
    }
}
