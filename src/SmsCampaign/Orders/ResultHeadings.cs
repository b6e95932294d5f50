using SmsCampaign.Audience;

namespace SmsCampaign.Orders;

/// <summary>The row of headings of a carrier's table or list, and what stands under each.</summary>
/// <param name="Names">One a column.</param>
sealed record ResultHeadings(
    IReadOnlyList<string> Names,
    IReadOnlyDictionary<ResultColumn, int> Totals,
    IReadOnlyDictionary<NumberColumn, int> Numbers)
{
    /// <summary>Rows among which the headings are looked for: titles stand above them.</summary>
    const int MostTitles = 30;

    /// <summary>Whether it is a table with an area a row.</summary>
    public bool IsTotals { get; private init; } = ResultColumns.Required.All(Totals.ContainsKey);

    /// <summary>Whether it is a list with a number a row.</summary>
    public bool IsList { get; private init; } = NumberColumns.Required.All(Numbers.ContainsKey);

    /// <summary>Reads on to the row of headings.</summary>
    /// <param name="titles">What stood above it, or anywhere where there is none.</param>
    /// <returns>Null where there is none.</returns>
    public static ResultHeadings? Find(
        TableReader table, HolderSettings holder, out IReadOnlyList<IReadOnlyList<string>> titles)
    {
        var above = new List<IReadOnlyList<string>>();
        titles = above;
        for (var row = 0; row < MostTitles && table.ReadNotBlank(); row++)
        {
            List<string> names =
                [.. Enumerable.Range(0, table.CellCount).Select(at => CellText.OnOneLine(table.Cell(at).ToString()))];
            var found = new ResultHeadings(
                names, ResultColumns.Find(names, holder.Columns), NumberColumns.Find(names, holder.NumberColumns));

            // Who has mapped the columns of the one has said which it is.
            var (isTable, isList) = (holder.Columns.Count > 0, holder.NumberColumns.Count > 0);
            if (found is { IsTotals: true, IsList: true } && isTable != isList)
                return isTable ? found with { IsList = false } : found with { IsTotals = false };
            if (found.IsTotals || found.IsList)
                return found;
            above.Add(names);
        }

        return null;
    }

    /// <param name="titles">The rows that were looked at.</param>
    public static Wording Missing(IReadOnlyList<IReadOnlyList<string>> titles, HolderSettings holder)
    {
        var near = Nearest(titles, holder);
        var (area, sent) = (ResultColumns.NameOf(ResultColumn.Area), ResultColumns.NameOf(ResultColumn.Sent));
        var (phone, status) = (NumberColumns.NameOf(NumberColumn.Phone), NumberColumns.NameOf(NumberColumn.Status));
        return new Wording(
            $"Không thấy bảng kết quả: cần một hàng tên cột có '{area}' và '{sent}' (mỗi địa bàn một hàng), hoặc "
                + $"'{phone}' và '{status}' (mỗi số một hàng).{near} Hãy dùng biểu báo cáo đã gửi kèm công văn, hoặc "
                + $"ghi tên cột của nhà mạng vào holders (columns, numberColumns) trong tệp cấu hình.",
            $"No table of results was found: a row of headings with '{area}' and '{sent}' (an area a row), or with "
                + $"'{phone}' and '{status}' (a number a row) is needed.{near} Use the reply form that went with "
                + $"the letter, or map the carrier's columns in holders (columns, numberColumns) of the installation "
                + $"file.");
    }

    /// <summary>The heading that is nearest to one that is missing.</summary>
    static Wording Nearest(IReadOnlyList<IReadOnlyList<string>> titles, HolderSettings holder)
    {
        foreach (var names in titles)
        {
            var totals = ResultColumns.Find(names, holder.Columns);
            var numbers = NumberColumns.Find(names, holder.NumberColumns);
            var hint = ResultColumns.Required
                .Where(column => !totals.ContainsKey(column))
                .Select(column => (Near: ResultColumns.Near(column, names), Name: ResultColumns.NameOf(column)))
                .Concat(NumberColumns.Required
                    .Where(column => !numbers.ContainsKey(column))
                    .Select(column => (Near: NumberColumns.Near(column, names), Name: NumberColumns.NameOf(column))))
                .FirstOrDefault(each => each.Near is not null);
            if (hint.Near is { } near)
            {
                var shown = Masking.Of(near);
                return new Wording(
                    $" Có cột '{shown}': có phải là '{hint.Name}' không?",
                    $" There is a column '{shown}': is it '{hint.Name}'?");
            }
        }

        return new Wording("", "");
    }
}
