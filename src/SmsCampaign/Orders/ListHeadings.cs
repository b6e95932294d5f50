using SmsCampaign.Audience;

namespace SmsCampaign.Orders;

/// <summary>What is to be said of the columns of a carrier's table or list.</summary>
static class ListHeadings
{
    /// <summary>Whoever has hidden a column did not see what stands in it.</summary>
    public static void FindHiddenColumns(
        TableReader table, IReadOnlyList<string> headings, IEnumerable<int> read, FileProblems problems)
    {
        var hidden = read.Where(table.IsColumnHidden).Order().ToList();
        if (hidden.Count == 0)
            return;

        var names = string.Join(", ", hidden.Select(at => $"'{Masking.Of(headings[at])}'"));
        problems.Error(null, null, new Wording(
            $"Các cột đang ẩn trong Excel: {names}. Hãy bỏ ẩn (Unhide), xem lại rồi nhập.",
            $"These columns are hidden in Excel: {names}. Unhide them, look at them, and import again."));
    }

    /// <summary>What is not read of a list, and columns of which nobody has said which is meant.</summary>
    public static void FindUnread(
        int line,
        IReadOnlyList<string> headings,
        IReadOnlyDictionary<NumberColumn, int> columns,
        FileProblems problems)
    {
        if (NumberColumns.OtherPhones(headings, columns) is { Count: > 0 } phones)
        {
            var others = string.Join(", ", phones.Select(name => $"'{Masking.Of(name)}'"));
            problems.Error(line, null, new Wording(
                $"Có nhiều cột số điện thoại: cột được đọc và {others}. Hãy ghi tên cột đúng vào "
                    + $"holders.numberColumns.phone và đổi tên hoặc xóa cột kia.",
                $"Several columns hold numbers: the one that is read and {others}. Name the right one in "
                    + $"holders.numberColumns.phone, and rename or delete the other."));
        }

        if (NumberColumns.OtherStatuses(headings, columns) is { Count: > 0 } statuses)
        {
            var others = string.Join(", ", statuses.Select(name => $"'{Masking.Of(name)}'"));
            problems.Error(line, null, new Wording(
                $"Có nhiều cột trạng thái: cột được đọc và {others}. Hãy ghi tên cột đúng vào "
                    + $"holders.numberColumns.status và đổi tên hoặc xóa cột kia.",
                $"Several columns may be the status: the one that is read and {others}. Name the right one in "
                    + $"holders.numberColumns.status, and rename or delete the other."));
        }

        var unread = headings.Where((heading, at) =>
            heading.Length > 0 && !columns.Values.Contains(at) && !ResultColumns.IsPassed(heading)).ToList();
        if (unread.Count > 0)
        {
            var names = string.Join(", ", unread.Select(name => $"'{Masking.Of(name)}'"));
            problems.Warn(line, null, new Wording(
                $"Không đọc các cột: {names}.", $"These columns are not read: {names}."));
        }
    }
}
