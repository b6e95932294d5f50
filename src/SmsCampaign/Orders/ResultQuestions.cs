using System.Globalization;

namespace SmsCampaign.Orders;

/// <summary>What is to be asked of a carrier about its report: what may be right and does not look so. None of it keeps
/// the report from being taken.</summary>
static class ResultQuestions
{
    /// <summary>Round figures from which on it is asked, and of how many.</summary>
    const int FewestRound = 3;

    /// <summary>A figure is round that ends with so many zeros.</summary>
    const long Round = 1000;

    /// <summary>How far a written share may be from the counted one.</summary>
    const decimal ShareSlip = 0.001m;

    /// <param name="stated">Messages a second that the carrier has stated; null where it has not.</param>
    public static IReadOnlyList<Wording> Find(CarrierResult result, WorkOrder order, int? stated) =>
    [
        .. FindMissing(result),
        .. FindShares(result),
        .. FindRate(result, stated),
        .. FindHours(result, order),
        .. FindRound(result),
        .. FindParts(result, order),
        .. FindOver(result, order),
    ];

    static IEnumerable<Wording> FindMissing(CarrierResult result)
    {
        if (result is { Text: null, TextSha256: null } || result.Sender is null)
        {
            yield return new Wording(
                "Báo cáo không ghi đủ nội dung (hoặc SHA-256) và tên định danh đã gửi; đề nghị xác nhận.",
                "The report does not say both the text (or its SHA-256) and the sender that were used; please "
                    + "confirm.");
        }

        foreach (var (name, of) in Columns.Where(column =>
            result.Sum(column.Of) is null && result.Rows.Any(row => column.Of(row) is not null)))
        {
            yield return new Wording(
                $"{name} chỉ ghi ở một số địa bàn; đề nghị ghi đủ, không có thì ghi 0.",
                $"{name} is given for some areas only; please fill in the others, 0 where there are none.");
        }

        if (result.Rows.All(row => row.Succeeded is null))
        {
            yield return new Wording(
                "Báo cáo không ghi số thuê bao nhận thành công; đề nghị bổ sung.",
                "The report does not say how many got it; please add that.");
        }

        if (result.Trust is null)
        {
            yield return new Wording(
                "“Thành công” tính theo mức xác nhận nào: hệ thống nhận, đã đưa lên mạng, hay máy báo nhận?",
                "By what is 'succeeded' told: taken by the system, by the network, or by the phone?");
        }

        if (result.Counting is null)
        {
            yield return new Wording(
                "Số liệu đếm từ hệ thống hay ước tính?", "Are the figures counted by the system or estimated?");
        }
        else if (CellsSay(result.Counting, "uoctinh"))
        {
            yield return new Wording(
                "Số liệu được ghi là ước tính; đề nghị cho biết số đếm từ hệ thống.",
                "The figures are said to be estimated; please give the system's count.");
        }
    }

    static readonly (Wording Name, Func<ResultRow, long?> Of)[] Columns =
    [
        (new("(1) Thuộc phạm vi", "(1) In scope"), row => row.InScope),
        (new("(2) Loại trừ", "(2) Excluded"), row => row.Excluded),
        (new("(3) Chưa gửi", "(3) Not sent"), row => row.NotSent),
        (new("(5) Thành công", "(5) Succeeded"), row => row.Succeeded),
        (new("(6) Không thành công", "(6) Failed"), row => row.Failed),
        (new("(7) Chưa rõ", "(7) Not known"), row => row.Unknown),
        (new("(8) Bản tin quy đổi", "(8) Parts"), row => row.Parts),
    ];

    static bool CellsSay(string text, string folded) =>
        Audience.CellText.Fold(text).Contains(folded, StringComparison.Ordinal);

    static IEnumerable<Wording> FindShares(CarrierResult result)
    {
        foreach (var row in result.Rows.Append(result.Total).OfType<ResultRow>())
        {
            if (row.Share > 1)
            {
                yield return new Wording(
                    $"'{row.Area}': tỷ lệ thành công {Percent(row.Share.Value)} lớn hơn 100 %; hai số có cùng đơn vị "
                        + $"không?",
                    $"'{row.Area}': the success rate of {Percent(row.Share.Value)} is above 100 %; do both count the "
                        + $"same?");
            }
            else if (row is { Share: { } share, Sent: > 0 and { } sent, Succeeded: { } good }
                && Math.Abs(share - (decimal)good / sent) > ShareSlip)
            {
                var counted = Percent((decimal)good / sent);
                yield return new Wording(
                    $"'{row.Area}': tỷ lệ ghi {Percent(share)}, tính từ (5) và (4) là {counted}; tính theo mức xác "
                        + $"nhận "
                        + $"nào?",
                    $"'{row.Area}': the rate is given as {Percent(share)}, (5) of (4) is {counted}; how is it told?");
            }
        }
    }

    static IEnumerable<Wording> FindRate(CarrierResult result, int? stated)
    {
        if (stated is not { } most)
            yield break;

        foreach (var row in result.Rows.Append(result.Total).OfType<ResultRow>())
        {
            if (row is not { Begin: { } begin, End: { } end, Sent: > 0 and { } sent })
                continue;

            var seconds = (end - begin).TotalSeconds;
            if (seconds <= 0)
            {
                yield return new Wording(
                    $"'{row.Area}': giờ kết thúc không sau giờ bắt đầu; hai giờ có đúng không?",
                    $"'{row.Area}': it ends no later than it begins; are both right?");
            }
            else if (sent / seconds > most)
            {
                var (count, minutes, rate, limit) = (
                    Figures.Count(sent), Figures.Count((long)Math.Round(seconds / 60)),
                    Figures.Count((long)Math.Round(sent / seconds)), Figures.Count(most));
                yield return new Wording(
                    $"'{row.Area}': {count} tin trong {minutes} phút là {rate} tin/giây, vượt {limit} đã nêu; giờ "
                        + $"bắt đầu, "
                        + $"kết thúc có đúng không?",
                    $"'{row.Area}': {count} in {minutes} min is {rate} a second, above the {limit} stated; are both "
                        + $"hours "
                        + $"right?");
            }
        }
    }

    static IEnumerable<Wording> FindHours(CarrierResult result, WorkOrder order)
    {
        var (start, end) = (order.Window.Start.DateTime, order.Window.End.DateTime);
        var outside = result.Hours
            .Where(hour => hour.Date.ToDateTime(new TimeOnly(hour.Hour, 59, 59)) < start
                || hour.Date.ToDateTime(new TimeOnly(hour.Hour, 0)) >= end)
            .Sum(hour => hour.Sent);
        var hours = $"{start.ToString("HH:mm", CultureInfo.InvariantCulture)}–"
            + end.ToString("HH:mm", CultureInfo.InvariantCulture);
        if (outside > 0)
        {
            var count = Figures.Counted(outside, "message");
            yield return new Wording(
                $"{count} tin gửi ngoài khung {hours}; đề nghị nêu lý do.",
                $"{count} left outside {hours}; please say why.");
        }

        foreach (var row in result.Rows.Append(result.Total).OfType<ResultRow>()
            .Where(row => row.Begin < start || row.End > end))
        {
            yield return new Wording(
                $"'{row.Area}': bắt đầu hoặc kết thúc ngoài khung {hours} của ngày "
                    + $"{start.ToString("d/M/yyyy", CultureInfo.InvariantCulture)}; đề nghị nêu lý do.",
                $"'{row.Area}': begins or ends outside {hours} of "
                    + $"{start.ToString("d/M/yyyy", CultureInfo.InvariantCulture)}; please say why.");
        }
    }

    static IEnumerable<Wording> FindRound(CarrierResult result)
    {
        List<long> figures = [.. result.Rows
            .SelectMany(row => new[] { row.Sent, row.Succeeded, row.Failed })
            .OfType<long>()
            .Where(figure => figure > 0)];
        var round = figures.Count(figure => figure % Round == 0);
        if (round >= FewestRound && round * 2 > figures.Count)
        {
            yield return new Wording(
                $"{round}/{figures.Count} số liệu tròn nghìn; số đếm từ hệ thống hay ước tính?",
                $"{round} of {figures.Count} figures are round thousands; counted or estimated?");
        }
    }

    static IEnumerable<Wording> FindParts(CarrierResult result, WorkOrder order)
    {
        if (result.Sum(row => row.Parts) is { } parts
            && result.Sum(row => row.Sent) is > 0 and { } sent
            && parts != sent * order.Message.Parts)
        {
            var average = ((decimal)parts / sent).ToString("0.##", CultureInfo.GetCultureInfo("vi-VN"));
            yield return new Wording(
                $"Bình quân {average} bản tin mỗi thuê bao, nội dung chỉ {order.Message.Parts}; có thuê bao nhận lặp "
                    + $"không?",
                $"Parts a subscriber, on average: {average}; of the text: {order.Message.Parts}. Did some get it "
                    + $"twice?");
        }
    }

    static IEnumerable<Wording> FindOver(CarrierResult result, WorkOrder order)
    {
        if (result.Sum(row => row.Sent) is { } sent && sent > order.Audience.Estimate)
        {
            var over = Percent((decimal)(sent - order.Audience.Estimate) / order.Audience.Estimate);
            yield return new Wording(
                $"Đã gửi vượt ước tính {over}; phạm vi xác định theo căn cứ nào?",
                $"{over} more were sent to than estimated; by what was the area told?");
        }
    }

    static string Percent(decimal share) => (share * 100).ToString("0.#", CultureInfo.GetCultureInfo("vi-VN")) + " %";
}
