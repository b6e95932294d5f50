using SmsCampaign.Audience;

namespace SmsCampaign.Orders;

/// <summary>Holds a carrier's list of numbers to the figures that it gives beside it.</summary>
static class NumberChecks
{
    static readonly (string Column, Func<ResultRow, long?> Of, Func<ResultNumbers, long> Listed)[] Sums =
    [
        ("(4) Đã gửi", row => row.Sent, numbers => numbers.Sent),
        ("(5) Thành công", row => row.Succeeded, numbers => numbers.Succeeded),
        ("(6) Không thành công", row => row.Failed, numbers => numbers.Failed),
        ("(7) Chưa rõ", row => row.Unknown, numbers => numbers.Unknown),
    ];

    /// <param name="result">The figures that are given.</param>
    /// <returns>All that is uneven; none where nothing is left between list and report.</returns>
    public static IEnumerable<ResultFault> Find(CarrierResult result, ReadNumbers list)
    {
        foreach (var (column, of, listed) in Sums)
        {
            if (result.Sum(of) is { } said && said != listed(list.Numbers))
                yield return Uneven(column, said, listed(list.Numbers), list.Numbers);
        }

        foreach (var fault in FindByArea(result, list))
            yield return fault;
    }

    /// <summary>Whether a list comes to the figures of a report, as far as that gives any.</summary>
    public static bool AreOf(ResultNumbers numbers, CarrierResult result) =>
        Sums.All(sum => result.Sum(sum.Of) is not { } said || said == sum.Listed(numbers));

    /// <summary>What a person must know of a list that is right in itself.</summary>
    public static IEnumerable<Wording> Tell(ResultNumbers numbers)
    {
        if (numbers.Suppressed is > 0 and { } suppressed)
        {
            var count = Figures.Counted(suppressed, "subscriber");
            yield return new Wording(
                $"{count} thuê bao trong danh sách từ chối nhận tin của chiến dịch đã được nhà mạng nhắn.",
                $"{count} on the campaign's suppression lists got the message from the carrier.");
        }

        if (numbers.AlsoOurs is > 0 and { } ours)
        {
            var count = Figures.Counted(ours, "subscriber");
            yield return new Wording(
                $"{count} thuê bao được cả Sở và nhà mạng nhắn.",
                $"{count} got it from the department and from the carrier.");
        }

        if (numbers.AlsoHeld is > 0 and { } held)
        {
            var count = Figures.Counted(held, "subscriber");
            yield return new Wording(
                $"{count} thuê bao có trong danh sách đã nhắn của cả hai nhà mạng.",
                $"{count} are on the lists of two carriers as texted.");
        }
    }

    static IEnumerable<ResultFault> FindByArea(CarrierResult result, ReadNumbers list)
    {
        if (list.Rows.Any(row => row.Area == ResultRow.Everywhere))
            yield break; // it names no areas

        static string KeyOf(ResultRow row) => CellText.Canonical(row.Area);
        var given = result.Rows.ToLookup(KeyOf);
        foreach (var area in list.Rows.GroupBy(KeyOf))
        {
            var name = area.First().Area;
            if (!given.Contains(area.Key))
            {
                var count = Figures.Counted(area.Sum(row => row.Sent ?? 0), "subscriber");
                yield return new ResultFault(null, new Wording(
                    $"Danh sách có {count} thuê bao ở '{name}', bảng không có địa bàn này.",
                    $"The list has {count} in '{name}', of which the table says nothing."));
                continue;
            }

            foreach (var (column, of, _) in Sums)
            {
                if (given[area.Key].All(row => of(row) is not null)
                    && given[area.Key].Sum(of) is { } said
                    && area.Sum(of) is { } listed
                    && said != listed)
                    yield return Uneven($"'{name}', {column}", said, listed, null);
            }
        }
    }

    static ResultFault Uneven(string column, long said, long listed, ResultNumbers? numbers)
    {
        var (a, b, by) = (Figures.Count(listed), Figures.Count(said), Figures.Count(Math.Abs(said - listed)));
        var (again, wrong) = (Figures.Count(numbers?.Repeated ?? 0), Figures.Count(numbers?.Invalid ?? 0));
        var why = numbers is { } list && list.Repeated + list.Invalid > 0
            ? new Wording(
                $" Danh sách có {again} hàng lặp lại và {wrong} hàng không phải số di động, không tính là thuê bao.",
                $" The list has {again} repeated and {wrong} invalid rows, which are no subscribers.")
            : new Wording("", "");
        var what = new Wording(
            $"{column}: danh sách có {a}, bảng ghi {b}, lệch {by}.{why}",
            $"{column}: the list has {a}, the table says {b}, {by} apart.{why}");
        return new ResultFault(
            null, what, new Wording($"{what} Số đúng là bao nhiêu?", $"{what} What is the right figure?"));
    }
}
